import type { Migration } from '@zhengwu/database';

/** Figures of subordinates, as each handed them over last: groups and their values, never a row of a register. */
export const migration: Migration = {
  id: '0002-figures',
  sql: `
create table federation.figure_source (
  indicator text not null,
  -- INSTANCE/CLASS/MEMBER/SUBSYSTEM of the subordinate, and which subsystem of this site asks it.
  provider text not null,
  client text not null,
  basis text not null,
  since timestamptz not null default now(),
  -- What the subordinate says that it measures.
  definition jsonb,
  reckoned_at timestamptz,
  taken_at timestamptz,
  failure text,
  primary key (indicator, provider)
);
create table federation.figure_part (
  indicator text not null,
  provider text not null,
  period date not null,
  dimensions text not null,
  -- Null where fewer rows stand behind it at the subordinate than may be told.
  value float8,
  n float8,
  primary key (indicator, provider, period, dimensions),
  foreign key (indicator, provider) references federation.figure_source on delete cascade
);
${['figure_source', 'figure_part'].map((table) => `alter table federation.${table} enable row level security;
alter table federation.${table} force row level security;
create policy read on federation.${table} for select using ((select kernel.kind()) = 'official');
create policy system on federation.${table} for all using ((select kernel.is_system())) with check ((select kernel.is_system()));`).join('\n')}
grant select, insert, update, delete on federation.figure_source, federation.figure_part to $app;
`,
};
