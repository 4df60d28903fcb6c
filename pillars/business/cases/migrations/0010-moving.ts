import type { Migration } from '@zhengwu/database';

/** Running cases go over to another version of their pack: the case, and its open tasks where they read differently. */
export const migration: Migration = {
  id: '0010-moving',
  sql: `
create function cases.running_on(service_ text, pack_ text) returns table (id uuid, number text)
language sql stable security definer set search_path = '' as $$
  select c.id, c.number from cases.case c where kernel.is_system() and c.service = service_ and c.pack_hash = pack_ and c.closed_at is null order by c.id
$$;

-- Called by the platform beside the move of the process instance, in one transaction; the audit names who wished it.
create function cases.move_to_pack(actor jsonb, case_ uuid, from_ text, to_ text, tasks_ jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not kernel.is_system() then perform kernel.fail('case.unknown'); end if;
  update cases.case c set pack_hash = to_, version = c.version + 1 where c.id = case_ and c.pack_hash = from_ and c.closed_at is null;
  if not found then perform kernel.fail('case.changed', jsonb_build_object('case', case_)); end if;
  update cases.task t set element = w.element, name_zh = w.name_zh, name_en = w.name_en, kind = w.kind, stage = w.stage, department = w.department, post = w.post,
      outcomes = w.outcomes, version = t.version + 1
    from jsonb_to_recordset(tasks_) w(token int, element text, name_zh text, name_en text, kind text, stage text, department int, post text, outcomes text[])
    where t.case_id = case_ and t.token = w.token and t.status in ('open', 'claimed', 'waiting');
  insert into cases.involved select t.department, c.submitted_at, c.id from cases.task t join cases.case c on c.id = t.case_id
    where c.id = case_ and t.department <> c.department on conflict do nothing;
  perform audit.record(actor, 'case.packChanged', case_::text, jsonb_build_object('from', from_, 'to', to_));
end $$;
`,
};
