import type { Migration } from '../schema-module.ts';

/** Context of a transaction, its accessors, typed refusals. */
export const context: Migration = {
  id: '0001-context',
  sql: `
create function kernel.enter(actor jsonb) returns void language plpgsql as $$
begin
  perform
    set_config('zhengwu.kind', coalesce(actor->>'kind', ''), true),
    set_config('zhengwu.person', coalesce(actor->>'personId', ''), true),
    set_config('zhengwu.scope', coalesce(actor->>'scope', ''), true),
    set_config('zhengwu.departments', translate(coalesce(actor->>'departments', '{}'), '[]', '{}'), true),
    set_config('zhengwu.subjects', translate(coalesce(actor->>'subjects', '{}'), '[]"', '{}'), true),
    set_config('zhengwu.clearance', coalesce(actor->>'clearance', '0'), true),
    set_config('zhengwu.actor', actor::text, true);
end $$;

create function kernel.kind() returns text language sql stable parallel safe as
  $$ select nullif(current_setting('zhengwu.kind', true), '') $$;
create function kernel.person() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('zhengwu.person', true), '')::uuid $$;
create function kernel.scope() returns text language sql stable parallel safe as
  $$ select nullif(current_setting('zhengwu.scope', true), '') $$;
create function kernel.departments() returns int[] language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('zhengwu.departments', true), ''), '{}')::int[] $$;
create function kernel.subjects() returns uuid[] language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('zhengwu.subjects', true), ''), '{}')::uuid[] $$;
create function kernel.clearance() returns int language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('zhengwu.clearance', true), ''), '0')::int $$;
create function kernel.actor() returns jsonb language sql stable parallel safe as
  $$ select nullif(current_setting('zhengwu.actor', true), '')::jsonb $$;
create function kernel.is_system() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('zhengwu.kind', true) = 'system', false) $$;
-- An official whose scope reaches this department.
create function kernel.reaches(department int) returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('zhengwu.kind', true) = 'official' and (
       current_setting('zhengwu.scope', true) = 'all'
       or (current_setting('zhengwu.scope', true) = 'departments'
           and department = any (coalesce(nullif(current_setting('zhengwu.departments', true), ''), '{}')::int[]))), false) $$;

-- Ids in order of time (RFC 9562 version 7), on every supported PostgreSQL.
create function kernel.uuidv7() returns uuid language sql volatile parallel safe as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Refuses with an error code of a module's catalogue; the program turns it into that error.
create function kernel.fail(code text, params jsonb default '{}') returns void language plpgsql as $$
begin
  raise exception using errcode = 'ZW001', message = code, detail = params::text;
end $$;
`,
};

/** Keyed commands: only a committed success is kept, with what it answered. */
export const idempotency: Migration = {
  id: '0002-idempotency',
  sql: `
create table kernel.idempotency (
  actor text not null,
  operation text not null,
  key text not null check (length(key) between 8 and 200),
  body_hash text not null,
  status int,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (actor, operation, key)
);
create index idempotency_at on kernel.idempotency (at);
create function kernel.account() returns text language sql stable parallel safe as
  $$ select coalesce(kernel.actor()->>'accountId', kernel.actor()->>'personId', kernel.kind()) $$;
alter table kernel.idempotency enable row level security;
alter table kernel.idempotency force row level security;
create policy own on kernel.idempotency using (actor = (select kernel.account()) or (select kernel.is_system()));

-- What was answered under this key, {"status": …, "answer": …}; another request under it is refused.
create function kernel.answered(actor_ text, operation_ text, key_ text, body_hash_ text) returns jsonb language plpgsql stable as $$
declare
  found_ kernel.idempotency;
begin
  select * into found_ from kernel.idempotency i where i.actor = actor_ and i.operation = operation_ and i.key = key_;
  if found_.body_hash is distinct from body_hash_ then perform kernel.fail('idempotency.key-reused'); end if;
  if found_.status is null then perform kernel.fail('idempotency.unfinished'); end if;
  return jsonb_build_object('status', found_.status, 'answer', found_.answer);
end $$;

-- Claims the key for the entered actor. Null: go on, and call once_done before the end. Otherwise what was answered then.
-- A second caller with the same key waits for the first. The same key with another body is refused.
create function kernel.once(operation_ text, key_ text, body_hash_ text) returns jsonb language plpgsql as $$
begin
  insert into kernel.idempotency (actor, operation, key, body_hash)
    values (kernel.account(), operation_, key_, body_hash_) on conflict do nothing;
  if found then return null; end if;
  return kernel.answered(kernel.account(), operation_, key_, body_hash_);
end $$;

-- For the platform: claims keys of commands whose answers are known beforehand, [{account, operation, key, hash, status, answer}].
-- Null: all are new and kept. One alone that was used gets what was answered then; among several it refuses them all.
create function kernel.claim(claims jsonb) returns jsonb language plpgsql as $$
declare
  asked int := jsonb_array_length(claims);
  fresh int;
begin
  insert into kernel.idempotency (actor, operation, key, body_hash, status, answer)
    select c.account, c.operation, c.key, c.hash, c.status, c.answer
    from jsonb_to_recordset(claims) c(account text, operation text, key text, hash text, status int, answer jsonb)
    on conflict do nothing;
  get diagnostics fresh = row_count;
  if fresh = asked then return null; end if;
  if asked > 1 then raise exception 'one of % keys was used before', asked; end if;
  return kernel.answered(claims->0->>'account', claims->0->>'operation', claims->0->>'key', claims->0->>'hash');
end $$;

create function kernel.once_done(operation_ text, key_ text, status_ int, answer_ jsonb) returns void language sql as $$
  update kernel.idempotency set status = status_, answer = answer_
    where actor = kernel.account() and operation = operation_ and key = key_
$$;
`,
};

