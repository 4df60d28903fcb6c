import type { Migration } from '@zhengwu/database';

/**
 * What supervision 电子监察 asks of cases: which ones a rule of the clock touches, marks on case and task, and figures.
 * Selections run under the reader's row-level security; marks and figures run as the owner, after the reader's right or reach was looked at.
 */
export const migration: Migration = {
  id: '0007-cards',
  sql: `
-- Reached by cases.search_ids alone.
revoke all on cases.search from $app, $relay;

create index task_due on cases.task (due_on) where status in ('open', 'claimed') and due_on is not null;
create index correction_due on cases.correction (due_on) where done_at is null;
create index rating_due on cases.rating (due_on) where level >= 4 and rectified is null;
create index rating_rated on cases.rating (rated_at);
create index effort_closed on cases.effort (closed_at);

-- Cases with a running clock whose promised limit ends on the day or before, by case_due.
create function cases.due_by(until_ date) returns table (id uuid, number text, service text, department int, promised_due date, statutory_due date, extended int) language sql stable as $$
  select c.id, c.number, c.service, c.department, c.promised_due, c.statutory_due, coalesce((c.clock->>'extended')::int, 0) from cases.case c
  where c.promised_due <= until_ and c.closed_at is null and c.clock_stopped_for is null
$$;

-- Received before the instant and nobody has said anything yet.
create function cases.unanswered_since(before_ timestamptz) returns table (id uuid, number text, service text, department int, submitted_at timestamptz) language sql stable as $$
  select c.id, c.number, c.service, c.department, c.submitted_at from cases.case c
  where c.state = 1 and c.accepted_at is null and c.submitted_at < before_
$$;

-- Corrected before the instant and still not accepted: what was asked has come, so the application is to be accepted (行政许可法 §32).
create function cases.corrected_unaccepted(before_ timestamptz) returns table (id uuid, number text, service text, department int, corrected_at timestamptz) language sql stable as $$
  select c.id, c.number, c.service, c.department, k.corrected_at from cases.case c,
    lateral (select max(k.done_at) as corrected_at from cases.correction k where k.case_id = c.id) k
  where c.state = 7 and c.accepted_at is null and k.corrected_at < before_
$$;

-- Stages whose day has passed, while the clock of their case runs.
create function cases.overdue_stages(today_ date) returns table (id uuid, number text, service text, department int, due_on date, stage_zh text, stage_en text) language sql stable as $$
  select c.id, c.number, c.service, t.department, t.due_on, t.name_zh, t.name_en
  from cases.task t join cases.case c on c.id = t.case_id
  where t.due_on < today_ and t.status in ('open', 'claimed') and t.due_on is not null and c.closed_at is null and c.clock_stopped_for is null
$$;

create function cases.lapsed_corrections(today_ date) returns table (id uuid) language sql stable as $$
  select c.id from cases.correction k join cases.case c on c.id = k.case_id where k.due_on < today_ and k.done_at is null and c.state = 6
$$;

create function cases.unrectified_ratings(today_ date) returns table (id uuid, number text, service text, department int, due_on date, level smallint) language sql stable as $$
  select c.id, c.number, r.service, r.department, r.due_on, r.level from cases.rating r join cases.case c on c.id = r.case_id
  where r.due_on < today_ and r.level >= 4 and r.rectified is null
$$;

-- Told no, yet neither the closing nor the task that decided says why: 行政许可法 §38.
create function cases.refused_without_reason(wanted uuid) returns table (id uuid, number text, service text, department int) language sql stable as $$
  select c.id, c.number, c.service, c.department from cases.case c
  where c.id = wanted and c.state in (4, 5, 13)
    and not exists (select 1 from cases.history h where h.case_id = c.id and h.kind = 'closed' and coalesce(btrim(h.detail_zh), '') <> '')
    and not exists (select 1 from cases.task t where t.case_id = c.id and t.status = 'done'
      and (coalesce(btrim(t.opinion), '') <> '' or t.reason_code is not null))
$$;

-- A card only ever gets graver. The version stays: what people are doing on the case still fits.
create function cases.raise_card(wanted uuid, kind_ text) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not kernel.is_system() then perform kernel.fail('access.denied'); end if;
  update cases.case c set card = kind_ where c.id = wanted
    and array_position(array['none', 'warning', 'yellow', 'red'], kind_) > array_position(array['none', 'warning', 'yellow', 'red'], c.card);
  return found;
end $$;

create function cases.mark_chased(wanted uuid, title_zh_ text, title_en_ text, text_ text, at_ timestamptz) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  actor jsonb := kernel.actor();
begin
  update cases.task t set chased = true where t.case_id = wanted and t.status in ('open', 'claimed', 'waiting');
  insert into cases.history (id, case_id, at, kind, title_zh, title_en, detail_zh, detail_en, person, person_name, internal)
    values (kernel.uuidv7(), wanted, at_, 'chased', title_zh_, title_en_, text_, text_, kernel.person(), actor->>'name', true);
  return (select jsonb_build_object('handlers', coalesce(jsonb_agg(distinct t.assignee) filter (where t.assignee is not null), '[]'),
      'departments', coalesce(jsonb_agg(distinct t.department) filter (where t.assignee is null), '[]'))
    from cases.task t where t.case_id = wanted and t.status in ('open', 'claimed', 'waiting'));
end $$;

-- Marks the live tasks of a case the reader sees; answers the case and who has them, null when it is not theirs to see.
create function cases.chase(wanted uuid, title_zh_ text, title_en_ text, text_ text, at_ timestamptz) returns jsonb language plpgsql as $$
declare
  found_ jsonb;
begin
  select jsonb_build_object('number', c.number, 'department', c.department, 'service', c.service, 'closed', c.closed_at is not null) into found_ from cases.case c where c.id = wanted;
  if found_ is null or (found_->>'closed')::boolean then return found_; end if;
  return found_ || cases.mark_chased(wanted, title_zh_, title_en_, text_, at_);
end $$;

create function cases.set_rectified(wanted uuid, text_ text, at_ timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update cases.rating r set rectified = text_, rectified_at = at_ where r.case_id = wanted and r.level >= 4 and r.rectified is null;
  if not found then return false; end if;
  insert into cases.history (id, case_id, at, kind, title_zh, title_en, detail_zh, detail_en, person, person_name, internal)
    values (kernel.uuidv7(), wanted, at_, 'rectified', '差评已回访整改', 'Bad rating answered and put right', text_, text_, kernel.person(), kernel.actor()->>'name', true);
  return true;
end $$;

-- 'done', 'already', or null when the rating is not bad or not the reader's to see.
create function cases.rectify(wanted uuid, text_ text, at_ timestamptz) returns text language plpgsql as $$
begin
  perform 1 from cases.rating r where r.case_id = wanted and r.level >= 4 and ((select kernel.reaches_all()) or r.department = any ((select kernel.reach())::int[]));
  if not found then return null; end if;
  return case when cases.set_rectified(wanted, text_, at_) then 'done' else 'already' end;
end $$;

-- What happened between two instants, by Shanghai day, department and service, within the reader's reach.
create function cases.count_days(from_ timestamptz, to_ timestamptz) returns table (day date, department int, service text,
  received bigint, closed bigint, on_time bigint, late bigint, working_days numeric, clerk_seconds bigint, applicant_seconds bigint, rated bigint, satisfied bigint)
language sql stable security definer set search_path = '' as $$
  select x.day, x.department, x.service, sum(x.received), sum(x.closed), sum(x.on_time), sum(x.late), sum(x.working_days), sum(x.clerk), sum(x.applicant), sum(x.rated), sum(x.satisfied)
  from (
    select (c.submitted_at at time zone 'Asia/Shanghai')::date as day, c.department, c.service, 1 as received, 0 as closed, 0 as on_time, 0 as late,
      0::numeric as working_days, 0 as clerk, 0 as applicant, 0 as rated, 0 as satisfied
    from cases.case c where c.submitted_at >= from_ and c.submitted_at < to_
    union all
    select (e.closed_at at time zone 'Asia/Shanghai')::date, c.department, c.service, 0, 1,
      case when c.promised_due is null or (e.closed_at at time zone 'Asia/Shanghai')::date <= c.promised_due then 1 else 0 end,
      case when (e.closed_at at time zone 'Asia/Shanghai')::date > c.promised_due then 1 else 0 end, e.working_days, e.clerk_seconds, e.applicant_seconds, 0, 0
    from cases.effort e join cases.case c on c.id = e.case_id where e.closed_at >= from_ and e.closed_at < to_
    union all
    select (r.rated_at at time zone 'Asia/Shanghai')::date, r.department, r.service, 0, 0, 0, 0, 0, 0, 0, 1, case when r.level <= 3 then 1 else 0 end
    from cases.rating r where r.rated_at >= from_ and r.rated_at < to_
  ) x where (select kernel.reaches_all()) or x.department = any ((select kernel.reach())::int[])
  group by 1, 2, 3
$$;

-- The first day on which anything happened.
create function cases.first_day() returns date language sql stable security definer set search_path = '' as $$
  select (min(c.submitted_at) at time zone 'Asia/Shanghai')::date from cases.case c
$$;

-- Open cases now, within the reader's reach; the open states by case_state. A clock that stands still is not overdue.
create function cases.open_now(today_ date) returns table (department int, service text, open bigint, overdue bigint) language sql stable security definer set search_path = '' as $$
  select c.department, c.service, count(*), count(*) filter (where c.promised_due < today_ and c.clock_stopped_for is null)
  from cases.case c where c.state in (1, 3, 6, 7, 8, 9, 10) and ((select kernel.reaches_all()) or c.department = any ((select kernel.reach())::int[]))
  group by 1, 2
$$;

-- Names of services as their newest case has them.
create function cases.service_names(wanted text[]) returns table (service text, service_zh text, service_en text) language sql stable security definer set search_path = '' as $$
  select w.code, n.service_zh, n.service_en from unnest(wanted) w (code), lateral (
    select c.service_zh, c.service_en from cases.case c where c.service = w.code order by c.submitted_at desc, c.id desc limit 1) n
$$;

-- Bad ratings within the reader's reach, newest first.
create function cases.bad_ratings(at_ timestamptz, id_ uuid, limit_ int) returns table (case_id uuid, number text, service_zh text, service_en text, level smallint, comment text,
  rated_at timestamptz, due_on date, rectified text) language sql stable as $$
  select r.case_id, c.number, c.service_zh, c.service_en, r.level, r.comment, r.rated_at, r.due_on, r.rectified from cases.rating r join cases.case c on c.id = r.case_id
  where r.level >= 4 and (r.rated_at, r.case_id) < (at_, id_) and ((select kernel.reaches_all()) or r.department = any ((select kernel.reach())::int[]))
  order by r.rated_at desc, r.case_id desc limit limit_
$$;

-- New way, measured: counts as means, times as medians, because one page left open all night says nothing. No person shows in it.
create function cases.measured() returns table (service text, cases bigint, steps numeric, papers numeric, visits numeric, hands numeric, days numeric, clerk_minutes numeric, applicant_minutes numeric)
language sql stable security definer set search_path = '' as $$
  select e.service, count(*), avg(e.steps), avg(e.papers), avg(e.visits), avg(e.hands), percentile_cont(0.5) within group (order by e.working_days),
    (percentile_cont(0.5) within group (order by e.clerk_seconds) / 60)::numeric, (percentile_cont(0.5) within group (order by e.applicant_seconds) / 60)::numeric
  from cases.effort e group by e.service
$$;
create function cases.open_by_service() returns table (service text, cases bigint) language sql stable security definer set search_path = '' as $$
  select c.service, count(*) from cases.case c where c.state in (1, 3, 6, 7, 8, 9, 10) group by 1
$$;
`,
};
