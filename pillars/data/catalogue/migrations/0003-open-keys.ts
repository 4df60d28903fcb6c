import type { Migration } from '@zhengwu/database';

/** Keys of programs that take open data: the key itself is nowhere, only its hash; and what each has taken, a day at a time. */
export const migration: Migration = {
  id: '0003-open-keys',
  sql: `
create table catalogue.open_key (
  id uuid primary key default kernel.uuidv7(),
  person uuid not null,
  name text not null,
  prefix text not null,
  hash text not null unique,
  made_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index open_key_person on catalogue.open_key (person);
create table catalogue.open_key_usage (
  key uuid not null references catalogue.open_key,
  resource text not null references catalogue.resource,
  day date not null,
  count bigint not null default 0,
  primary key (key, resource, day)
);
${['open_key', 'open_key_usage'].map((table) => `alter table catalogue.${table} enable row level security;
alter table catalogue.${table} force row level security;
create policy system on catalogue.${table} for all using ((select kernel.is_system())) with check ((select kernel.is_system()));`).join('\n')}
create policy own on catalogue.open_key for select using ((select kernel.kind()) = 'citizen' and person = (select kernel.person()));
create policy own on catalogue.open_key_usage for select using (exists (select from catalogue.open_key k where k.id = key and k.person = (select kernel.person())));
grant select, insert, update on catalogue.open_key, catalogue.open_key_usage to $app;
`,
};
