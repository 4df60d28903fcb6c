import type { Migration } from '@zhengwu/database';

/** Values that their users doubt 校核纠错, until their keeper has answered. */
export const migration: Migration = {
  id: '0005-challenges',
  sql: `
create table registers.challenge (
  id uuid primary key default kernel.uuidv7(),
  register text not null references registers.register (code),
  key text not null check (length(key) between 1 and 200),
  field text not null,
  on_day date not null,
  found jsonb,
  proposed jsonb not null,
  reason text not null check (length(reason) between 1 and 1000),
  person uuid not null,
  name text not null,
  -- Of the official who doubts it; null where it is the person themself.
  department int,
  keeper int,
  due_day date not null,
  raised_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  answer text,
  answered_by text,
  answered_at timestamptz,
  check ((state in ('accepted', 'refused')) = (answer is not null))
);
create unique index challenge_once on registers.challenge (register, key, field, person) where state = 'open';
create index challenge_due on registers.challenge (keeper, due_day) where state = 'open';
create index challenge_person on registers.challenge (person, raised_at desc);
alter table registers.challenge enable row level security;
alter table registers.challenge force row level security;
create policy platform on registers.challenge using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy mine on registers.challenge using (person = (select kernel.person())) with check (person = (select kernel.person()) and state in ('open', 'withdrawn'));
create policy keepers on registers.challenge using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or keeper = any ((select kernel.reach())::int[])));
revoke delete on registers.challenge from $app, $relay;
grant select, insert, update on registers.challenge to $app;
select kernel.label_table('challenge', 'registers.challenge', 'id', 1);
`,
};
