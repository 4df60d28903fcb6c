import type { Migration } from '@zhengwu/database';

/** Second factors, passkeys, proofs, sign-in history, recovery. The platform alone reads these tables; people see their own through it. */
export const migration: Migration = {
  id: '0002-sign-in',
  sql: `
alter table identity.account
  -- A one-time password is good until then.
  add column one_time_until timestamptz,
  -- After recovery at the window nothing sensitive is possible until then.
  add column cooling_until timestamptz,
  -- The password is the one that all accounts of the demonstration begin with.
  add column demo_password boolean not null default false,
  -- Identity checked by a clerk, the person being present: level of assurance 2 (GB/T 36633 实名核验).
  add column verified_at timestamptz,
  add column verified_by uuid,
  add column verified_document text check (verified_document in ('resident-card', 'passport', 'travel-permit'));

-- Salts make hashes differ; those that do not were loaded together by the demonstration.
update identity.account set demo_password = true, verified_at = created_at
  where password_hash in (select password_hash from identity.account group by password_hash having count(*) > 1);

alter table identity.session
  add column means text not null default 'password',
  add column proved_at timestamptz not null default now(),
  add column proved_level smallint not null default 1 check (proved_level between 1 and 3);

create table identity.one_time_code (
  account uuid primary key references identity.account on delete cascade,
  -- Sealed under the data key, bound to the account.
  secret text not null,
  -- Null until a correct code has shown that the owner holds the secret.
  confirmed_at timestamptz,
  -- The last time step that was used; it and those before are good no more (RFC 6238 §5.2).
  last_step bigint not null default 0,
  begun_at timestamptz not null default now()
);

create table identity.recovery_code (
  account uuid not null references identity.account on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (account, code_hash)
);

create table identity.passkey (
  id uuid primary key,
  account uuid not null references identity.account on delete cascade,
  credential text not null unique,
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkey_account on identity.passkey (account);

-- Half-way states: short-lived, used once.
create table identity.challenge (
  token_hash text primary key,
  purpose text not null check (purpose in ('second-factor', 'passkey-sign-in', 'passkey-enrolment', 'passkey-proof')),
  kind text not null check (kind in ('official', 'citizen')),
  account uuid references identity.account on delete cascade,
  challenge text,
  tries smallint not null default 0,
  expires_at timestamptz not null
);
create index challenge_expiry on identity.challenge (expires_at);

create table identity.sign_in (
  id uuid primary key,
  account uuid references identity.account on delete cascade,
  at timestamptz not null default now(),
  outcome text not null check (outcome in ('opened', 'refused', 'recovered')),
  means text not null,
  address text not null,
  agent text not null
);
create index sign_in_account on identity.sign_in (account, at desc);
create index sign_in_at on identity.sign_in (at);

-- One administrator asks, another decides.
create table identity.recovery (
  id uuid primary key,
  account uuid not null references identity.account on delete cascade,
  factors boolean not null,
  reason text not null,
  asked_by uuid not null,
  asked_name text not null,
  asked_at timestamptz not null default now(),
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused')),
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  constraint two_people check (decided_by is null or decided_by <> asked_by)
);
create index recovery_state on identity.recovery (state, asked_at desc);
create unique index recovery_once on identity.recovery (account) where state = 'asked';

do $$
declare name text;
begin
  foreach name in array array['one_time_code', 'recovery_code', 'passkey', 'challenge', 'sign_in', 'recovery'] loop
    execute format('alter table identity.%I enable row level security', name);
    execute format('alter table identity.%I force row level security', name);
    execute format('create policy owner on identity.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on identity.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select, insert, update, delete on identity.%I to $app, $relay', name);
  end loop;
end $$;
revoke update on identity.sign_in from $app, $relay;

-- As before, with what the gate and the pages ask of proofs.
create or replace function identity.session_of(actor jsonb, hash text, idle interval) returns jsonb language plpgsql security definer set search_path = '' as $$
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
    'provedAt', found_.proved_at, 'provedLevel', found_.proved_level, 'means', found_.means,
    'coolingUntil', case when owner_.cooling_until > now() then owner_.cooling_until end, 'verified', owner_.verified_at is not null,
    'hasCode', exists (select 1 from identity.one_time_code c where c.account = owner_.id and c.confirmed_at is not null),
    'hasPasskey', exists (select 1 from identity.passkey k where k.account = owner_.id),
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
