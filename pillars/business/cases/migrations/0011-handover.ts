import type { Migration } from '@zhengwu/database';

/** Tasks in the hands of somebody who moves or leaves go to a named colleague or back to their queue. */
export const migration: Migration = {
  id: '0011-handover',
  sql: `
create function cases.in_hand(person_ uuid) returns int language sql stable security definer set search_path = '' as $$
  select count(*)::int from cases.task t where kernel.is_system() and person_ in (t.assignee, t.delegated_by) and t.status in ('open', 'claimed', 'waiting')
$$;

-- Called by the platform in the transaction of moving or leaving; actor is the administrator, whose name the trail bears.
create function cases.hand_over(actor jsonb, person_ uuid, to_ uuid, to_name_ text, reason_ text) returns int
language plpgsql security definer set search_path = '' as $$
declare
  found_ cases.task;
  holder_ uuid;
  name_ text;
  handed int := 0;
begin
  if not kernel.is_system() then perform kernel.fail('case.unknown'); end if;
  for found_ in select * from cases.task t where person_ in (t.assignee, t.delegated_by) and t.status in ('open', 'claimed', 'waiting') order by t.id for update loop
    if found_.assignee = person_ and found_.delegated_by is distinct from person_ then
      -- What somebody delegated returns to them when nobody takes over.
      holder_ := coalesce(to_, found_.delegated_by);
      name_ := case when to_ is null then found_.delegated_by_name else to_name_ end;
      update cases.task t set assignee = holder_, assignee_name = name_, status = case when t.status = 'claimed' and holder_ is null then 'open' else t.status end,
          claimed_at = case when holder_ is not null then now() end, delegated_by = nullif(t.delegated_by, holder_),
          delegated_by_name = case when t.delegated_by is distinct from holder_ then t.delegated_by_name end, version = t.version + 1
        where t.id = found_.id;
    else
      -- What the leaver awaits back goes to whoever takes over, or stays with the one who has it.
      holder_ := case when found_.assignee <> to_ then to_ end;
      name_ := case when holder_ is not null then to_name_ end;
      update cases.task t set delegated_by = holder_, delegated_by_name = name_, version = t.version + 1 where t.id = found_.id;
    end if;
    insert into cases.history (id, case_id, at, kind, title_zh, title_en, detail_zh, detail_en, person, person_name, department, internal)
      values (kernel.uuidv7(), found_.case_id, now(), case when holder_ is null then 'released' else 'transferred' end,
        coalesce('转办给' || name_, '退回待办队列'), coalesce('Handed over to ' || name_, 'Given back to the queue'),
        found_.name_zh || '：' || reason_, found_.name_zh || ': ' || reason_, (actor->>'personId')::uuid, actor->>'name', found_.department, true);
    perform audit.record(actor, case when holder_ is null then 'task.released' else 'task.transferred' end, found_.case_id::text,
      jsonb_build_object('task', found_.id, 'from', person_, 'to', holder_, 'reason', reason_));
    handed := handed + 1;
  end loop;
  return handed;
end $$;
`,
};
