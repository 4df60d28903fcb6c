import type { Migration } from '@zhengwu/database';

/** Turns of flows, when the next one comes, who holds a flow back; by what a file is known before it is read, and what is wrong with one that cannot be. */
export const migration: Migration = {
  id: '0002-running',
  sql: `
alter table adapters.flow
  add column version int not null default 1,
  add column next_at timestamptz,
  -- Turns in a row that failed: the next one waits longer.
  add column failures int not null default 0,
  add column paused_at timestamptz,
  add column paused_by text,
  add column paused_why text,
  add check ((paused_at is null) = (paused_by is null) and (paused_at is null) = (paused_why is null));
create index due on adapters.flow (next_at) where next_at is not null and paused_at is null;

alter table adapters.taken
  -- Size and times by which a file that is done is known again without reading it.
  add column mark text,
  -- Where a source without files stands: what the last row that was dealt with had.
  add column cursor jsonb,
  -- Why the file as a whole could not be read; the next files go on.
  add column problem jsonb,
  add check (problem is null or finished_at is not null);
create index latest on adapters.taken (flow, begun_at desc);

alter table adapters.refusal add column id bigint generated always as identity;
create unique index by_id on adapters.refusal (flow, id desc);

create table adapters.run (
  id uuid primary key,
  flow text not null references adapters.flow (code),
  -- Who began it; null where its time had come.
  asked_by text,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'paused', 'cut')),
  files int not null default 0,
  rows bigint not null default 0,
  refused bigint not null default 0,
  problem jsonb,
  begun_at timestamptz not null default now(),
  finished_at timestamptz,
  check ((state = 'running') = (finished_at is null)),
  check ((state = 'failed') = (problem is not null)),
  check (refused <= rows)
);
create index latest_runs on adapters.run (flow, id desc);
-- Of one flow one turn at a time.
create unique index running on adapters.run (flow) where state = 'running';
alter table adapters.run enable row level security;
alter table adapters.run force row level security;
create policy platform on adapters.run using ((select kernel.is_system())) with check ((select kernel.is_system()));
`,
};
