import type { Migration } from '@zhengwu/database';

const TABLES = ['identity', 'membership', 'subsystem', 'service', 'local_group', 'group_member', 'access_right', 'signer', 'batch', 'record', 'call'];

/** The exchange node of a site. The platform alone reaches these tables; the gate decides whom it answers. */
export const migration: Migration = {
  id: '0001-exchange',
  sql: `
-- Certificates of this node, one row for each key; the keys lie in the key store.
create table exchange.identity (
  kid text primary key, purpose text not null check (purpose in ('signing', 'tls')), certificate text not null, made_at timestamptz not null default now(), retired_at timestamptz
);
create unique index identity_current on exchange.identity (purpose) where retired_at is null;
-- Every membership document that was taken up, as it was signed.
create table exchange.membership (
  instance text not null, version integer not null, document text not null, expires_at timestamptz not null, received_at timestamptz not null default now(), primary key (instance, version)
);
create table exchange.subsystem (
  id text primary key, name text not null,
  -- tls: by a registered certificate; plain: over HTTP from the addresses.
  connection text not null check (connection in ('tls', 'plain')),
  addresses inet[] not null default '{}', certificates text[] not null default '{}',
  version integer not null default 0, changed_at timestamptz not null default now()
);
create table exchange.service (
  subsystem text not null references exchange.subsystem, code text not null, name text not null, kind text not null check (kind in ('OPENAPI', 'REST')), address text not null,
  openapi jsonb, timeout_seconds integer not null default 60 check (timeout_seconds between 1 and 600), ca text, is_on boolean not null default true,
  version integer not null default 0, changed_at timestamptz not null default now(), primary key (subsystem, code)
);
create table exchange.local_group (provider text not null, code text not null, name text not null, primary key (provider, code));
create table exchange.group_member (provider text not null, code text not null, client text not null, primary key (provider, code, client), foreign key (provider, code) references exchange.local_group on delete cascade);
create table exchange.access_right (
  id uuid primary key default kernel.uuidv7(), kind text not null check (kind in ('subsystem', 'global', 'local')), subject text not null, provider text not null, service text not null,
  method text not null default '*', path text not null default '**', until timestamptz, source text not null, given_at timestamptz not null default now(), given_by text not null,
  withdrawn_at timestamptz, withdrawn_by text
);
create unique index access_right_once on exchange.access_right (kind, subject, provider, service, method, path, source) where withdrawn_at is null;
create index access_right_provider on exchange.access_right (provider, service) where withdrawn_at is null;
-- Certificates that signed what is in the log, with those above them.
create table exchange.signer (fingerprint text primary key, certificate text not null, chain text not null, seen_at timestamptz not null default now());
-- Time-stamped batches; each names the one before, so that none can be left out.
create table exchange.batch (
  number bigint primary key, at timestamptz not null, hash text not null check (hash in ('sha256', 'sm3')), leaves integer not null, root bytea not null, previous bytea not null,
  -- What was stamped, and the token (RFC 3161).
  manifest bytea not null, token bytea not null
);
create table exchange.record (
  id uuid primary key,
  request uuid not null,
  kind text not null check (kind in ('request', 'answer')),
  role text not null check (role in ('consumer', 'provider')),
  at timestamptz not null,
  block text not null,
  -- Null where there is none, or it is larger than the log takes: then it is a file, of which the log has the digest.
  body bytea, body_file text, body_size bigint not null default 0, body_digest bytea,
  algorithm text not null, signature bytea not null, signer text not null,
  batch bigint references exchange.batch, place integer,
  unique (request, kind, role), check ((batch is null) = (place is null)), check (body is null or body_file is null)
);
create index record_unstamped on exchange.record (at) where batch is null;
create index record_batch on exchange.record (batch, place);
-- What became of each message: operational monitoring, and what the log is searched by.
create table exchange.call (
  request uuid not null, role text not null check (role in ('consumer', 'provider')), message text not null,
  client text not null, service text not null, method text not null, path text not null, peer text, issue text,
  request_in timestamptz not null, request_out timestamptz, answer_in timestamptz, answer_out timestamptz not null,
  request_size bigint not null default 0, answer_size bigint not null default 0, status integer, succeeded boolean not null, fault text, fault_message text,
  primary key (request, role)
);
create index call_time on exchange.call (request_in desc, request desc);
create index call_message on exchange.call (message);
create index call_client on exchange.call (client, request_in desc);
create index call_service on exchange.call (service, request_in desc);
create index call_fault on exchange.call (request_in desc) where fault is not null;
${TABLES.map((table) => `alter table exchange.${table} enable row level security;
alter table exchange.${table} force row level security;
create policy platform on exchange.${table} using ((select kernel.is_system())) with check ((select kernel.is_system()));`).join('\n')}
-- The log is written once; a batch is all that comes to it.
revoke update, delete on exchange.record, exchange.call, exchange.batch, exchange.membership, exchange.signer from $app, $relay;
grant update (batch, place) on exchange.record to $app, $relay;
`,
};
