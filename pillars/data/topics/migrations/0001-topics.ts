import type { Migration } from '@zhengwu/database';

/** Topics, who may follow them, how far each follower is, and what could not be delivered. */
export const migration: Migration = {
  id: '0001-topics',
  sql: `
create table topics.topic (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  -- Code of the department that answers for it.
  owner text not null,
  -- True where messages hold what is about a person: a follower needs a grant that says so.
  is_personal boolean not null default false,
  retention_days int not null default 90 check (retention_days between 1 and 3650),
  since timestamptz not null default now()
);
alter table topics.topic enable row level security;
alter table topics.topic force row level security;
create policy read on topics.topic for select using ((select kernel.kind()) in ('official', 'application'));
create policy system on topics.topic for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

-- The log of the carrier that needs nothing but PostgreSQL. Offsets of a topic have no gaps and are given in the order in which they can be seen.
create table topics.message (
  topic text not null references topics.topic,
  "offset" bigint not null,
  id uuid not null,
  key text not null,
  payload jsonb not null,
  at timestamptz not null,
  primary key (topic, "offset")
);
create unique index message_id on topics.message (topic, id);
create index message_at on topics.message (topic, at);
alter table topics.message enable row level security;
alter table topics.message force row level security;
create policy system on topics.message for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table topics.grant (
  topic text not null references topics.topic,
  -- Who may follow: a member and subsystem of the exchange, an application, a module of this site.
  follower text not null,
  personal boolean not null default false,
  -- The request, decision or law by which it was granted.
  basis text not null,
  until date,
  primary key (topic, follower)
);
alter table topics.grant enable row level security;
alter table topics.grant force row level security;
create policy read on topics.grant for select using ((select kernel.kind()) = 'official');
create policy system on topics.grant for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table topics.subscription (
  id uuid primary key default kernel.uuidv7(),
  topic text not null references topics.topic,
  follower text not null,
  -- How messages reach it: 'inside' by a handler of this site, 'pull', or the name of a way that a module offers.
  via text not null,
  address jsonb not null default '{}',
  state text not null default 'on' check (state in ('on', 'paused')),
  lanes int not null default 1 check (lanes between 1 and 32),
  most_attempts int not null default 8 check (most_attempts between 1 and 100),
  -- So many messages may wait behind failures; beyond, the lane stands still until they go.
  most_held int not null default 1000 check (most_held between 1 and 100000),
  batch int not null default 100 check (batch between 1 and 1000),
  since timestamptz not null default now(),
  unique (topic, follower)
);
alter table topics.subscription enable row level security;
alter table topics.subscription force row level security;
create policy read on topics.subscription for select using ((select kernel.kind()) = 'official');
create policy system on topics.subscription for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

-- Keys are dealt to lanes; each lane goes its own way, so that order holds for each key and lanes run side by side.
create table topics.lane (
  subscription uuid not null references topics.subscription on delete cascade,
  lane int not null,
  position bigint not null,
  attempts int not null default 0,
  due timestamptz not null default now(),
  failure text,
  -- Held by one process at a time.
  leased_until timestamptz not null default '-infinity',
  lease uuid,
  delivered bigint not null default 0,
  last_at timestamptz,
  primary key (subscription, lane)
);
alter table topics.lane enable row level security;
alter table topics.lane force row level security;
create policy read on topics.lane for select using ((select kernel.kind()) = 'official');
create policy system on topics.lane for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

-- Messages that their follower refused, and those of the same key behind them.
create table topics.held (
  subscription uuid not null references topics.subscription on delete cascade,
  lane int not null,
  "offset" bigint not null,
  key text not null,
  attempts int not null default 0,
  due timestamptz not null,
  failure text,
  state text not null default 'waiting' check (state in ('waiting', 'dead', 'discarded')),
  decided_by text,
  reason text,
  at timestamptz not null default now(),
  primary key (subscription, "offset")
);
create index held_waiting on topics.held (subscription, lane, "offset") where state = 'waiting';
create index held_dead on topics.held (at desc) where state = 'dead';
alter table topics.held enable row level security;
alter table topics.held force row level security;
create policy read on topics.held for select using ((select kernel.kind()) = 'official');
create policy system on topics.held for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

grant select, insert, update, delete on topics.topic, topics.message, topics.grant, topics.subscription, topics.lane, topics.held to $app, $relay;

-- Takes messages into the log, in their order, each once by its id: [{topic, id, key, payload, at}]. One at a time for each topic, until the
-- transaction ends, so that who sees an offset sees all before it.
create function topics.append(messages jsonb) returns void language plpgsql as $$
declare
  topic_ text;
begin
  for topic_ in select distinct m->>'topic' from jsonb_array_elements(messages) m order by 1 loop
    perform pg_advisory_xact_lock(hashtextextended('topics ' || topic_, 11));
    insert into topics.message (topic, "offset", id, key, payload, at)
      select topic_, coalesce((select max(l."offset") from topics.message l where l.topic = topic_), 0) + row_number() over (order by n.place), n.id, n.key, n.payload, n.at
      from (
        select m.place, (m.value->>'id')::uuid as id, m.value->>'key' as key, m.value->'payload' as payload, (m.value->>'at')::timestamptz as at
        from jsonb_array_elements(messages) with ordinality m(value, place)
        where m.value->>'topic' = topic_ and not exists (select from topics.message l where l.topic = topic_ and l.id = (m.value->>'id')::uuid)
      ) n;
  end loop;
end $$;
`,
};
