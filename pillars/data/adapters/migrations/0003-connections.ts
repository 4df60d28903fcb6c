import type { Migration } from '@zhengwu/database';

/** Other systems that flows call. */
export const migration: Migration = {
  id: '0003-connections',
  sql: `
create table adapters.connection (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{0,62}$'),
  name jsonb not null,
  -- Kind and address, without the secret.
  reach jsonb not null,
  -- Sealed, bound to the code.
  secret text,
  version int not null default 1,
  by text not null,
  at timestamptz not null default now()
);
alter table adapters.connection enable row level security;
alter table adapters.connection force row level security;
create policy platform on adapters.connection using ((select kernel.is_system())) with check ((select kernel.is_system()));
revoke delete on adapters.connection from $app, $relay;
`,
};
