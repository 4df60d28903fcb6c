import type { Migration } from '@zhengwu/database';

/** Answers to chases 督办, and one reminder when an answer is late. */
export const chases: Migration = {
  id: '0002-chases',
  sql: `
alter table supervision.chase add column answer text, add column answered_by uuid, add column answered_name text, add column answered_at timestamptz, add column reminded_at timestamptz;
create index chase_waiting on supervision.chase (answer_by) where answered_at is null and reminded_at is null;

create function supervision.chase_rows(case_ uuid) returns setof supervision.chase language sql stable security definer set search_path = '' as $$
  select * from supervision.chase k where k.case_id = case_ order by k.chased_at, k.id
$$;
create function supervision.chase_row(wanted uuid) returns supervision.chase language sql stable security definer set search_path = '' as $$
  select * from supervision.chase k where k.id = wanted
$$;

-- Chases of a case, for whoever sees the case.
create function supervision.chases_of(case_ uuid) returns setof supervision.chase language plpgsql as $$
begin
  perform 1 from cases.case c where c.id = case_;
  if not found then perform kernel.fail('chase.case-unknown'); end if;
  return query select * from supervision.chase_rows(case_);
end $$;

create function supervision.tell(to_ uuid, template_ text, key_ text, chase_ supervision.chase, at_ timestamptz, more jsonb) returns void language sql security definer set search_path = '' as $$
  select messages.write(jsonb_agg(jsonb_build_object('id', kernel.uuidv7(), 'recipient', to_, 'template', template_, 'case_id', c.id, 'key', key_, 'sent_at', at_,
    'params', jsonb_build_object('number', c.number, 'service', c.service_zh, 'serviceEn', c.service_en, 'due', chase_.answer_by) || more)))
  from cases.case c where c.id = chase_.case_id and to_ is not null
$$;

create function supervision.write_answer(wanted uuid, text_ text, at_ timestamptz) returns supervision.chase language plpgsql security definer set search_path = '' as $$
declare
  found_ supervision.chase;
begin
  update supervision.chase k set answer = text_, answered_by = kernel.person(), answered_name = kernel.actor()->>'name', answered_at = at_
    where k.id = wanted and k.answered_at is null returning * into found_;
  if not found then perform kernel.fail('chase.answered'); end if;
  if not exists (select 1 from supervision.chase k where k.case_id = found_.case_id and k.answered_at is null) then
    update cases.task t set chased = false where t.case_id = found_.case_id and t.chased;
  end if;
  perform cases.write_history(jsonb_build_object('id', kernel.uuidv7(), 'case_id', found_.case_id, 'at', at_, 'kind', 'chaseAnswered', 'title_zh', '督办已答复', 'title_en', 'Chase answered',
    'detail_zh', text_, 'detail_en', text_, 'person', kernel.person(), 'person_name', kernel.actor()->>'name', 'internal', true));
  perform supervision.tell(found_.chased_by, 'chaseAnswered', wanted || ':answered', found_, at_, jsonb_build_object('by', found_.answered_name, 'text', text_));
  return found_;
end $$;

-- Answers a chase, once: who has a task of the case, or whose reach the chased department is in.
create function supervision.answer_chase(wanted uuid, text_ text, at_ timestamptz) returns supervision.chase language plpgsql as $$
declare
  found_ supervision.chase := supervision.chase_row(wanted);
begin
  perform 1 from cases.case c where c.id = found_.case_id;
  if not found then perform kernel.fail('chase.unknown'); end if;
  if not kernel.reaches(found_.department) and not exists (select 1 from cases.task t where t.case_id = found_.case_id and t.assignee = kernel.person()) then
    perform kernel.fail('chase.not-yours');
  end if;
  return supervision.write_answer(wanted, text_, at_);
end $$;

-- Reminds whoever chased and whoever has the case, once, when the day for the answer has passed.
create function supervision.remind_late(today_ date, at_ timestamptz, most int) returns int language plpgsql security definer set search_path = '' as $$
declare
  one supervision.chase;
  handler_ uuid;
  reminded int := 0;
begin
  if not kernel.is_system() then perform kernel.fail('access.denied'); end if;
  for one in update supervision.chase k set reminded_at = at_ where k.id in (
      select w.id from supervision.chase w where w.answered_at is null and w.reminded_at is null and w.answer_by < today_ order by w.answer_by limit most for update skip locked) returning k.* loop
    for handler_ in select one.chased_by union select t.assignee from cases.task t where t.case_id = one.case_id and t.status in ('open', 'claimed', 'waiting') loop
      perform supervision.tell(handler_, 'chaseLate', one.id || ':late:' || coalesce(handler_::text, ''), one, at_, '{}');
    end loop;
    reminded := reminded + 1;
  end loop;
  return reminded;
end $$;
`,
};
