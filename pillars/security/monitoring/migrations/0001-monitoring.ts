import type { Migration } from '@zhengwu/database';

/** What is measured, kept in three steps, and what is watched. */
export const migration: Migration = {
  id: '0001-monitoring',
  sql: `
-- Seconds a step: 60, 3600, 86400. A finer step is rolled up into the next before it is forgotten.
create table monitoring.sample (
  series text not null,
  step int not null check (step in (60, 3600, 86400)),
  at timestamptz not null,
  n int not null,
  ok int not null,
  low double precision,
  high double precision,
  total double precision not null,
  -- How many carried a figure.
  figures int not null,
  primary key (series, step, at)
);
create index sample_age on monitoring.sample (step, at);

-- The last word on each series.
create table monitoring.reading (
  series text primary key check (length(series) <= 120),
  kind text not null check (kind in ('check', 'probe', 'device', 'link')),
  "group" text not null,
  name jsonb not null,
  state text not null check (state in ('good', 'warning', 'bad', 'unknown')),
  since timestamptz not null,
  at timestamptz not null,
  value double precision,
  unit text,
  note jsonb not null,
  remedy jsonb
);

create table monitoring.probe (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('tcp', 'http', 'https', 'tls')),
  host text not null,
  port int not null,
  path text,
  expect_status int,
  expect_text text,
  timeout_ms int not null,
  every_seconds int not null,
  is_on boolean not null,
  version int not null default 0,
  due timestamptz not null default now()
);

create table monitoring.device (
  id uuid primary key,
  name text not null,
  host text not null,
  port int not null,
  user_name text not null,
  auth_protocol text not null,
  priv_protocol text not null,
  -- Sealed, bound to the device.
  auth_key text not null,
  priv_key text not null,
  every_seconds int not null,
  is_on boolean not null,
  version int not null default 0,
  due timestamptz not null default now(),
  up_seconds double precision,
  description text
);
create table monitoring.link (
  device uuid not null references monitoring.device on delete cascade,
  index int not null,
  name text not null,
  speed_mbit double precision,
  is_up boolean not null,
  counters jsonb not null,
  in_share double precision,
  out_share double precision,
  errors double precision,
  loss double precision,
  at timestamptz not null,
  primary key (device, index)
);
create table monitoring.trap (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  address text not null,
  device uuid,
  trap text not null,
  bindings jsonb not null
);
create index trap_at on monitoring.trap (at);

-- Lines received by syslog.
create table monitoring.line (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  sent_at timestamptz,
  source text not null,
  transport text not null check (transport in ('udp', 'tcp')),
  facility smallint not null,
  severity smallint not null check (severity between 0 and 7),
  host text,
  app text,
  process text,
  message text not null check (length(message) <= 8192)
);
create index line_at on monitoring.line (at);
create index line_host on monitoring.line (host, id);

do $$
declare name text;
begin
  foreach name in array array['sample', 'reading', 'probe', 'device', 'link', 'trap', 'line'] loop
    execute format('alter table monitoring.%I enable row level security', name);
    execute format('alter table monitoring.%I force row level security', name);
    execute format('create policy owner on monitoring.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on monitoring.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('create policy watchers on monitoring.%I for select using ((select kernel.kind()) = ''official'' and (select kernel.scope()) = ''all'')', name);
  end loop;
end $$;
create policy keeping on monitoring.probe using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all');
create policy keeping on monitoring.device using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all');
revoke update on monitoring.trap, monitoring.line from $app, $relay;
`,
};
