import type { Migration } from '@zhengwu/database';

/** Sources of accounts, changes of them between two administrators, links, half-way states. The platform alone reads these tables. */
export const migration: Migration = {
  id: '0001-identity-sources',
  sql: `
create table identity_sources.source (
  id text primary key,
  issuer text not null unique,
  settings jsonb not null,
  -- Sealed, bound to the source.
  secret text,
  active boolean not null,
  version int not null default 1,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  check (settings ->> 'issuer' = issuer)
);

-- One administrator proposes, another approves: whoever could change the issuer or what its claims mean alone could sign in as anybody.
create table identity_sources.proposal (
  id uuid primary key,
  source text not null,
  settings jsonb not null,
  secret text,
  reason text not null,
  proposed_by uuid not null,
  proposed_name text not null,
  proposed_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'approved', 'refused')),
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  opinion text,
  constraint two_people check (decided_by is null or decided_by <> proposed_by),
  check ((state = 'open') = (decided_by is null))
);
create unique index proposal_once on identity_sources.proposal (source) where state = 'open';
create index proposal_recent on identity_sources.proposal (proposed_at desc);

-- A subject of an issuer is one account here; an account has one subject of an issuer.
create table identity_sources.link (
  id uuid primary key,
  source text not null references identity_sources.source,
  issuer text not null,
  subject text not null,
  account uuid not null references identity.account on delete cascade,
  linked_at timestamptz not null default now(),
  used_at timestamptz,
  unique (issuer, subject),
  unique (account, issuer)
);
create index link_source on identity_sources.link (source);

-- A browser on its way to a source and back: used once, ten minutes, bound to that browser.
create table identity_sources.journey (
  state_hash text primary key,
  binding_hash text not null,
  source text not null references identity_sources.source,
  purpose text not null check (purpose in ('enter', 'link', 'prove')),
  -- Nonce and PKCE verifier, sealed.
  secrets text not null,
  next text not null,
  account uuid references identity.account on delete cascade,
  session uuid references identity.session on delete cascade,
  begun_at timestamptz not null,
  expires_at timestamptz not null,
  check ((purpose = 'enter') = (session is null))
);
create index journey_expiry on identity_sources.journey (expires_at);

-- Somebody a source vouched for, who is to prove the account that has the same number.
create table identity_sources.waiting (
  token_hash text primary key,
  binding_hash text not null,
  source text not null references identity_sources.source,
  account uuid not null references identity.account on delete cascade,
  -- What the source said, sealed.
  vouched text not null,
  next text not null,
  tries smallint not null default 0,
  expires_at timestamptz not null
);
create index waiting_expiry on identity_sources.waiting (expires_at);

-- Where and how strongly a session was proved; gone with it.
create table identity_sources.session (
  session uuid primary key references identity.session on delete cascade,
  source text not null references identity_sources.source,
  link uuid not null references identity_sources.link on delete cascade,
  -- The source's own name for its session.
  sid text,
  acr text,
  authenticated_at timestamptz not null
);
create index session_link on identity_sources.session (link);
create index session_sid on identity_sources.session (source, sid) where sid is not null;

-- Logout tokens seen, until they would be refused for their age (OpenID Connect Back-Channel Logout 2.6: jti).
create table identity_sources.logout_seen (
  issuer text not null,
  jti_hash text not null,
  expires_at timestamptz not null,
  primary key (issuer, jti_hash)
);

do $$
declare name text;
begin
  foreach name in array array['source', 'proposal', 'link', 'journey', 'waiting', 'session', 'logout_seen'] loop
    execute format('alter table identity_sources.%I enable row level security', name);
    execute format('alter table identity_sources.%I force row level security', name);
    execute format('create policy owner on identity_sources.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on identity_sources.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select, insert, update, delete on identity_sources.%I to $app, $relay', name);
  end loop;
end $$;
revoke delete on identity_sources.proposal from $app, $relay;
`,
};
