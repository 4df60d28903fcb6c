import type { Migration } from '@zhengwu/database';

/** What departments need and the catalogue lacks; answers that are late are taken further up once. */
export const migration: Migration = {
  id: '0002-demands',
  sql: `
create table catalogue.demand (
  id uuid primary key default kernel.uuidv7(),
  department int not null,
  title text not null,
  items text not null,
  purpose text not null,
  basis text not null,
  state text not null default 'open' check (state in ('open', 'assigned', 'met', 'refused', 'withdrawn')),
  raised_at timestamptz not null default now(),
  raised_by text not null,
  provider text,
  provider_department int,
  assigned_at timestamptz,
  assigned_by text,
  due_day date,
  resource text references catalogue.resource,
  answer text,
  law text,
  decided_by text,
  decided_at timestamptz,
  -- When an answer that is late was taken to the data administration.
  escalated_at timestamptz,
  check ((state = 'met') = (resource is not null)),
  check (state <> 'assigned' or (provider is not null and due_day is not null))
);
create index demand_open on catalogue.demand (due_day) where state in ('open', 'assigned');
alter table catalogue.demand enable row level security;
alter table catalogue.demand force row level security;
create policy parties on catalogue.demand for select using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all())
  or department = any ((select kernel.reach())::int[]) or provider_department = any ((select kernel.reach())::int[])));
create policy system on catalogue.demand for all using ((select kernel.is_system())) with check ((select kernel.is_system()));
grant select, insert, update on catalogue.demand to $app;
alter table catalogue.request add column escalated_at timestamptz;
`,
};
