import type { Migration } from '@zhengwu/database';

export const migration: Migration = {
  id: '0006-views',
  sql: `
-- What the process's decision found, kept among the instance's variables.
create function cases.decision_of(wanted uuid) returns jsonb language sql stable security definer set search_path = '' as $$
  select token->'v'->'decision' from jsonb_array_elements(processes.read(wanted)->'state'->'t') token where token->>'i' = '0'
$$;

-- One case with everything that its page shows, under the reader's row-level security; null when they may not see it.
create function cases.view(actor jsonb, wanted uuid) returns jsonb language plpgsql as $$
declare
  found_ cases.case;
begin
  perform kernel.enter(actor);
  select * into found_ from cases.case c where c.id = wanted;
  if not found then perform kernel.fail('case.unknown'); end if;
  return jsonb_build_object(
    'case', to_jsonb(found_),
    'application', (select to_jsonb(a) from cases.application a where a.case_id = wanted),
    'materials', coalesce((select jsonb_agg(to_jsonb(m) order by m.given_at, m.id) from cases.material m where m.case_id = wanted and not m.replaced), '[]'),
    'tasks', coalesce((select jsonb_agg(to_jsonb(t) order by t.opened_at, t.id) from cases.task t where t.case_id = wanted), '[]'),
    'history', coalesce((select jsonb_agg(to_jsonb(h) order by h.at, h.id) from cases.history h where h.case_id = wanted), '[]'),
    'corrections', coalesce((select jsonb_agg(to_jsonb(k) || jsonb_build_object('items',
        (select jsonb_agg(to_jsonb(i) order by i.id) from cases.correction_item i where i.correction_id = k.id)) order by k.asked_at)
      from cases.correction k where k.case_id = wanted), '[]'),
    'suspensions', coalesce((select jsonb_agg(to_jsonb(s) order by s.from_at) from cases.suspension s where s.case_id = wanted), '[]'),
    'rating', (select to_jsonb(r) from cases.rating r where r.case_id = wanted),
    'appointment', (select to_jsonb(p) from cases.appointment p where p.case_id = wanted),
    'decision', cases.decision_of(wanted),
    'order', payments.of_case(wanted),
    'licences', licences.of_case(wanted));
end $$;

-- My cases, those that wait for me first.
create function cases.mine(actor jsonb, open_ boolean, at_ timestamptz, id_ uuid, limit_ int) returns setof cases.case language plpgsql as $$
begin
  perform kernel.enter(actor);
  return query select * from cases.case c where c.applicant = any (kernel.subjects())
    and (open_ is null or (c.closed_at is null) = open_) and (c.submitted_at, c.id) < (at_, id_)
    order by c.submitted_at desc, c.id desc limit limit_;
end $$;
`,
};
