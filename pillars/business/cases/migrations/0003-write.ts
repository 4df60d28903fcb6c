import type { Migration } from '@zhengwu/database';

/**
 * The one statement that changes cases. A command is worked out in the program as a unit of work (unit.ts) and committed
 * here whole: case, answers, tasks, process instance, history, orders, licences, register entries, messages, outbox and audit.
 * Rows carry the version they were read at; a stale one refuses the whole unit, so no command acts on what has changed.
 */
export const migration: Migration = {
  id: '0003-write',
  sql: `
create function cases.refuse_stale_task(wanted uuid) returns void language plpgsql security definer set search_path = '' as $$
declare
  found_ cases.task;
  last_ cases.history;
begin
  select * into found_ from cases.task where id = wanted;
  select * into last_ from cases.history h where h.case_id = found_.case_id order by h.at desc limit 1;
  perform kernel.fail('task.changed', jsonb_build_object('task', wanted, 'by', coalesce(found_.assignee_name, last_.person_name, '—'),
    'at', coalesce(found_.done_at, found_.claimed_at, last_.at), 'status', found_.status, 'version', found_.version));
end $$;

create function cases.write_cases(unit jsonb) returns void language plpgsql security definer set search_path = '' as $$
declare
  written uuid[];
begin
  if unit ? 'cases' then
    insert into cases.case select * from jsonb_populate_recordset(null::cases.case, unit->'cases');
    insert into cases.application select * from jsonb_populate_recordset(null::cases.application, unit->'applications');
    insert into cases.search select s.case_id, s.department, s.submitted_at, to_tsvector('simple', s.words), s.plain
      from jsonb_to_recordset(unit->'searches') s(case_id uuid, department int, submitted_at timestamptz, words text, plain text);
  end if;
  if unit ? 'changes' then
    with changed as (
      update cases.case c set (state, applicant_name, accepted_at, closed_at, delivered_at, clock, clock_stopped_for,
          promised_days, statutory_days, promised_due, statutory_due, card, waits_for, version) =
        (select r.state, r.applicant_name, r.accepted_at, r.closed_at, r.delivered_at, r.clock, r.clock_stopped_for,
          r.promised_days, r.statutory_days, r.promised_due, r.statutory_due, r.card, r.waits_for, c.version + 1
         from jsonb_populate_record(c, w.set) r)
      from jsonb_to_recordset(unit->'changes') w(id uuid, version int, set jsonb)
      where c.id = w.id and c.version = w.version returning c.id
    ) select array_agg(id) into written from changed;
    if coalesce(cardinality(written), 0) < jsonb_array_length(unit->'changes') then
      perform kernel.fail('case.changed', jsonb_build_object('case', w.id)) from jsonb_to_recordset(unit->'changes') w(id uuid) where w.id <> all (coalesce(written, '{}'));
    end if;
  end if;
  if unit ? 'applicationChanges' then
    update cases.application a set (answers, facts, changed, variables) = (select r.answers, r.facts, r.changed, r.variables from jsonb_populate_record(a, w.set) r)
      from jsonb_to_recordset(unit->'applicationChanges') w(id uuid, set jsonb) where a.case_id = w.id;
  end if;
  if unit ? 'involved' then
    insert into cases.involved select * from jsonb_populate_recordset(null::cases.involved, unit->'involved') on conflict do nothing;
  end if;
  if unit ? 'materials' then
    insert into cases.material select * from jsonb_populate_recordset(null::cases.material, unit->'materials');
  end if;
  if unit ? 'replacedMaterials' then
    update cases.material set replaced = true where id in (select value::uuid from jsonb_array_elements_text(unit->'replacedMaterials'));
  end if;
end $$;

create function cases.write_tasks(unit jsonb) returns void language plpgsql security definer set search_path = '' as $$
declare
  written uuid[];
begin
  if unit ? 'taskChanges' then
    with changed as (
      update cases.task t set (department, post, status, assignee, assignee_name, delegated_by, delegated_by_name, outcome, opinion, reason_code, signature,
          claimed_at, done_at, due_on, chased, touched, version) =
        (select r.department, r.post, r.status, r.assignee, r.assignee_name, r.delegated_by, r.delegated_by_name, r.outcome, r.opinion, r.reason_code, r.signature,
          r.claimed_at, r.done_at, r.due_on, r.chased, r.touched, t.version + 1 from jsonb_populate_record(t, w.set) r)
      from jsonb_to_recordset(unit->'taskChanges') w(id uuid, version int, set jsonb)
      where t.id = w.id and t.version = w.version returning t.id
    ) select array_agg(id) into written from changed;
    if coalesce(cardinality(written), 0) < jsonb_array_length(unit->'taskChanges') then
      perform cases.refuse_stale_task(w.id) from jsonb_to_recordset(unit->'taskChanges') w(id uuid) where w.id <> all (coalesce(written, '{}'));
    end if;
  end if;
  if unit ? 'tasks' then
    insert into cases.task select * from jsonb_populate_recordset(null::cases.task, unit->'tasks');
  end if;
  if unit ? 'history' then
    insert into cases.history select * from jsonb_populate_recordset(null::cases.history, unit->'history');
  end if;
end $$;

create function cases.write_proceedings(unit jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  if unit ? 'correction' then
    insert into cases.correction select * from jsonb_populate_record(null::cases.correction, unit->'correction');
    insert into cases.correction_item select * from jsonb_populate_recordset(null::cases.correction_item, unit->'correctionItems');
  end if;
  if unit ? 'correctionDone' then
    update cases.correction set done_at = (unit->'correctionDone'->>'at')::timestamptz where id = (unit->'correctionDone'->>'id')::uuid and done_at is null;
    if not found then perform kernel.fail('case.changed', jsonb_build_object('case', unit->'correctionDone'->>'id')); end if;
    update cases.correction_item set done = true where correction_id = (unit->'correctionDone'->>'id')::uuid;
  end if;
  if unit ? 'suspension' then
    insert into cases.suspension select * from jsonb_populate_record(null::cases.suspension, unit->'suspension');
  end if;
  if unit ? 'resumed' then
    update cases.suspension set until_at = (unit->'resumed'->>'at')::timestamptz, result = unit->'resumed'->>'result'
      where case_id = (unit->'resumed'->>'case')::uuid and until_at is null;
  end if;
  if unit ? 'rating' then
    insert into cases.rating select * from jsonb_populate_record(null::cases.rating, unit->'rating');
  end if;
  if unit ? 'draftSubmitted' then
    update cases.draft set submitted_case = (unit->'draftSubmitted'->>'case')::uuid
      where id = (unit->'draftSubmitted'->>'id')::uuid and version = (unit->'draftSubmitted'->>'version')::int and submitted_case is null;
    if not found then perform kernel.fail('draft.changed'); end if;
  end if;
  if unit ? 'appointment' then
    insert into cases.appointment select * from jsonb_populate_record(null::cases.appointment, unit->'appointment')
      on conflict (place, at, seat) do update set case_id = excluded.case_id, draft_id = null, held_until = null
      where cases.appointment.case_id is null;
    if not found then perform kernel.fail('appointment.taken'); end if;
  end if;
  if unit ? 'principals' then perform directory.enter_principals(unit->'principals', coalesce(unit->'mandates', '[]')); end if;
  if unit ? 'ended' then perform cases.write_ended(unit->'ended'); end if;
end $$;

create function cases.next_number_block(actor jsonb) returns bigint language plpgsql security definer set search_path = '' as $$
begin
  perform kernel.enter(actor);
  return nextval('cases.number_block');
end $$;

-- What closed cases took, from their tasks: hands are people, touch time is theirs.
create function cases.write_efforts(efforts jsonb) returns void language sql security definer set search_path = '' as $$
  insert into cases.effort (case_id, service, closed_at, steps, papers, visits, hands, working_days, applicant_seconds, clerk_seconds)
  select e.case_id, e.service, e.closed_at, t.done + 1,
    (select count(*) from cases.material m where m.case_id = e.case_id and m.file_hash is not null and not m.replaced),
    e.visits, t.hands, e.working_days, coalesce((select d.touched from cases.draft d where d.submitted_case = e.case_id), 0), t.touched
  from jsonb_to_recordset(efforts) e(case_id uuid, service text, closed_at timestamptz, visits int, working_days numeric),
    lateral (select count(*) filter (where k.status = 'done') as done, count(distinct k.assignee) filter (where k.status = 'done') as hands,
      coalesce(sum(k.touched), 0) as touched from cases.task k where k.case_id = e.case_id) t
  on conflict do nothing
$$;

-- A case that has ended is owed no fee; without its approval nobody is waited for at the office either.
create function cases.write_ended(ended jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform payments.void((ended->>'case')::uuid);
  if not (ended->>'approved')::boolean then
    delete from cases.appointment where case_id = (ended->>'case')::uuid and at > (ended->>'at')::timestamptz;
  end if;
end $$;

-- Commands that came at about the same time, committed together: the rows that most of them write lie side by side (unit.ts: merge),
-- what is rarer follows for each by itself in rest. The first that does not fit refuses them all; the program then brings them apart.
-- Answers null, or for one command alone that was carried out before {"status": …, "answer": …} of then.
-- Every actor's own row-level security has let the command through; from here the platform writes.
create function cases.write(platform jsonb, claims jsonb, unit jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  kept jsonb;
  one jsonb;
begin
  perform kernel.enter(platform);
  if not kernel.is_system() then perform kernel.fail('access.denied'); end if;
  if claims is not null then
    kept := kernel.claim(claims);
    if kept is not null then return kept; end if;
  end if;
  perform cases.write_cases(unit);
  if unit ? 'instances' then perform processes.write(unit->'instances'); end if;
  perform cases.write_tasks(unit);
  for one in select value from jsonb_array_elements(coalesce(unit->'rest', '[]')) loop
    perform cases.write_proceedings(one);
  end loop;
  if unit ? 'orders' then perform payments.write(unit->'orders'); end if;
  if unit ? 'licences' then perform licences.write(unit->'licences'); end if;
  if unit ? 'licenceRevocations' then perform licences.write_revocations(unit->'licenceRevocations'); end if;
  if unit ? 'registerWrites' then perform registers.write(unit->'registerWrites'); end if;
  if unit ? 'messages' then perform messages.write(unit->'messages'); end if;
  if unit ? 'efforts' then perform cases.write_efforts(unit->'efforts'); end if;
  if unit ? 'events' then perform events.append_all(unit->'events'); end if;
  if unit ? 'audit' then perform audit.record_all(unit->'audit'); end if;
  return null;
end $$;

-- A file has arrived whole and is durable; the upload's token was checked by the program.
create function cases.complete_upload(wanted uuid, hash text, size_ bigint, type_ text, name_ text, at_ timestamptz) returns void
language sql security definer set search_path = '' as $$
  update cases.upload set file_hash = hash, size = size_, file_type = type_, name = name_, done_at = at_ where id = wanted and not removed
$$;
`,
};
