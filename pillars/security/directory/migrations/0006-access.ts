import type { Migration } from '@zhengwu/database';

/** Posts asked for until a day and decided by two, and reviews in which each holding is confirmed, withdrawn or lapses. */
export const migration: Migration = {
  id: '0006-access',
  sql: `
create table directory.access_request (
  id uuid primary key,
  person uuid not null references directory.person,
  post uuid not null references directory.post,
  -- Of the post; its head vouches.
  department int not null references directory.department,
  ends_on date not null,
  reason text not null,
  asked_at timestamptz not null default now(),
  status text not null default 'asked' check (status in ('asked', 'vouched', 'granted', 'refused', 'withdrawn', 'ended')),
  vouched_by uuid references directory.person,
  vouched_by_name text,
  vouched_at timestamptz,
  vouch_opinion text,
  decided_by uuid references directory.person,
  decided_by_name text,
  decided_at timestamptz,
  opinion text,
  check (person <> vouched_by and person <> decided_by and vouched_by <> decided_by)
);
create unique index access_request_open on directory.access_request (person, post) where status in ('asked', 'vouched');
create index access_request_department on directory.access_request (department, asked_at desc);

create table directory.review (
  id uuid primary key,
  department int not null references directory.department,
  opened_by uuid not null references directory.person,
  opened_by_name text not null,
  opened_at timestamptz not null default now(),
  -- Unanswered after this day, an item goes to the heads above as well.
  due_on date not null,
  -- Unanswered after this day, a holding lapses.
  lapse_on date not null check (lapse_on > due_on),
  closed_at timestamptz
);
create unique index review_open on directory.review (department) where closed_at is null;
create table directory.review_item (
  review uuid not null references directory.review,
  person uuid not null references directory.person,
  post uuid not null references directory.post,
  since timestamptz not null,
  department int not null,
  answer text check (answer in ('kept', 'withdrawn', 'lapsed', 'gone')),
  by_person uuid,
  by_name text,
  at timestamptz,
  reason text,
  escalated_at timestamptz,
  primary key (review, person, post)
);

do $$
declare name text;
begin
  foreach name in array array['access_request', 'review', 'review_item'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy owner on directory.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on directory.%I using ((select kernel.is_system()))', name);
    execute format('create policy reach on directory.%I for select to $app using ((select kernel.kind()) = ''official'' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])))', name);
    execute format('revoke all on directory.%I from $app, $relay', name);
    execute format('grant select on directory.%I to $app, $relay', name);
  end loop;
end $$;
create policy mine on directory.access_request for select to $app using ((select kernel.kind()) = 'official' and person = (select kernel.person()));

-- An official asks for a post.
create function directory.ask_access(id_ uuid, post_ uuid, ends_on_ date, reason_ text) returns void language plpgsql security definer set search_path = '' as $$
declare
  department_ int := (select p.department from directory.post p where p.id = post_);
begin
  if kernel.kind() is distinct from 'official' or department_ is null then perform kernel.fail('directory.unknown'); end if;
  if exists (select from directory.holding h where h.person = kernel.person() and h.post = post_ and h.until is null) then perform kernel.fail('access.held'); end if;
  insert into directory.access_request (id, person, post, department, ends_on, reason) values (id_, kernel.person(), post_, department_, ends_on_, reason_)
    on conflict do nothing;
  if not found then perform kernel.fail('access.asked-already'); end if;
end $$;

-- One step of a request: the head of the post's department vouches, then somebody else with reach over the whole site grants; the asker may withdraw.
create function directory.step_access(id_ uuid, step text, agree boolean, opinion_ text) returns directory.access_request language plpgsql security definer set search_path = '' as $$
declare
  found_ directory.access_request;
begin
  select * into found_ from directory.access_request r where r.id = id_ and r.status in ('asked', 'vouched') for update;
  if not found or kernel.kind() is distinct from 'official' then perform kernel.fail('access.unknown'); end if;
  if step = 'withdraw' then
    if found_.person <> kernel.person() then perform kernel.fail('access.unknown'); end if;
    update directory.access_request r set status = 'withdrawn' where r.id = id_ returning * into found_;
    return found_;
  end if;
  if found_.person = kernel.person() then perform kernel.fail('access.own'); end if;
  if step = 'vouch' and found_.status = 'asked' and kernel.reaches(found_.department) then
    update directory.access_request r set status = case when agree then 'vouched' else 'refused' end, vouched_by = kernel.person(), vouched_by_name = kernel.actor()->>'name', vouched_at = now(), vouch_opinion = opinion_
      where r.id = id_ returning * into found_;
  elsif step = 'decide' and found_.status = 'vouched' and kernel.scope() = 'all' then
    if found_.vouched_by = kernel.person() then perform kernel.fail('access.own'); end if;
    update directory.access_request r set status = case when agree then 'granted' else 'refused' end, decided_by = kernel.person(), decided_by_name = kernel.actor()->>'name', decided_at = now(), opinion = opinion_
      where r.id = id_ returning * into found_;
    if agree then
      perform set_config('zhengwu.reason', found_.reason, true);
      update directory.person p set version = p.version + 1 where p.id = found_.person and p.active;
      if not found then perform kernel.fail('access.unknown'); end if;
      insert into directory.holding (person, post, ends_at) select found_.person, found_.post, (found_.ends_on + 1)::timestamp at time zone 'Asia/Shanghai'
        where not exists (select from directory.holding h where h.person = found_.person and h.post = found_.post and h.until is null);
    end if;
  else
    perform kernel.fail('access.unknown');
  end if;
  return found_;
end $$;

-- A campaign over a department: every holding of its posts as it is now.
create function directory.open_review(id_ uuid, department_ int, due_ date, lapse_ date) returns int language plpgsql security definer set search_path = '' as $$
declare
  items int;
begin
  if kernel.kind() is distinct from 'official' or kernel.scope() is distinct from 'all' then perform kernel.fail('access.unknown'); end if;
  insert into directory.review (id, department, opened_by, opened_by_name, due_on, lapse_on) values (id_, department_, kernel.person(), coalesce(kernel.actor()->>'name', ''), due_, lapse_) on conflict do nothing;
  if not found then perform kernel.fail('review.open-already'); end if;
  insert into directory.review_item (review, person, post, since, department) select id_, h.person, h.post, h.since, department_
    from directory.holding h join directory.post p on p.id = h.post where p.department = department_ and h.until is null;
  get diagnostics items = row_count;
  return items;
end $$;

create function directory.close_reviews() returns void language sql as $$
  update directory.review r set closed_at = now() where r.closed_at is null and not exists (select from directory.review_item i where i.review = r.id and i.answer is null)
$$;

-- Ends a holding for a reason, by whoever is entered.
create function directory.end_holding(person_ uuid, post_ uuid, reason_ text, at_ timestamptz) returns void language plpgsql as $$
begin
  perform set_config('zhengwu.reason', reason_, true);
  update directory.holding h set until = at_ where h.person = person_ and h.post = post_ and h.until is null;
  update directory.person p set version = p.version + 1 where p.id = person_;
end $$;

-- The head confirms or withdraws one holding; not one's own.
create function directory.answer_review(review_ uuid, person_ uuid, post_ uuid, keep boolean, reason_ text) returns void language plpgsql security definer set search_path = '' as $$
declare
  found_ directory.review_item;
begin
  select * into found_ from directory.review_item i where i.review = review_ and i.person = person_ and i.post = post_ and i.answer is null for update;
  if not found or not kernel.reaches(found_.department) then perform kernel.fail('review.unknown'); end if;
  if person_ = kernel.person() then perform kernel.fail('review.own'); end if;
  update directory.review_item i set answer = case when keep then 'kept' else 'withdrawn' end, by_person = kernel.person(), by_name = kernel.actor()->>'name', at = now(), reason = reason_
    where i.review = review_ and i.person = person_ and i.post = post_;
  if not keep then perform directory.end_holding(person_, post_, reason_, now()); end if;
  perform directory.close_reviews();
end $$;

-- What time brings about: holdings end, late items go up, unanswered ones lapse. How many holdings ended.
create function directory.sweep_access(now_ timestamptz) returns int language plpgsql as $$
declare
  one record;
  today date := (now_ at time zone 'Asia/Shanghai')::date;
  ended int := 0;
begin
  for one in select h.person, h.post, h.ends_at from directory.holding h where h.until is null and h.ends_at <= now_ loop
    perform directory.end_holding(one.person, one.post, '到期 / its time ran out', one.ends_at);
    update directory.access_request r set status = 'ended' where r.person = one.person and r.post = one.post and r.status = 'granted';
    perform audit.record(kernel.actor(), 'access.ended', one.person::text, jsonb_build_object('post', one.post));
    ended := ended + 1;
  end loop;
  update directory.review_item i set answer = 'gone', at = now_ where i.answer is null
    and not exists (select from directory.holding h where h.person = i.person and h.post = i.post and h.since = i.since and h.until is null);
  for one in update directory.review_item i set escalated_at = now_ from directory.review r where r.id = i.review and i.answer is null and i.escalated_at is null and r.due_on < today returning i.review, i.person, i.post loop
    perform audit.record(kernel.actor(), 'review.escalated', one.person::text, jsonb_build_object('review', one.review, 'post', one.post));
  end loop;
  for one in update directory.review_item i set answer = 'lapsed', at = now_ from directory.review r where r.id = i.review and i.answer is null and r.lapse_on < today returning i.review, i.person, i.post loop
    perform directory.end_holding(one.person, one.post, '复核未答复 / unanswered in review', now_);
    perform audit.record(kernel.actor(), 'review.lapsed', one.person::text, jsonb_build_object('review', one.review, 'post', one.post));
    ended := ended + 1;
  end loop;
  perform directory.close_reviews();
  return ended;
end $$;
grant update on directory.review, directory.review_item, directory.access_request to $app, $relay;
`,
};
