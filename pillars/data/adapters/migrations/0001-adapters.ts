import type { Migration } from '@zhengwu/database';

/** Flows from sources into the platform, how far each file of them is, and which rows were refused. */
export const migration: Migration = {
  id: '0001-adapters',
  sql: `
create table adapters.flow (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{0,62}$'),
  definition jsonb not null,
  at timestamptz not null default now()
);
alter table adapters.flow enable row level security;
alter table adapters.flow force row level security;
create policy platform on adapters.flow using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table adapters.taken (
  flow text not null references adapters.flow (code),
  file text not null,
  -- Of the content: the same name with another content is another file.
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  -- Rows that are dealt with: position and effect are committed together.
  position bigint not null default 0,
  refused bigint not null default 0,
  begun_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (flow, file, hash),
  check (refused <= position)
);
alter table adapters.taken enable row level security;
alter table adapters.taken force row level security;
create policy platform on adapters.taken using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table adapters.refusal (
  flow text not null,
  file text not null,
  hash text not null,
  -- Of the file, from 1, heads not counted.
  row bigint not null,
  code text not null,
  field text,
  primary key (flow, file, hash, row),
  foreign key (flow, file, hash) references adapters.taken (flow, file, hash)
);
alter table adapters.refusal enable row level security;
alter table adapters.refusal force row level security;
create policy platform on adapters.refusal using ((select kernel.is_system())) with check ((select kernel.is_system()));

revoke delete on adapters.flow, adapters.taken, adapters.refusal from $app, $relay;
revoke update on adapters.refusal from $app, $relay;
`,
};
