import type { Migration } from '@zhengwu/database';

/** Indicators as packs declare them, snapshots as they were taken, values as they were reckoned. */
export const migration: Migration = {
  id: '0001-analytics',
  sql: `
create table analytics.indicator (
  code text primary key,
  definition jsonb not null,
  pack_hash text not null,
  is_open boolean not null,
  reckoned_at timestamptz
);
alter table analytics.indicator enable row level security;
alter table analytics.indicator force row level security;
create policy read on analytics.indicator for select using (is_open or (select kernel.kind()) = 'official');
create policy system on analytics.indicator for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table analytics.snapshot (
  id uuid primary key default kernel.uuidv7(),
  dataset text not null,
  taken_at timestamptz not null,
  rows bigint not null,
  bytes bigint not null,
  -- Name of the file in the folder of snapshots, and what it must hash to.
  file text not null,
  sha256 text not null,
  columns jsonb not null
);
create index snapshot_dataset on analytics.snapshot (dataset, taken_at desc);
alter table analytics.snapshot enable row level security;
alter table analytics.snapshot force row level security;
create policy read on analytics.snapshot for select using ((select kernel.kind()) = 'official');
create policy system on analytics.snapshot for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table analytics.value (
  indicator text not null references analytics.indicator,
  period date not null,
  -- Members of the dimensions by name, as canonical JSON so that they make a key.
  dimensions text not null,
  -- The department that the value is of, where a dimension says so.
  department int,
  is_open boolean not null,
  -- Null where fewer rows stand behind it than may be told.
  value float8,
  primary key (indicator, period, dimensions)
);
alter table analytics.value enable row level security;
alter table analytics.value force row level security;
-- The same reach as the rows it was reckoned from: whoever sees less than all sees the values of their departments.
create policy open on analytics.value for select using (is_open);
create policy reach on analytics.value for select using ((select kernel.kind()) = 'official'
  and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
create policy system on analytics.value for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

grant select, insert, update, delete on analytics.indicator, analytics.snapshot, analytics.value to $app;
`,
};
