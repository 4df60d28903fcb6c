import type { Migration } from '@zhengwu/database';

/** The register of devices. */
export const migration: Migration = {
  id: '0001-devices',
  sql: `
create table devices.device (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  kind text not null check (kind in ('kiosk', 'window', 'exchange', 'sensor')),
  name text not null,
  department int not null,
  institution text not null,
  uscc text not null,
  place text not null,
  ranges inet[] not null check (cardinality(ranges) between 1 and 16),
  state text not null default 'registered' check (state in ('registered', 'active', 'blocked')),
  blocked_for text,
  -- The certificate in use, and the next one until it is used for the first time.
  serial text unique,
  next_serial text unique,
  -- Hash of the one-time secret; null: none is open.
  secret_hash text,
  secret_until timestamptz,
  failures int not null default 0,
  registered_at timestamptz not null,
  last_seen timestamptz,
  last_address inet,
  health text check (health in ('ok', 'degraded', 'fault')),
  note text,
  check ((state = 'blocked') = (blocked_for is not null)),
  check ((secret_hash is null) = (secret_until is null))
);
alter table devices.device enable row level security;
alter table devices.device force row level security;
grant select, insert, update on devices.device to $app, $relay;
-- An id is in certificates and in the trail for good.
revoke delete on devices.device from $app, $relay;
create policy platform on devices.device using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy keepers on devices.device using (
  (select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])))
  with check ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
`,
};
