import type { Migration } from '@zhengwu/database';

/** Old centres with their inventory, the mapping of each table, and what became of each row. */
export const migration: Migration = {
  id: '0001-consolidation',
  sql: `
create table consolidation.centre (
  id uuid primary key, code text not null, name jsonb not null, figures jsonb not null, tables jsonb not null,
  state text not null default 'inventoried' check (state in ('inventoried', 'comparing', 'compared', 'migrating', 'migrated', 'switched', 'takingBack', 'rolledBack')),
  taken_at timestamptz not null, migrated_at timestamptz, switched_at timestamptz, rolled_back_at timestamptz
);
create unique index centre_in_hand on consolidation.centre (code) where state <> 'rolledBack';

create table consolidation.mapping (
  centre uuid not null references consolidation.centre, table_name text not null, register text not null, key_column text not null, fields jsonb not null,
  confirmed_by text not null, confirmed_at timestamptz not null, primary key (centre, table_name)
);

create table consolidation.row (
  centre uuid not null references consolidation.centre, table_name text not null, row_no int not null, key text not null,
  outcome text not null check (outcome in ('added', 'same', 'differs', 'refused')), detail jsonb not null default '[]', written boolean not null default false,
  primary key (centre, table_name, row_no), check (not written or outcome = 'added')
);
create index row_unwritten on consolidation.row (centre, table_name, row_no) where outcome = 'added' and not written;

do $$
declare name text;
begin
  foreach name in array array['centre', 'mapping', 'row'] loop
    execute format('alter table consolidation.%I enable row level security', name);
    execute format('alter table consolidation.%I force row level security', name);
    execute format('create policy platform on consolidation.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
  end loop;
end $$;
revoke delete on consolidation.centre, consolidation.mapping from $app, $relay;
`,
};
