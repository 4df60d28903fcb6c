/** Outbox, log of what happened, deliveries still to make, marks of those made. */
export const migration = {
  id: '0001-outbox',
  sql: `
create table events.outbox (
  seq bigint generated always as identity primary key,
  id uuid not null,
  type text not null,
  subject text not null,
  payload jsonb not null,
  at timestamptz not null default clock_timestamp()
);
create table events.event (
  seq bigint primary key,
  id uuid not null unique,
  type text not null,
  subject text not null,
  payload jsonb not null,
  at timestamptz not null
);
create index event_subject on events.event (subject, seq);
create index event_at on events.event (at);
create table events.delivery (
  subscriber text not null,
  seq bigint not null references events.event on delete cascade,
  subject text not null,
  attempts int not null default 0,
  due timestamptz not null default now(),
  failure text,
  primary key (subscriber, seq)
);
create index delivery_order on events.delivery (subscriber, subject, seq);
create index delivery_due on events.delivery (due);
create table events.handling (
  event_id uuid not null,
  subscriber text not null,
  at timestamptz not null default now(),
  primary key (event_id, subscriber)
);
create index handling_at on events.handling (at);

alter table events.outbox enable row level security;
alter table events.outbox force row level security;
alter table events.event enable row level security;
alter table events.event force row level security;
alter table events.delivery enable row level security;
alter table events.delivery force row level security;
alter table events.handling enable row level security;
alter table events.handling force row level security;
create policy writers on events.outbox for insert with check ((select kernel.kind()) is not null);
create policy platform on events.outbox using ((select kernel.is_system()));
create policy platform on events.event using ((select kernel.is_system()));
create policy platform on events.delivery using ((select kernel.is_system()));
create policy platform on events.handling using ((select kernel.is_system()));

-- Tells other modules what happened, in the caller's transaction; for single-statement functions. Answers the event's id.
create function events.append(type_ text, subject_ text, payload_ jsonb) returns uuid language plpgsql as $$
declare
  id_ uuid := kernel.uuidv7();
begin
  insert into events.outbox (id, type, subject, payload) values (id_, type_, subject_, payload_);
  return id_;
end $$;

-- Several at once, in this order: [{type, subject, payload}].
create function events.append_all(appended jsonb) returns void language sql as $$
  insert into events.outbox (id, type, subject, payload)
  select kernel.uuidv7(), e.value->>'type', e.value->>'subject', coalesce(e.value->'payload', '{}')
  from jsonb_array_elements(appended) with ordinality e order by e.ordinality
$$;

-- Whether the relay has anything to do; asked many times a second.
create function events.waiting(actor jsonb) returns boolean language plpgsql as $$
begin
  perform kernel.enter(actor);
  return exists (select from events.outbox);
end $$;
`,
};
