import type { Migration } from '@zhengwu/database';

/** Resources with all their versions, and who asked for what. */
export const migration: Migration = {
  id: '0001-catalogue',
  sql: `
create table catalogue.resource (
  id text primary key,
  -- Code and number of the department that answers for it.
  provider text not null,
  department int,
  -- The register that it is made of, if it is one.
  register text,
  is_retired boolean not null default false,
  -- The version that is published now.
  published int,
  -- The newest version.
  latest int not null default 1,
  -- Names, abstract and items in both languages, in small letters, for searching.
  words text not null default ''
);
alter table catalogue.resource enable row level security;
alter table catalogue.resource force row level security;
-- What is published may be found by every official; drafts are the provider's and the data centre's.
create policy published on catalogue.resource for select using ((select kernel.kind()) = 'official' and published is not null);
create policy own on catalogue.resource for select using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
create policy system on catalogue.resource for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table catalogue.version (
  resource text not null references catalogue.resource,
  version int not null,
  state text not null check (state in ('draft', 'submitted', 'published', 'returned', 'superseded')),
  metadata jsonb not null,
  by_person uuid,
  by_name text not null,
  at timestamptz not null default now(),
  decided_by text,
  decided_at timestamptz,
  reason text,
  primary key (resource, version)
);
alter table catalogue.version enable row level security;
alter table catalogue.version force row level security;
create policy read on catalogue.version for select using ((select kernel.kind()) = 'official' and resource in (select r.id from catalogue.resource r));
create policy system on catalogue.version for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table catalogue.request (
  id uuid primary key default kernel.uuidv7(),
  resource text not null references catalogue.resource,
  department int not null,
  provider_department int,
  purpose text not null,
  basis text not null,
  subsystem text,
  personal boolean not null default false,
  state text not null default 'open' check (state in ('open', 'granted', 'refused', 'withdrawn')),
  raised_at timestamptz not null default now(),
  raised_by text not null,
  due_day date not null,
  until date,
  answer text,
  law text,
  decided_by text,
  decided_at timestamptz
);
create index request_due on catalogue.request (due_day) where state = 'open';
create index request_resource on catalogue.request (resource, state);
alter table catalogue.request enable row level security;
alter table catalogue.request force row level security;
-- Seen by who asked, by who is asked, and by the data centre.
create policy parties on catalogue.request for select using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all())
  or department = any ((select kernel.reach())::int[]) or provider_department = any ((select kernel.reach())::int[])));
create policy system on catalogue.request for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

-- What the public takes of open data, a day at a time.
create table catalogue.usage (
  resource text not null references catalogue.resource,
  day date not null,
  kind text not null check (kind in ('page', 'rows', 'file')),
  count bigint not null default 0,
  primary key (resource, day, kind)
);
alter table catalogue.usage enable row level security;
alter table catalogue.usage force row level security;
create policy read on catalogue.usage for select using ((select kernel.kind()) is not null);
create policy system on catalogue.usage for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

grant select, insert, update, delete on catalogue.resource, catalogue.version, catalogue.request, catalogue.usage to $app;
`,
};
