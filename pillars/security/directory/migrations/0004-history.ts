import type { Migration } from '@zhengwu/database';

/** What the directory said on any day: each row's every state with its period, who brought it about and why. Nobody rewrites it. */
export const migration: Migration = {
  id: '0004-history',
  sql: `
create table directory.history (
  id bigint generated always as identity primary key,
  entity text not null,
  key text not null,
  since timestamptz not null,
  until timestamptz,
  value jsonb not null,
  by_person uuid,
  by_name text,
  reason text
);
create index history_key on directory.history (entity, key, since desc);
create index history_person on directory.history ((value->>'person'), since) where entity = 'holding';
create index history_post on directory.history ((value->>'post'), since) where entity = 'holding';

-- Closes the period of a row and opens the next one. Telephone and mail are no history.
create function directory.remember() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  now_ jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end - 'version' - 'phone' - 'email';
  key_ text := case tg_table_name when 'role_grant' then (now_->>'role') || ' ' || (now_->>'permission')
    when 'holding' then (now_->>'person') || ' ' || (now_->>'post') || ' ' || extract(epoch from (now_->>'since')::timestamptz)
    else coalesce(now_->>'id', now_->>'code') end;
  at_ timestamptz;
begin
  if tg_op = 'UPDATE' and now_ = to_jsonb(old) - 'version' - 'phone' - 'email' then return null; end if;
  select greatest(now(), max(h.since) filter (where h.since > '-infinity')) into at_ from directory.history h where h.entity = tg_table_name and h.key = key_ and h.until is null;
  at_ := coalesce(at_, now());
  update directory.history h set until = at_ where h.entity = tg_table_name and h.key = key_ and h.until is null;
  insert into directory.history (entity, key, since, until, value, by_person, by_name, reason)
    values (tg_table_name, key_, at_, case when tg_op = 'DELETE' then at_ end, now_, kernel.person(), coalesce(kernel.actor()->>'name', kernel.kind()), nullif(current_setting('zhengwu.reason', true), ''));
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array['division', 'department', 'role', 'role_grant', 'post', 'person', 'holding'] loop
    execute format('insert into directory.history (entity, key, since, value)
      select %L, %s, ''-infinity'', to_jsonb(t) - ''version'' - ''phone'' - ''email'' from directory.%I t', name,
      case name when 'role_grant' then 't.role || '' '' || t.permission' when 'holding' then 't.person || '' '' || t.post || '' '' || extract(epoch from t.since)'
        when 'division' then 't.code' when 'role' then 't.code' else 't.id::text' end, name);
    execute format('create trigger remember after insert or update or delete on directory.%I for each row execute function directory.remember()', name);
  end loop;
end $$;
alter table directory.history enable row level security;
alter table directory.history force row level security;
create policy owner on directory.history to $owner using (true) with check (true);
create policy platform on directory.history for select using ((select kernel.is_system()));
-- Offices, posts and names of the past are known to every official; who was what, to those who keep the directory.
create policy officials on directory.history for select to $app using ((select kernel.kind()) = 'official' and ((select kernel.scope()) = 'all' or entity in ('division', 'department', 'post')));
revoke all on directory.history from $app, $relay;
grant select on directory.history to $app, $relay;

-- Rows as they stood at a moment; null is now.
create function directory.was(entity_ text, at_ timestamptz) returns setof jsonb language sql stable as $$
  select h.value from directory.history h where h.entity = entity_ and h.since <= at_ and (h.until is null or h.until > at_)
$$;
create function directory.department_at(at_ timestamptz) returns setof directory.department language sql stable as $$
  select (jsonb_populate_record(null::directory.department, v || '{"version": 0}')).* from directory.was('department', at_) v
$$;
create function directory.post_at(at_ timestamptz) returns setof directory.post language sql stable as $$
  select (jsonb_populate_record(null::directory.post, v)).* from directory.was('post', at_) v
$$;
create function directory.person_at(at_ timestamptz) returns setof directory.person language sql stable as $$
  select (jsonb_populate_record(null::directory.person, v || '{"version": 0}')).* from directory.was('person', at_) v
$$;
create function directory.role_at(at_ timestamptz) returns setof directory.role language sql stable as $$
  select (jsonb_populate_record(null::directory.role, v || '{"version": 0}')).* from directory.was('role', at_) v
$$;
create function directory.role_grant_at(at_ timestamptz) returns setof directory.role_grant language sql stable as $$
  select (jsonb_populate_record(null::directory.role_grant, v)).* from directory.was('role_grant', at_) v
$$;
-- Stand-ins of a person, for those who keep the directory.
create function directory.delegation_of(person_ uuid) returns setof directory.delegation language plpgsql stable security definer set search_path = '' as $$
begin
  if not (kernel.is_system() or (kernel.kind() = 'official' and kernel.scope() = 'all')) then return; end if;
  return query select * from directory.delegation d where person_ in (d.from_person, d.to_person);
end $$;
create function directory.holding_at(at_ timestamptz) returns setof directory.holding language sql stable as $$
  select * from directory.holding h where h.since <= at_ and (h.until is null or h.until > at_) and (h.ends_at is null or h.ends_at > at_)
$$;
`,
};
