import type { Migration } from '@zhengwu/database';

export const migration: Migration = {
  id: '0005-work',
  sql: `
-- What one command needs to read: the case as the actor may see it, its answers, live tasks and process instance.
create function cases.load_whole(wanted uuid) returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'case', to_jsonb(c), 'application', to_jsonb(a), 'instance', processes.read(c.id),
    'tasks', coalesce((select jsonb_agg(to_jsonb(t) order by t.opened_at) from cases.task t where t.case_id = c.id and t.status in ('open', 'claimed', 'waiting')), '[]'),
    'pictures', (select jsonb_object_agg(m.code, m.file_hash) from cases.material m where m.case_id = c.id and m.file_type like 'image/%' and not m.replaced),
    'last', (select jsonb_build_object('by', h.person_name, 'at', h.at) from cases.history h where h.case_id = c.id order by h.at desc limit 1))
  from cases.case c join cases.application a on a.case_id = c.id where c.id = wanted
$$;

create function cases.load(actor jsonb, case_ uuid, task_ uuid) returns jsonb language plpgsql as $$
declare
  wanted uuid := case_;
begin
  perform kernel.enter(actor);
  if task_ is not null then
    select t.case_id into wanted from cases.task t where t.id = task_;
    if not found then perform kernel.fail('task.unknown'); end if;
  else
    perform 1 from cases.case c where c.id = case_;
    if not found then perform kernel.fail('case.unknown'); end if;
  end if;
  return cases.load_whole(wanted);
end $$;

-- Tasks a person could take: of a department in reach and for a post they hold.
create function cases.fits(department_ int, post_ text, posts_ text[]) returns boolean language sql stable as $$
  select (kernel.scope() = 'all' or department_ = any (kernel.departments())) and (post_ is null or post_ = any (posts_))
$$;

create function cases.work_counts(actor jsonb, posts_ text[], today date, cap int) returns jsonb language plpgsql as $$
begin
  perform kernel.enter(actor);
  return jsonb_build_object(
    'todo', (select count(*) from (select 1 from cases.task t where t.status = 'open' and (kernel.scope() = 'all' or t.department = any (kernel.departments())) and (t.post is null or t.post = any (posts_)) limit cap) n),
    'mine', (select count(*) from (select 1 from cases.task t where t.status = 'claimed' and t.assignee = kernel.person() limit cap) n),
    'waiting', (select count(*) from (select 1 from cases.task t where t.status = 'waiting' and t.assignee = kernel.person() limit cap) n),
    'done', (select count(*) from (select 1 from cases.task t where t.status = 'done' and t.assignee = kernel.person() limit cap) n),
    'overdue', (select count(*) from (select 1 from cases.task t where t.status in ('open', 'claimed') and t.due_on < today and (kernel.scope() = 'all' or t.department = any (kernel.departments())) limit cap) n),
    'chased', (select count(*) from (select 1 from cases.task t where t.status in ('open', 'claimed') and t.chased and (kernel.scope() = 'all' or t.department = any (kernel.departments())) limit cap) n),
    'circulated', (select count(*) from (select 1 from cases.circulation r where r.person = kernel.person() and r.read_at is null limit cap) n));
end $$;

create type cases.task_line as (
  id uuid, case_id uuid, element text, name_zh text, name_en text, kind text, stage text, department int, post text, status text, assignee uuid, assignee_name text,
  opened_at timestamptz, done_at timestamptz, due_on date, chased boolean, version int,
  number text, service text, service_zh text, service_en text, applicant_name text, state smallint, card text);

-- Tasks of one queue; queues are short enough to be paged by offset (the page stops at the cap of the counts).
create function cases.work_list(actor jsonb, posts_ text[], queue_ text, today date, service_ text, stage_ text, text_ text, sort_ text, offset_ int, limit_ int)
returns setof cases.task_line language plpgsql as $$
begin
  perform kernel.enter(actor);
  if queue_ = 'circulated' then
    return query select c.id, c.id, '', 'circulated', 'circulated', 'circulated', '', c.department, null::text, 'open', null::uuid, r.from_name,
        r.sent_at, null::timestamptz, null::date, false, 0, c.number, c.service, c.service_zh, c.service_en, c.applicant_name, c.state, c.card
      from cases.circulation r join cases.case c on c.id = r.case_id where r.person = kernel.person() and r.read_at is null
      order by r.sent_at desc offset offset_ limit limit_;
    return;
  end if;
  return query select t.id, t.case_id, t.element, t.name_zh, t.name_en, t.kind, t.stage, t.department, t.post, t.status, t.assignee, t.assignee_name,
      t.opened_at, t.done_at, t.due_on, t.chased, t.version, c.number, c.service, c.service_zh, c.service_en, c.applicant_name, c.state, c.card
    from cases.task t join cases.case c on c.id = t.case_id
    where case queue_
        when 'todo' then t.status = 'open' and (kernel.scope() = 'all' or t.department = any (kernel.departments())) and (t.post is null or t.post = any (posts_))
        when 'mine' then t.status = 'claimed' and t.assignee = kernel.person()
        when 'waiting' then t.status = 'waiting' and t.assignee = kernel.person()
        when 'done' then t.status = 'done' and t.assignee = kernel.person()
        when 'overdue' then t.status in ('open', 'claimed') and t.due_on < today and (kernel.scope() = 'all' or t.department = any (kernel.departments()))
        when 'chased' then t.status in ('open', 'claimed') and t.chased and (kernel.scope() = 'all' or t.department = any (kernel.departments()))
        else false end
      and (service_ is null or c.service = service_) and (stage_ is null or t.stage = stage_)
      and (text_ is null or position(text_ in c.number) > 0 or position(text_ in c.applicant_name) > 0)
    order by
      case when sort_ = 'due' then t.due_on end nulls last,
      case when sort_ = '-opened' or queue_ = 'done' then t.opened_at end desc,
      t.opened_at, t.id
    offset offset_ limit limit_;
end $$;

-- Files that have arrived, of those asked for and in the reader's hands.
create function cases.uploads_of(actor jsonb, wanted uuid[]) returns setof cases.upload language plpgsql as $$
begin
  perform kernel.enter(actor);
  return query select * from cases.upload u where u.id = any (wanted) and not u.removed and u.file_hash is not null;
end $$;

create function cases.write_history(line jsonb) returns void language sql security definer set search_path = '' as $$
  insert into cases.history select * from jsonb_populate_record(null::cases.history, line)
$$;

-- A verdict on one material, with its line in the history; the same one again leaves no second line. Seen is marked once and silently.
create function cases.judge(actor jsonb, case_ uuid, material_ uuid, verdict_ text, note_ text, line jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform kernel.enter(actor);
  if verdict_ = 'seen' then
    update cases.material set verdict = 'seen' where id = material_ and verdict = 'unseen';
    return;
  end if;
  update cases.material set verdict = verdict_, note = note_ where id = material_ and case_id = case_ and (verdict, note) is distinct from (verdict_, note_);
  if found then
    perform cases.write_history(line);
    perform audit.record(actor, 'case.materialChecked', case_::text, jsonb_build_object('material', material_, 'verdict', verdict_));
  end if;
end $$;

-- Circulates a case for reading, once a key.
create function cases.circulate(actor jsonb, once_ jsonb, case_ uuid, to_ uuid[], note_ text, line jsonb) returns int language plpgsql security definer set search_path = '' as $$
declare
  kept jsonb;
  sent int;
begin
  perform kernel.enter(actor);
  kept := kernel.once(once_->>'operation', once_->>'key', once_->>'hash');
  if kept is not null then return (kept->'answer'->>'sent')::int; end if;
  insert into cases.circulation (case_id, person, from_name, note, sent_at)
    select case_, person, coalesce(actor->>'name', ''), note_, (line->>'at')::timestamptz from unnest(to_) person
    on conflict (case_id, person) do update set read_at = null, from_name = excluded.from_name, sent_at = excluded.sent_at, note = excluded.note;
  get diagnostics sent = row_count;
  perform cases.write_history(line);
  perform audit.record(actor, 'case.circulated', case_::text, jsonb_build_object('to', to_));
  perform kernel.once_done(once_->>'operation', once_->>'key', 200, jsonb_build_object('sent', sent));
  return sent;
end $$;

create function cases.read_circulated(actor jsonb, case_ uuid) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  perform kernel.enter(actor);
  update cases.circulation set read_at = now() where case_id = case_ and person = kernel.person() and read_at is null;
  return found;
end $$;

create function cases.diagram_of(wanted uuid) returns jsonb language sql stable security definer set search_path = '' as $$
  select processes.diagram(wanted) || jsonb_build_object('done',
    coalesce((select jsonb_agg(distinct t.element) from cases.task t where t.case_id = wanted and t.status = 'done'), '[]'))
$$;

create function cases.diagram(actor jsonb, wanted uuid) returns jsonb language plpgsql as $$
begin
  perform kernel.enter(actor);
  perform 1 from cases.case c where c.id = wanted;
  if not found then perform kernel.fail('case.unknown'); end if;
  return cases.diagram_of(wanted);
end $$;

-- Drafts past their day, uploads that never arrived.
create function cases.sweep(actor jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform kernel.enter(actor);
  delete from cases.upload u where u.file_hash is null and u.expires_at < now() - interval '1 day';
  delete from cases.draft d where d.submitted_case is null and d.expires_at < now();
end $$;
`,
};
