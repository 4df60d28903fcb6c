import type { Migration } from '@zhengwu/database';

/** What each closed case was not asked for, kept beside what it took; and the sums, so that what was saved can be told. */
export const migration: Migration = {
  id: '0016-spared',
  sql: `
alter table cases.effort add column spared int not null default 0;
comment on column cases.effort.spared is 'materials that a look-up stood for';

create or replace function cases.write_efforts(efforts jsonb) returns void language sql security definer set search_path = '' as $$
  insert into cases.effort (case_id, service, closed_at, steps, papers, spared, visits, hands, working_days, applicant_seconds, clerk_seconds)
  select e.case_id, e.service, e.closed_at, t.done + 1, m.papers, m.spared,
    e.visits, t.hands, e.working_days, coalesce((select d.touched from cases.draft d where d.submitted_case = e.case_id), 0), t.touched
  from jsonb_to_recordset(efforts) e(case_id uuid, service text, closed_at timestamptz, visits int, working_days numeric),
    lateral (select count(*) filter (where k.status = 'done') as done, count(distinct k.assignee) filter (where k.status = 'done') as hands,
      coalesce(sum(k.touched), 0) as touched from cases.task k where k.case_id = e.case_id) t,
    lateral (select count(*) filter (where g.file_hash is not null and not g.replaced) as papers, count(*) filter (where g.satisfied_zh is not null) as spared
      from cases.material g where g.case_id = e.case_id) m
  on conflict do nothing
$$;

drop function cases.measured();
create function cases.measured() returns table (service text, cases bigint, steps numeric, papers numeric, visits numeric, hands numeric, days numeric,
  clerk_minutes numeric, applicant_minutes numeric, all_spared bigint, all_papers bigint, all_visits bigint, all_days numeric)
language sql stable security definer set search_path = '' as $$
  select e.service, count(*), avg(e.steps), avg(e.papers), avg(e.visits), avg(e.hands), percentile_cont(0.5) within group (order by e.working_days),
    (percentile_cont(0.5) within group (order by e.clerk_seconds) / 60)::numeric, (percentile_cont(0.5) within group (order by e.applicant_seconds) / 60)::numeric,
    sum(e.spared), sum(e.papers), sum(e.visits), sum(e.working_days)
  from cases.effort e group by e.service
$$;
`,
};
