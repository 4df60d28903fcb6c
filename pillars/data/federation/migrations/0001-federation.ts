import type { Migration } from '@zhengwu/database';

/** How changes of other sites become records here, from whom they may come, and which were taken already. */
export const migration: Migration = {
  id: '0001-federation',
  sql: `
create table federation.intake (
  code text primary key,
  definition jsonb not null,
  pack_hash text not null
);
alter table federation.intake enable row level security;
alter table federation.intake force row level security;
create policy read on federation.intake for select using ((select kernel.kind()) = 'official');
create policy system on federation.intake for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

-- Whose changes an intake takes: without a source it takes nobody's.
create table federation.source (
  intake text not null references federation.intake,
  -- INSTANCE/CLASS/MEMBER/SUBSYSTEM
  client text not null,
  basis text not null,
  since timestamptz not null default now(),
  taken bigint not null default 0,
  refused bigint not null default 0,
  last_at timestamptz,
  failure text,
  primary key (intake, client)
);
alter table federation.source enable row level security;
alter table federation.source force row level security;
create policy read on federation.source for select using ((select kernel.kind()) = 'official');
create policy system on federation.source for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

-- Messages that had their effect: one that comes again has none.
create table federation.received (
  client text not null,
  topic text not null,
  message uuid not null,
  intake text not null,
  at timestamptz not null default now(),
  primary key (client, topic, message, intake)
);
create index received_at on federation.received (at);
alter table federation.received enable row level security;
alter table federation.received force row level security;
create policy system on federation.received for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

grant select, insert, update, delete on federation.intake, federation.source, federation.received to $app;
`,
};
