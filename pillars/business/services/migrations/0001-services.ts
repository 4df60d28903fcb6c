import type { Migration } from '@zhengwu/database';

/** Frozen packs by hash, what each load found, and the services that are published now. */
export const migration: Migration = {
  id: '0001-services',
  sql: `
-- A pack as it was frozen; cases name the hash and finish on it. Never changed, never deleted.
create table services.pack_version (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  code text not null,
  version text not null,
  data jsonb not null,
  frozen_at timestamptz not null default now(),
  unique (code, version)
);

-- The last load of each folder. source: sha256 over the folder and the format, so that an unchanged folder is not evaluated again.
create table services.load (
  directory text primary key,
  code text,
  version text,
  hash text,
  name jsonb,
  source text not null,
  accepted boolean not null,
  findings jsonb not null,
  at timestamptz not null default now()
);

create table services.service (
  code text primary key,
  pack text not null,
  pack_hash text not null references services.pack_version,
  published boolean not null default true,
  reason text,
  name_zh text not null,
  name_en text not null,
  department text not null,
  audiences text[] not null,
  topics text[] not null,
  life_events text[] not null,
  words tsvector not null,
  plain text not null
);
create index service_words on services.service using gin (words);

alter table services.pack_version enable row level security;
alter table services.pack_version force row level security;
alter table services.load enable row level security;
alter table services.load force row level security;
alter table services.service enable row level security;
alter table services.service force row level security;
create policy read on services.pack_version for select using ((select kernel.kind()) is not null);
create policy freezing on services.pack_version for insert with check ((select kernel.is_system()));
create policy own on services.load for all using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy officials on services.load for select using ((select kernel.kind()) = 'official');
create policy read on services.service for select using ((select kernel.kind()) is not null);
create policy system on services.service for all using ((select kernel.is_system())) with check ((select kernel.is_system()));
-- The gate has checked the permission; an official changes nothing but whether it is published.
create policy publish on services.service for update using ((select kernel.kind()) = 'official') with check ((select kernel.kind()) = 'official');
grant select, insert on services.pack_version to $app;
grant select, insert, update on services.load to $app;
grant select, insert, delete, update on services.service to $app;

-- Serial body numbers of unified social credit codes, one series for the site.
create sequence services.uscc_body as bigint start 10000001 increment by 32;
grant usage on sequence services.uscc_body to $app;
`,
};
