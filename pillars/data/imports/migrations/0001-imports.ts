import type { Migration } from '@zhengwu/database';

/** Files of rows on their way into a register, how far each is, and which rows were refused. */
export const migration: Migration = {
  id: '0001-imports',
  sql: `
create table imports.import (
  id uuid primary key default kernel.uuidv7(),
  register text not null,
  -- That keeps the register.
  department int,
  person uuid,
  person_name text not null,
  at timestamptz not null default now(),
  file text not null check (file ~ '^[0-9a-f]{64}$'),
  size bigint not null,
  name text not null,
  format text not null check (format in ('csv', 'xlsx', 'jsonl', 'parquet')),
  encoding text not null check (encoding in ('utf-8', 'gb18030')),
  -- Columns of the file, and the field that each fills.
  columns jsonb not null,
  mapping jsonb,
  valid_from date,
  is_trial boolean not null default false,
  state text not null default 'received' check (state in ('received', 'queued', 'running', 'done', 'failed')),
  problem jsonb,
  -- Rows of the file that are dealt with: position and effect are committed together.
  position bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  unchanged bigint not null default 0,
  refused bigint not null default 0,
  worked_ms bigint not null default 0,
  finished_at timestamptz,
  -- Who works on it, and until when nobody else may.
  runner uuid,
  held_until timestamptz,
  check (position = added + changed + unchanged + refused)
);
create index import_department on imports.import (department, at desc);
create index import_open on imports.import (held_until) where state in ('queued', 'running');
alter table imports.import enable row level security;
alter table imports.import force row level security;
create policy platform on imports.import using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy keepers on imports.import using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));

create table imports.refusal (
  import uuid not null references imports.import (id),
  -- Of the file, from 1, heads not counted.
  row bigint not null,
  place int not null,
  field text,
  code text not null,
  params jsonb not null,
  primary key (import, row, place)
);
alter table imports.refusal enable row level security;
alter table imports.refusal force row level security;
create policy platform on imports.refusal using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy keepers on imports.refusal for select using ((select kernel.kind()) = 'official' and exists (select from imports.import i where i.id = import));

revoke delete on imports.import, imports.refusal from $app, $relay;
revoke update on imports.refusal from $app, $relay;
grant select, insert, update on imports.import to $app;
grant select, insert on imports.refusal to $app;
select kernel.label_table('import', 'imports.import', 'id', 1);
`,
};
