import type { Migration } from '@zhengwu/database';

/** How processes begin by themselves: one row for each timer, message, signal or conditional start event that is in force. */
export const migration: Migration = {
  id: '0002-starts',
  sql: `
create table processes.start (
  -- What the process belongs to (a pack) with its id: a new version takes the place of the old one.
  process text not null,
  element text not null,
  definition text not null,
  kind text not null check (kind in ('timer', 'message', 'signal', 'conditional')),
  -- Of the message or signal.
  name text,
  -- The timer's or condition's text as drawn: with another text the start begins anew.
  spec jsonb not null,
  -- Next time of a timer, next look of a condition; null when there is none any more.
  due timestamptz,
  fired int not null default 0,
  -- A condition that was true at the last look: it starts again only after having been false.
  held boolean not null default false,
  rests_until timestamptz,
  attempts int not null default 0,
  primary key (process, element)
);
create index start_due on processes.start (due) where due is not null;
create index start_name on processes.start (name, kind) where name is not null;

-- What began by itself, and why. The key lets one cause begin one instance, whoever asks and however often.
create table processes.begun (
  process text not null,
  element text not null,
  -- The due time, or the key of the message or signal.
  cause text not null,
  instance uuid not null unique,
  at timestamptz not null default now(),
  primary key (process, element, cause)
);

do $$
declare
  name text;
begin
  foreach name in array array['start', 'begun'] loop
    execute format('alter table processes.%I enable row level security', name);
    execute format('alter table processes.%I force row level security', name);
    execute format('create policy owner on processes.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on processes.%I to $app, $relay using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
  end loop;
end $$;
revoke update, delete on processes.begun from $app, $relay;
`,
};
