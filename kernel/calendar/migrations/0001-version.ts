import type { Migration } from '@zhengwu/database';

/** One row a year, so that two administrators never overwrite each other unseen. */
export const migration: Migration = {
  id: '0001-version',
  sql: `
create table calendar.version (
  year int primary key,
  version int not null default 1,
  changed_by text,
  changed_at timestamptz not null default now()
);
alter table calendar.version enable row level security;
alter table calendar.version force row level security;
create policy readers on calendar.version for select using ((select kernel.kind()) is not null);
create policy keepers on calendar.version using ((select kernel.kind()) in ('official', 'system'));
grant select, insert, update on calendar.version to $app;
`,
};
