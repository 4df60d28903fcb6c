/** The log over the audit trail: leaves in the order in which the worker met them, its right edge, and signed heads. */
export const migration = {
  id: '0001-log',
  sql: `
create table trail.log (
  one boolean primary key default true check (one),
  size bigint not null default 0,
  edge bytea[] not null default '{}',
  -- Every committed record before this time is in the log.
  floor timestamptz not null default '-infinity',
  -- Records at positions below this were removed after their time; their leaves stay.
  retained_from bigint not null default 0
);
create table trail.entry (position bigint primary key, record uuid not null unique, leaf bytea not null check (length(leaf) = 32));
create table trail.head (size bigint not null, at timestamptz not null, jws text not null, primary key (size, at));
create index head_at on trail.head (at);
create table trail.signer (kid text primary key, pem text not null, since timestamptz not null);
-- What the oldest running transaction could still write, as time: rows before 'at' are decided once all transactions below 'horizon' have ended.
create table trail.tick (at timestamptz primary key, horizon xid8 not null);
create table trail.export (at timestamptz primary key, size bigint not null, place text not null);

alter table trail.log enable row level security;
alter table trail.log force row level security;
alter table trail.entry enable row level security;
alter table trail.entry force row level security;
alter table trail.head enable row level security;
alter table trail.head force row level security;
alter table trail.signer enable row level security;
alter table trail.signer force row level security;
alter table trail.tick enable row level security;
alter table trail.tick force row level security;
alter table trail.export enable row level security;
alter table trail.export force row level security;
create policy platform on trail.log using ((select kernel.is_system()));
create policy platform on trail.entry using ((select kernel.is_system()));
create policy platform on trail.head using ((select kernel.is_system()));
create policy platform on trail.signer using ((select kernel.is_system()));
create policy platform on trail.tick using ((select kernel.is_system()));
create policy platform on trail.export using ((select kernel.is_system()));
revoke update, delete on trail.entry, trail.head, trail.signer, trail.export from $app, $relay;
-- The owner is under row-level security too; the one row is written by the worker on its first turn.
revoke delete on trail.log from $app, $relay;
`,
};