/** Running numbers: one PostgreSQL sequence a series, so that no submit waits for another. */
export const numbers: Migration = {
  id: '0003-numbers',
  sql: `
create schema kernel_number;
create function kernel.next_number(series text) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  name_ text := 'kernel_number.' || quote_ident(series);
begin
  if length(series) not between 1 and 60 then raise exception 'series name of 1 to 60 bytes: %', series; end if;
  if to_regclass(name_) is null then
    perform pg_advisory_xact_lock(hashtext('kernel.next_number'), hashtext(series));
    execute 'create sequence if not exists ' || name_;
  end if;
  return nextval(name_::regclass);
end $$;
`,
};

/** Working days as the State Council decides them each year; a year without a decision has no answer. */
export const calendar: Migration = {
  id: '0004-calendar',
  sql: `
create table kernel.calendar_year (
  year int primary key check (year between 1949 and 2200),
  source text not null,
  changed_at timestamptz not null default now()
);
create table kernel.calendar_day (
  day date primary key,
  year int not null generated always as (extract(year from day)::int) stored references kernel.calendar_year,
  working boolean not null,
  name_zh text not null,
  name_en text not null
);
create index calendar_day_year on kernel.calendar_day (year);
alter table kernel.calendar_year enable row level security;
alter table kernel.calendar_year force row level security;
alter table kernel.calendar_day enable row level security;
alter table kernel.calendar_day force row level security;
create policy readers on kernel.calendar_year for select using ((select kernel.kind()) is not null);
create policy keepers on kernel.calendar_year using ((select kernel.kind()) in ('official', 'system'));
create policy readers on kernel.calendar_day for select using ((select kernel.kind()) is not null);
create policy keepers on kernel.calendar_day using ((select kernel.kind()) in ('official', 'system'));

create function kernel.is_working_day(day_ date) returns boolean language plpgsql stable as $$
begin
  if not exists (select from kernel.calendar_year where year = extract(year from day_)) then
    perform kernel.fail('calendar.unknown-year', jsonb_build_object('year', extract(year from day_)));
  end if;
  return coalesce((select working from kernel.calendar_day where day = day_), extract(isodow from day_) < 6);
end $$;

-- The day that is n working days after start, start itself not counted.
create function kernel.add_working_days(start date, n int) returns date language plpgsql stable as $$
declare
  at_ date := start;
  left_ int := n;
begin
  while left_ > 0 loop
    at_ := at_ + 1;
    if kernel.is_working_day(at_) then left_ := left_ - 1; end if;
  end loop;
  return at_;
end $$;
`,
};

/**
 * Reach of an official for policies of tables by department, evaluated once a statement:
 * `using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]))`.
 */
export const reach: Migration = {
  id: '0005-reach',
  sql: `
create function kernel.reaches_all() returns boolean language sql stable parallel safe as $$
  select coalesce(current_setting('zhengwu.kind', true) = 'system'
    or (current_setting('zhengwu.kind', true) = 'official' and current_setting('zhengwu.scope', true) = 'all'), false)
$$;
create function kernel.reach() returns int[] language sql stable parallel safe as $$
  select case when current_setting('zhengwu.kind', true) = 'official' and current_setting('zhengwu.scope', true) = 'departments'
    then coalesce(nullif(current_setting('zhengwu.departments', true), ''), '{}')::int[] else '{}'::int[] end
$$;
`,
};
