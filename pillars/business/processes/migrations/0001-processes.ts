import type { Migration } from '@zhengwu/database';

/**
 * Definitions by content, running instances, their timers and subscriptions. People reach an instance only through what it
 * belongs to (a case), whose functions run as the owner after having checked the reader; so the policies know owner and system.
 */
export const migration: Migration = {
  id: '0001-processes',
  sql: `
-- One process of one BPMN file. The hash names it for ever: an instance ends on the definition that it began with.
-- instance.definition has no foreign key: every insert would share-lock the same row. Definitions are never deleted.
create table processes.definition (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  process text not null,
  -- Hash of the file, whose other processes may be called.
  source text not null,
  xml text not null,
  compiled jsonb not null,
  kept_at timestamptz not null default now()
);
create index definition_source on processes.definition (source);

create table processes.instance (
  -- The id of what it belongs to.
  id uuid primary key,
  definition text not null,
  version int not null default 1,
  state jsonb not null,
  -- Since then nobody may go on and its timers stand still; null while it runs.
  held_at timestamptz,
  started_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
) with (fillfactor = 80);
create index instance_live on processes.instance (definition) where state->>'s' in ('running', 'suspended');

create table processes.timer (
  instance uuid not null,
  timer text not null,
  due timestamptz not null,
  -- A limit in working days, a span of time, or a moment that is fixed: what a hold leaves of it differs.
  kind text not null default 'span' check (kind in ('days', 'span', 'date')),
  -- Known where the instance can be held: what began during a hold lost nothing before.
  started timestamptz,
  -- Until then a worker has it, or it rests after a failure.
  claimed_until timestamptz,
  attempts int not null default 0,
  primary key (instance, timer)
);
create index timer_due on processes.timer (due);

create table processes.subscription (
  instance uuid not null,
  subscription text not null,
  kind text not null check (kind in ('message', 'signal')),
  name text not null,
  correlation jsonb,
  primary key (instance, subscription)
);
create index subscription_name on processes.subscription (name, kind);

do $$
declare
  name text;
begin
  foreach name in array array['definition', 'instance', 'timer', 'subscription'] loop
    execute format('alter table processes.%I enable row level security', name);
    execute format('alter table processes.%I force row level security', name);
    execute format('create policy owner on processes.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on processes.%I to $app, $relay using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
  end loop;
end $$;
revoke update, delete on processes.definition from $app, $relay;

-- Timers of a held instance go on with what was left: working days as a limit's clock counts them (the day it stopped counts, the day
-- on which it goes on does not), spans as they were. What was due before the hold stays due.
create function processes.run_on(instance_ uuid, until_ timestamptz) returns void language sql as $$
  update processes.timer t set claimed_until = null, due = case
    when t.kind = 'date' or t.due <= h.since then t.due
    when t.kind = 'span' then t.due + (until_ - h.since)
    when (t.due at time zone 'Asia/Shanghai')::date = (h.since at time zone 'Asia/Shanghai')::date then t.due
    else t.due + (kernel.add_working_days((until_ at time zone 'Asia/Shanghai')::date, (
      select count(*) filter (where kernel.is_working_day(d::date))::int
      from generate_series((h.since at time zone 'Asia/Shanghai')::date + 1, (t.due at time zone 'Asia/Shanghai')::date, interval '1 day') d
    )) - (t.due at time zone 'Asia/Shanghai')::date) * interval '24 hours' end
  from (select o.timer, greatest(i.held_at, o.started) as since from processes.instance i join processes.timer o on o.instance = i.id
    where i.id = instance_ and i.held_at is not null) h
  where t.instance = instance_ and t.timer = h.timer
$$;

-- Holds instances and lets them run on. A timer that a worker has taken is given back: done with it, the worker leaves it.
create function processes.write_holds(wanted jsonb) returns void language plpgsql as $$
begin
  perform processes.run_on(w.id, w.released) from jsonb_to_recordset(wanted) w(id uuid, released timestamptz) where w.released is not null;
  update processes.instance i set held_at = w.held from jsonb_to_recordset(wanted) w(id uuid, held timestamptz, released timestamptz)
    where i.id = w.id and (w.held is not null or w.released is not null);
  update processes.timer t set claimed_until = null from jsonb_to_recordset(wanted) w(id uuid, held timestamptz) where t.instance = w.id and w.held is not null;
end $$;

-- Begins instances (version null) or goes on from the versions that were read; another version refuses them all.
-- [{id, definition, version, state, timers: [{timer, due, kind?, started?}], cancelledTimers: [], subscriptions: [{subscription, kind, name, correlation}], cancelledSubscriptions: [], held?, released?}]
create function processes.write(wanted jsonb) returns void language plpgsql as $$
declare
  asked int := jsonb_array_length(jsonb_path_query_array(wanted, '$[*] ? (@.version != null)'));
  moved uuid[];
begin
  if asked < jsonb_array_length(wanted) then
    insert into processes.instance (id, definition, state)
      select w.id, w.definition, w.state from jsonb_to_recordset(wanted) w(id uuid, definition text, version int, state jsonb) where w.version is null;
  end if;
  if asked > 0 then
    with changed as (
      update processes.instance i set state = w.state, definition = w.definition, version = i.version + 1, changed_at = now()
      from jsonb_to_recordset(wanted) w(id uuid, definition text, version int, state jsonb)
      where i.id = w.id and i.version = w.version returning i.id
    ) select array_agg(id) into moved from changed;
    if coalesce(cardinality(moved), 0) < asked then
      perform kernel.fail('process.changed', jsonb_build_object('instance', w.id)) from jsonb_to_recordset(wanted) w(id uuid, version int)
        where w.version is not null and w.id <> all (coalesce(moved, '{}'));
    end if;
  end if;
  if jsonb_path_exists(wanted, '$[*] ? (@.version != null && (@.state.s == "completed" || @.state.s == "cancelled" || exists(@.cancelledTimers[*])))') then
    delete from processes.timer t using jsonb_to_recordset(wanted) w(id uuid, state jsonb, "cancelledTimers" jsonb)
      where t.instance = w.id and (w.state->>'s' in ('completed', 'cancelled') or w."cancelledTimers" ? t.timer);
  end if;
  if jsonb_path_exists(wanted, '$[*] ? (@.version != null && (@.state.s == "completed" || @.state.s == "cancelled" || exists(@.cancelledSubscriptions[*])))') then
    delete from processes.subscription s using jsonb_to_recordset(wanted) w(id uuid, state jsonb, "cancelledSubscriptions" jsonb)
      where s.instance = w.id and (w.state->>'s' in ('completed', 'cancelled') or w."cancelledSubscriptions" ? s.subscription);
  end if;
  if jsonb_path_exists(wanted, '$[*] ? (exists(@.held) || exists(@.released))') then perform processes.write_holds(wanted); end if;
  -- A timer both cancelled and started in one unit stays: one too many is refused as stale when it fires, a missing one is lost.
  if jsonb_path_exists(wanted, '$[*].timers[*]') then
    insert into processes.timer (instance, timer, due, kind, started)
      select w.id, t.timer, t.due, coalesce(t.kind, 'span'), t.started
      from jsonb_to_recordset(wanted) w(id uuid, state jsonb, timers jsonb), jsonb_to_recordset(w.timers) t(timer text, due timestamptz, kind text, started timestamptz)
      where w.state->>'s' not in ('completed', 'cancelled')
      on conflict (instance, timer) do update set due = excluded.due, kind = excluded.kind, started = excluded.started, claimed_until = null, attempts = 0;
  end if;
  if jsonb_path_exists(wanted, '$[*].subscriptions[*]') then
    insert into processes.subscription (instance, subscription, kind, name, correlation)
      select w.id, s.subscription, s.kind, s.name, nullif(s.correlation, 'null')
      from jsonb_to_recordset(wanted) w(id uuid, state jsonb, subscriptions jsonb),
        jsonb_to_recordset(w.subscriptions) s(subscription text, kind text, name text, correlation jsonb)
      where w.state->>'s' not in ('completed', 'cancelled')
      on conflict (instance, subscription) do update set kind = excluded.kind, name = excluded.name, correlation = excluded.correlation;
  end if;
end $$;

create function processes.read(wanted uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', i.id, 'definition', i.definition, 'version', i.version, 'state', i.state) from processes.instance i where i.id = wanted
$$;

-- The model as drawn, with the elements where tokens wait and those that an incident holds.
-- Inside a called process only the calling element is shown.
create function processes.diagram(wanted uuid) returns jsonb language sql stable as $$
  with recursive shown as (
    select t.token from processes.instance i, jsonb_array_elements(i.state->'t') t(token) where i.id = wanted and t.token->>'i' = '0'
    union all
    select t.token from shown, processes.instance i, jsonb_array_elements(i.state->'t') t(token)
      where i.id = wanted and t.token->'p' = shown.token->'i' and not t.token ? 'c'
  ), places as (
    select d.compiled->'nodes'->((shown.token->>'e')::int)->>'id' as element, shown.token ? 'x' as held
    from shown, processes.instance i join processes.definition d on d.hash = i.definition
    where i.id = wanted and shown.token->>'i' <> '0'
  )
  select jsonb_build_object('xml', d.xml,
    'active', case when i.state->>'s' in ('running', 'suspended') then coalesce((select jsonb_agg(distinct element) from places where not held), '[]') else '[]' end,
    'incidents', coalesce((select jsonb_agg(distinct element) from places where held), '[]'))
  from processes.instance i join processes.definition d on d.hash = i.definition where i.id = wanted
$$;

-- Takes due timers for a while; several workers never take the same one, nobody takes one that stands still.
create function processes.claim_timers(most int, seconds int) returns table (instance uuid, timer text, attempts int) language sql as $$
  update processes.timer t set claimed_until = now() + make_interval(secs => seconds), attempts = t.attempts + 1
  where (t.instance, t.timer) in (
    select d.instance, d.timer from processes.timer d where d.due <= now() and (d.claimed_until is null or d.claimed_until <= now())
      and not exists (select from processes.instance i where i.id = d.instance and i.held_at is not null)
    order by d.due limit most for update skip locked)
  returning t.instance, t.timer, t.attempts
$$;

-- Done: gone, unless the handler has started it anew. Failed: rests, longer each time, an hour at most.
create function processes.settle_timer(instance_ uuid, timer_ text, done boolean) returns void language sql as $$
  delete from processes.timer t where done and t.instance = instance_ and t.timer = timer_ and t.claimed_until is not null;
  update processes.timer t set claimed_until = now() + make_interval(secs => least(3600, power(2, least(t.attempts, 12))::int))
    where not done and t.instance = instance_ and t.timer = timer_;
$$;
`,
};
