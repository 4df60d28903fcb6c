import type { Migration } from '@zhengwu/database';

/** Which stream of JetStream carries a topic, and up to which offset; and with it, a lane that is woken while it is worked on stays awake. */
export const migration: Migration = {
  id: '0002-streams',
  sql: `
create table topics.stream (
  topic text primary key references topics.topic,
  -- Made once by this database, so that no two sites share a stream.
  name text not null unique,
  -- The first message of the stream has the offset behind this one.
  base bigint not null,
  -- The stream has everything up to here. What lies behind it is in topics.message alone.
  carried bigint not null,
  -- Two marks of the past: up to 'settled' the stream has had everything for a while, so that the database needs it no longer.
  settled bigint not null,
  marked bigint not null,
  marked_at timestamptz not null default now(),
  check (base <= settled and settled <= marked and marked <= carried)
);
alter table topics.stream enable row level security;
alter table topics.stream force row level security;
create policy system on topics.stream for all using ((select kernel.is_system())) with check ((select kernel.is_system()));
grant select, insert, update, delete on topics.stream to $app, $relay;
`,
};
