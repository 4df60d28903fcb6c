import type { Migration } from '@zhengwu/database';

/** Tokens by which applications call the API in their own name: hashed, each with an end, several at once while one follows another. */
export const migration: Migration = {
  id: '0009-tokens',
  sql: `
create table directory.application_token (
  id uuid primary key,
  application uuid not null references directory.application,
  hash text not null unique,
  -- Credit code of an institution: taken only on a connection that its certificate opened.
  institution text,
  made_by uuid not null references directory.person,
  made_by_name text not null,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz,
  used_from text
);
create index application_token_application on directory.application_token (application, ends_at);
alter table directory.application_token enable row level security;
alter table directory.application_token force row level security;
create policy owner on directory.application_token to $owner using (true) with check (true);
create policy platform on directory.application_token using ((select kernel.is_system())) with check ((select kernel.is_system()));
-- Administrators, who are people: no application makes itself a token.
create policy keepers on directory.application_token to $app using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all' and (select kernel.person()) is not null)
  with check ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all' and made_by = (select kernel.person()));
revoke all on directory.application_token from $app, $relay;
grant select, insert on directory.application_token to $app, $relay;
grant update (ends_at, used_at, used_from) on directory.application_token to $app, $relay;

-- The application behind a token, as application_of() answers it for a secret; null for one that is wrong, ended or of a closed application.
create function directory.application_by_token(hash_ text, address_ text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  token_ directory.application_token;
  found_ directory.application;
begin
  if not kernel.is_system() then return null; end if;
  select * into token_ from directory.application_token t where t.hash = hash_ and t.ends_at > now();
  if not found then return null; end if;
  select * into found_ from directory.application a where a.id = token_.application and a.active and (a.ends_on is null or a.ends_on >= (now() at time zone 'Asia/Shanghai')::date);
  if not found then return null; end if;
  -- To the minute, lest each call write.
  if token_.used_at is null or token_.used_at < now() - interval '1 minute' then
    update directory.application_token t set used_at = now(), used_from = left(address_, 100) where t.id = token_.id;
    update directory.application a set used_at = now() where a.id = found_.id;
  end if;
  return jsonb_build_object('id', found_.id, 'clientId', found_.client_id, 'name', jsonb_build_object('zh', found_.name_zh, 'en', found_.name_en), 'department', found_.department, 'permissions', found_.permissions,
    'scope', found_.scope, 'institution', token_.institution, 'departments', case found_.scope when 'all' then '[]'::jsonb when 'department' then to_jsonb(directory.seat(found_.department))
      else to_jsonb(directory.below(found_.department, found_.scope in ('subtree', 'region-subtree'), found_.scope in ('subtree', 'line-subtree'))) end);
end $$;

-- Why this transaction changes the directory. An application writes with the rights of an official, and the trail calls it what it is.
create function directory.because(reason_ text) returns void language plpgsql as $$
begin
  perform set_config('zhengwu.reason', reason_, true);
  if kernel.kind() = 'official' and kernel.person() is null and exists (select from directory.application a where a.id = (kernel.actor()->>'accountId')::uuid) then
    perform set_config('zhengwu.actor', jsonb_set(kernel.actor(), '{kind}', '"application"')::text, true);
  end if;
end $$;

create function directory.reopen_person(person_ uuid, version_ int) returns boolean language sql as $$
  with reopened as (update directory.person set active = true, version = version + 1 where id = person_ and version = version_ and not active returning 1)
  select exists (select from reopened)
$$;
`,
};
