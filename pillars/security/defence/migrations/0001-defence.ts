import type { Migration } from '@zhengwu/database';

const TABLES = ['watch', 'observation', 'usual', 'rule', 'alert', 'evidence', 'step', 'response', 'suppression', 'place'];

/** What was noticed, what was made of it, what was done about it. The platform alone reaches these tables; the gate decides whom it answers. */
export const migration: Migration = {
  id: '0001-defence',
  sql: `
-- Held by whoever enters observations, so that their numbers rise in the order of their commits.
create table defence.watch (
  one boolean primary key default true check (one),
  -- Audit records before this time have been looked at.
  audit_from timestamptz not null,
  -- Observations up to this one have been judged.
  judged bigint not null default 0
);
create table defence.observation (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  address text,
  account uuid,
  person uuid,
  -- Hash of the account name that was tried, where no account has it.
  tried text,
  session uuid,
  operation text,
  subject text,
  request text,
  record uuid unique,
  detail jsonb not null default '{}'
);
create index observation_at on defence.observation (at);
create index observation_kind on defence.observation (kind, at);
-- How many different files of people an account opens on a day: what is usual for it.
create table defence.usual (account uuid not null, day date not null, reads integer not null, primary key (account, day));
-- Versions of the rules' settings; the code holds version 0.
create table defence.rule (
  id text not null, version integer not null check (version > 0), settings jsonb not null, reason text not null, at timestamptz not null default now(),
  account uuid, name text not null, primary key (id, version)
);
create table defence.alert (
  id uuid primary key,
  kind text not null,
  rule_version integer,
  severity smallint not null check (severity between 1 and 4),
  state text not null default 'new' check (state in ('new', 'inHand', 'confirmed', 'false')),
  subject text not null,
  title jsonb not null,
  detail jsonb not null default '{}',
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  holder uuid,
  holder_name text,
  version integer not null default 0
);
-- What goes on about one subject is one alert until a person has decided it.
create unique index alert_open on defence.alert (kind, subject) where state in ('new', 'inHand');
create index alert_list on defence.alert (last_at desc, id desc);
create table defence.evidence (alert uuid not null references defence.alert, seq bigint not null references defence.observation, primary key (alert, seq));
create index evidence_seq on defence.evidence (seq);
create table defence.step (
  id uuid primary key default kernel.uuidv7(), alert uuid not null references defence.alert, at timestamptz not null default clock_timestamp(), account uuid, name text, act text not null, note text
);
create index step_alert on defence.step (alert, at);
create table defence.response (
  id uuid primary key,
  alert uuid references defence.alert,
  kind text not null check (kind in ('challenge', 'block', 'lock')),
  target text not null,
  began_at timestamptz not null default now(),
  ends_at timestamptz not null,
  -- Who ordered it; null: the rule.
  name text,
  undone_at timestamptz,
  undone_by text,
  undone_reason text,
  check (ends_at > began_at)
);
create index response_alert on defence.response (alert);
create index response_running on defence.response (kind, target, ends_at) where undone_at is null;
create table defence.suppression (
  id uuid primary key default kernel.uuidv7(), kind text not null, subject text not null, until timestamptz not null, name text not null, alert uuid references defence.alert,
  held integer not null default 0, at timestamptz not null default now()
);
create index suppression_key on defence.suppression (kind, subject, until);
create table defence.place (range cidr primary key, name_zh text not null, name_en text not null, latitude double precision not null, longitude double precision not null);

do $$
declare name text;
begin
  foreach name in array array[${TABLES.map((name) => `'${name}'`).join(', ')}] loop
    execute format('alter table defence.%I enable row level security', name);
    execute format('alter table defence.%I force row level security', name);
    execute format('create policy owner on defence.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on defence.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
  end loop;
end $$;
revoke update on defence.observation, defence.evidence, defence.step, defence.rule from $app, $relay;
revoke delete on defence.alert, defence.step, defence.rule, defence.response from $app, $relay;

-- The account's sessions end; whoever holds one signs in again with all they have. Answers how many there were.
create function defence.end_sessions(account_ uuid) returns integer language plpgsql security definer set search_path = '' as $$
declare ended integer;
begin
  if not kernel.is_system() then raise insufficient_privilege; end if;
  delete from identity.session s where s.account = account_;
  get diagnostics ended = row_count;
  return ended;
end $$;

-- Nobody signs in to the account until then; null opens it again.
create function defence.lock_account(account_ uuid, until_ timestamptz) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not kernel.is_system() then raise insufficient_privilege; end if;
  update identity.account a set locked_until = case when until_ is null then null else greatest(a.locked_until, until_) end where a.id = account_;
  return found;
end $$;

-- Names of accounts, for the pages of whoever may see alerts.
create function defence.names_of(accounts uuid[]) returns table (id uuid, name text) language plpgsql stable security definer set search_path = '' as $$
begin
  if not kernel.is_system() then raise insufficient_privilege; end if;
  return query select a.id, a.person_name || ' (' || a.username || ')' from identity.account a where a.id = any (accounts);
end $$;

create function defence.sessions_of(accounts uuid[]) returns table (id uuid, account uuid, started_at timestamptz, seen_at timestamptz, address text, agent text)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not kernel.is_system() then raise insufficient_privilege; end if;
  return query select s.id, s.account, s.started_at, s.seen_at, s.address, s.agent from identity.session s
    where s.account = any (accounts) and s.ends_at > now() and s.idle_until > now() order by s.seen_at desc limit 50;
end $$;

-- The account of a person, for rights that change.
create function defence.accounts_of_persons(persons uuid[]) returns table (person uuid, account uuid) language plpgsql stable security definer set search_path = '' as $$
begin
  if not kernel.is_system() then raise insufficient_privilege; end if;
  return query select a.person, a.id from identity.account a where a.person = any (persons);
end $$;
`,
};
