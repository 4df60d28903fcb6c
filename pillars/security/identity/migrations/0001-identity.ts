import type { Migration } from '@zhengwu/database';

/** Accounts and sessions. Tokens are kept hashed; the platform alone reads these tables, people see their own sessions. */
export const migration: Migration = {
  id: '0001-identity',
  sql: `
create table identity.account (
  id uuid primary key,
  kind text not null check (kind in ('official', 'citizen')),
  username text not null,
  person uuid not null,
  person_name text not null,
  password_hash text not null,
  failed smallint not null default 0,
  locked_until timestamptz,
  disabled boolean not null default false,
  -- The password is known to whoever made the account: nothing else is possible until its owner has chosen another.
  must_change boolean not null default false,
  created_at timestamptz not null default now(),
  password_at timestamptz not null default now()
);
create unique index account_username on identity.account (kind, lower(username));
create index account_person on identity.account (person);

create table identity.session (
  id uuid primary key,
  token_hash text not null unique,
  account uuid not null references identity.account on delete cascade,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  idle_until timestamptz not null,
  ends_at timestamptz not null,
  assurance smallint not null,
  address text not null,
  agent text not null
);
create index session_account on identity.session (account);

do $$
declare name text;
begin
  foreach name in array array['account', 'session'] loop
    execute format('alter table identity.%I enable row level security', name);
    execute format('alter table identity.%I force row level security', name);
    execute format('create policy owner on identity.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on identity.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select, insert, update, delete on identity.%I to $app, $relay', name);
  end loop;
end $$;

-- All that a request needs to know of a session, and its idle limit moved on (written at most once a minute).
create function identity.session_of(actor jsonb, hash text, idle interval) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  found_ identity.session;
  owner_ identity.account;
begin
  select * into found_ from identity.session s where s.token_hash = hash and s.ends_at > now() and s.idle_until > now();
  if not found then return null; end if;
  select * into owner_ from identity.account a where a.id = found_.account and not a.disabled;
  if not found then return null; end if;
  if found_.seen_at < now() - interval '1 minute' then
    update identity.session set seen_at = now(), idle_until = now() + idle where id = found_.id;
  end if;
  return jsonb_build_object('session', found_.id, 'account', owner_.id, 'kind', owner_.kind, 'person', owner_.person, 'name', owner_.person_name,
    'mustChange', owner_.must_change, 'assurance', found_.assurance, 'endsAt', found_.ends_at,
    'posts', case when owner_.kind = 'official' then (
      select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'roles', p.roles, 'department', p.department, 'name', jsonb_build_object('zh', p.name_zh, 'en', p.name_en),
        'departmentName', jsonb_build_object('zh', d.name_zh, 'en', d.name_en))), '[]')
      from directory.posts_of(owner_.person) p join directory.department d on d.id = p.department) else '[]'::jsonb end,
    'grants', case when owner_.kind = 'official' then directory.grants_of(owner_.person) else '{}'::jsonb end,
    'clearance', coalesce((select p.clearance from directory.person p where p.id = owner_.person and p.active), 0),
    'subjects', case when owner_.kind = 'citizen' then (
      select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'kind', p.kind) order by array_position(directory.subjects_of(owner_.person), p.id))
      from directory.principal p where p.id = any (directory.subjects_of(owner_.person))) else '[]'::jsonb end);
end $$;
`,
};
