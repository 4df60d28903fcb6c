import type { Migration } from '@zhengwu/database';

/** A case and what belongs to it are read by one statement, so as they stood at one moment: a function's second statement sees what was committed after its first. */
export const migration: Migration = {
  id: '0015-one-moment',
  sql: `
create or replace function cases.view(actor jsonb, wanted uuid) returns jsonb language plpgsql as $$
declare
  whole jsonb;
begin
  perform kernel.enter(actor);
  select jsonb_build_object(
    'case', to_jsonb(c),
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
    'licences', licences.of_case(wanted))
  into whole from cases.case c where c.id = wanted;
  if whole is null then perform kernel.fail('case.unknown'); end if;
  return whole;
end $$;
`,
};
