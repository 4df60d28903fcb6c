import type { Migration } from '@zhengwu/database';

/** Separation of duties as data: powers that nobody may join, the three administrators, changes that take a second one; reach by one line alone. */
export const migration: Migration = {
  id: '0003-duties',
  sql: `
alter table directory.role_grant drop constraint role_grant_scope_check;
alter table directory.role_grant add constraint role_grant_scope_check check (scope in ('own', 'department', 'region-subtree', 'line-subtree', 'subtree', 'all'));
-- A holding that is known to end beforehand; a job closes it, and it gives nothing from that moment on.
alter table directory.holding add column ends_at timestamptz;

-- A department and all below it: by region, by line of business, or by both.
create function directory.below(top int, by_region boolean, by_line boolean) returns int[] language sql stable as $$
  with recursive under (id) as (
    select top
    union
    select d.id from directory.department d join under u on (by_region and d.region_parent = u.id) or (by_line and d.line_parent = u.id)
  )
  select array_agg(id) from under
$$;

create or replace function directory.posts_of(wanted uuid) returns setof directory.post language sql stable as $$
  select distinct p.* from directory.post p join directory.holding h on h.post = p.id
  where h.until is null and (h.ends_at is null or h.ends_at > now()) and h.person in (
    select wanted
    union
    select d.from_person from directory.delegation d
      where d.to_person = wanted and d.ended_at is null and now() between d.starts_at and d.ends_at)
$$;

create or replace function directory.grants_of(wanted uuid) returns jsonb language sql stable as $$
  with granted as (
    select g.permission, g.scope, p.department from directory.posts_of(wanted) p
      cross join lateral unnest(p.roles) r (code) join directory.role_grant g on g.role = r.code),
  reached as (
    select permission,
      case when bool_or(scope = 'all') then 'all' when bool_or(scope <> 'own') then 'departments' else 'own' end as reach,
      bool_or(scope like '%subtree') as deep
    from granted group by permission)
  select coalesce(jsonb_object_agg(r.permission, jsonb_build_object(
    'scope', case when r.reach = 'departments' then case when r.deep then 'subtree' else 'department' end else r.reach end,
    'departments', case when r.reach = 'departments' then (
      select coalesce(jsonb_agg(distinct d.id order by d.id), '[]') from granted g
        cross join lateral unnest(case g.scope when 'subtree' then directory.below(g.department) when 'region-subtree' then directory.below(g.department, true, false)
          when 'line-subtree' then directory.below(g.department, false, true) when 'department' then array[g.department] else '{}'::int[] end) d (id)
        where g.permission = r.permission) else '[]'::jsonb end)), '{}')
  from reached r
$$;

-- The three administrators (三员, GB/T 22239-2019 8.1.5): what makes each of them. A pattern is a permission, or its beginning and a star.
create table directory.duty (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  powers text[] not null
);
insert into directory.duty values
  ('system', '系统管理员', 'System administrator', '{directory.admin,service.manage,service.admin,case.mend,calendar.keep,device.manage,monitoring.manage}'),
  ('security', '安全保密管理员', 'Security administrator', '{directory.grant,certificate.*,session.manage,defence.*}'),
  ('audit', '安全审计员', 'Audit administrator', '{audit.*}');

-- What nobody may hold both of: permissions, role:CODE or duty:CODE on either side.
create table directory.exclusion (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  name_zh text not null,
  name_en text not null,
  one text[] not null check (cardinality(one) > 0),
  other text[] not null check (cardinality(other) > 0),
  basis text not null,
  -- Required by a standard: it can't be taken away.
  fixed boolean not null default false,
  version int not null default 1
);
insert into directory.exclusion values
  ('system-security', '系统管理员与安全保密管理员不得由同一人担任', 'System and security administrator are two people', '{duty:system}', '{duty:security}', 'GB/T 22239-2019 8.1.5, 8.1.7.1', true),
  ('system-audit', '系统管理员与安全审计员不得由同一人担任', 'System and audit administrator are two people', '{duty:system}', '{duty:audit}', 'GB/T 22239-2019 8.1.5, 8.1.7.1', true),
  ('security-audit', '安全保密管理员与安全审计员不得由同一人担任', 'Security and audit administrator are two people', '{duty:security}', '{duty:audit}', 'GB/T 22239-2019 8.1.5, 8.1.7.1', true);

-- A change of administrators' powers, waiting for a second administrator of another kind.
create table directory.proposal (
  id uuid primary key,
  kind text not null check (kind in ('role', 'posts')),
  subject text not null,
  change jsonb not null,
  reason text not null,
  proposed_by uuid not null references directory.person,
  duties text[] not null,
  proposed_at timestamptz not null default now(),
  status text not null default 'open' check (status in ('open', 'approved', 'refused')),
  decided_by uuid references directory.person,
  decided_at timestamptz,
  opinion text,
  check (decided_by <> proposed_by),
  check ((status = 'open') = (decided_by is null))
);
create index proposal_open on directory.proposal (proposed_at) where status = 'open';

create function directory.covers(patterns text[], name text) returns boolean language sql immutable parallel safe as $$
  select exists (select from unnest(patterns) p where p = name or (right(p, 1) = '*' and starts_with(name, left(p, -1))))
$$;

-- Everything a person holds or stands in for, now or by a delegation to come, each thing by its name.
create function directory.powers(wanted uuid[]) returns table (person uuid, name text) language sql stable as $$
  with seats as (
    select h.person, h.post from directory.holding h where h.until is null and (wanted is null or h.person = any (wanted))
    union
    select d.to_person, h.post from directory.delegation d join directory.holding h on h.person = d.from_person and h.until is null
      where d.ended_at is null and d.ends_at > now() and (wanted is null or d.to_person = any (wanted))),
  named as (select distinct s.person, r.code from seats s join directory.post p on p.id = s.post cross join lateral unnest(p.roles) r (code)),
  given as (select n.person, 'role:' || n.code as name from named n union select n.person, g.permission from named n join directory.role_grant g on g.role = n.code)
  select g.person, g.name from given g
  union
  select g.person, 'duty:' || d.code from given g join directory.duty d on directory.covers(d.powers, g.name)
$$;

create function directory.duties_of(wanted uuid) returns text[] language sql stable as $$
  select coalesce(array_agg(substr(name, 6) order by name), '{}') from directory.powers(array[wanted]) where name like 'duty:%'
$$;

create function directory.conflicts(wanted uuid[]) returns table (person uuid, exclusion text) language sql stable as $$
  with held as materialized (select * from directory.powers(wanted))
  select distinct a.person, e.code from directory.exclusion e join held a on directory.covers(e.one, a.name)
    join held b on b.person = a.person and directory.covers(e.other, b.name)
$$;

-- Refuses with the rule that somebody would break. One transaction at a time: two halves granted at once must not join.
create function directory.refuse_conflicts(wanted uuid[]) returns void language plpgsql as $$
declare
  found_ record;
begin
  perform pg_advisory_xact_lock(hashtextextended('directory.duties', 0));
  select p.name, e.code, e.name_zh || ' / ' || e.name_en as rule into found_ from directory.conflicts(wanted) c
    join directory.person p on p.id = c.person join directory.exclusion e on e.code = c.exclusion limit 1;
  if found then
    perform kernel.fail('duty.exclusive', jsonb_build_object('person', found_.name, 'rule', found_.rule, 'code', found_.code));
  end if;
end $$;

-- A second administrator, of another kind than the first, has agreed to this in this very transaction.
create function directory.is_agreed(kind_ text, subject_ text) returns boolean language sql stable as $$
  select exists (select from directory.proposal p where p.id = nullif(current_setting('zhengwu.proposal', true), '')::uuid and p.kind = kind_ and p.subject = subject_
    and p.status = 'approved' and p.decided_by = kernel.person() and p.decided_by <> p.proposed_by)
$$;

create function directory.has_duty(roles_ text[]) returns boolean language sql stable as $$
  select exists (select from directory.role_grant g join directory.duty d on directory.covers(d.powers, g.permission) where g.role = any (roles_))
$$;

-- What roles bring along, each thing by its name; and whether any rule speaks of such a thing: most posts need no further look.
create function directory.names_of(roles_ text[]) returns text[] language sql stable as $$
  with given as (select 'role:' || r as name from unnest(roles_) r union select g.permission from directory.role_grant g where g.role = any (roles_))
  select coalesce(array_agg(name), '{}') from (select name from given union select 'duty:' || d.code from given, directory.duty d where directory.covers(d.powers, name)) n
$$;
create function directory.is_regulated(names text[]) returns boolean language sql stable as $$
  select exists (select from directory.exclusion e, unnest(names) n where directory.covers(e.one || e.other, n))
$$;

create function directory.guard_holding() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  roles_ text[] := (select p.roles from directory.post p where p.id = new.post);
begin
  if not exists (select from directory.holding h where h.person = new.person and h.post = new.post and h.since = new.since and h.until is null) then return null; end if;
  if directory.is_regulated(directory.names_of(roles_)) then
    perform directory.refuse_conflicts(array_append((select array_agg(d.to_person) from directory.delegation d where d.from_person = new.person and d.ended_at is null and d.ends_at > now()), new.person));
  end if;
  if kernel.kind() = 'official' then
    if new.person = kernel.person() then perform kernel.fail('duty.self'); end if;
    if directory.has_duty(roles_) and not directory.is_agreed('posts', new.person::text) then
      perform kernel.fail('duty.second-needed');
    end if;
  end if;
  return null;
end $$;

create function directory.guard_delegation() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.ended_at is null then perform directory.refuse_conflicts(array[new.to_person]); end if;
  return null;
end $$;

create function directory.holders(roles_ text[]) returns uuid[] language sql stable as $$
  with seated as (select distinct h.person from directory.holding h join directory.post p on p.id = h.post where h.until is null and p.roles && roles_)
  select coalesce(array_agg(person), '{}') from (
    select person from seated
    union
    select d.to_person from directory.delegation d join seated s on s.person = d.from_person where d.ended_at is null and d.ends_at > now()) h
$$;

create function directory.reach_rank(scope text) returns int language sql immutable parallel safe as
  $$ select array_position(array['own', 'department', 'region-subtree', 'line-subtree', 'subtree', 'all'], scope) $$;

create function directory.guard_grant() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from directory.role_grant g where g.role = new.role and g.permission = new.permission) then return null; end if;
  if directory.is_regulated(array['role:' || new.role, new.permission] || (select coalesce(array_agg('duty:' || d.code), '{}') from directory.duty d where directory.covers(d.powers, new.permission))) then
    perform directory.refuse_conflicts(directory.holders(array[new.role]));
  end if;
  if kernel.kind() = 'official' and (tg_op = 'INSERT' or directory.reach_rank(new.scope) > directory.reach_rank(old.scope) or old.scope <> new.scope and old.scope like '%-subtree') then
    if kernel.person() = any (directory.holders(array[new.role])) then perform kernel.fail('duty.own-role'); end if;
    if exists (select from directory.duty d where directory.covers(d.powers, new.permission)) and not directory.is_agreed('role', new.role) then
      perform kernel.fail('duty.second-needed');
    end if;
  end if;
  return null;
end $$;

create function directory.guard_post() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- Those who hold this very post: nobody else's powers change with its roles.
  if exists (select from directory.holding h where h.post = new.id and h.until is null) and directory.is_regulated(directory.names_of(new.roles)) then
    perform directory.refuse_conflicts(directory.holders(new.roles));
  end if;
  if kernel.kind() = 'official' and not new.roles <@ (case when tg_op = 'UPDATE' then old.roles else '{}' end) then
    if exists (select from directory.holding h where h.post = new.id and h.until is null and h.person = kernel.person()) then perform kernel.fail('duty.own-role'); end if;
    if directory.has_duty(new.roles) and exists (select from directory.holding h where h.post = new.id and h.until is null) then perform kernel.fail('duty.post-held'); end if;
  end if;
  return null;
end $$;

create function directory.guard_rules() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    if old.fixed then perform kernel.fail('duty.fixed'); end if;
  else
    if tg_op = 'UPDATE' and old.fixed then perform kernel.fail('duty.fixed'); end if;
    perform directory.refuse_conflicts(null);
  end if;
  return null;
end $$;

create constraint trigger guard after insert or update on directory.holding deferrable initially deferred for each row execute function directory.guard_holding();
create constraint trigger guard after insert or update on directory.delegation deferrable initially deferred for each row execute function directory.guard_delegation();
create constraint trigger guard after insert or update on directory.role_grant deferrable initially deferred for each row execute function directory.guard_grant();
create constraint trigger guard after insert or update of roles on directory.post deferrable initially deferred for each row execute function directory.guard_post();
create constraint trigger guard after insert or update or delete on directory.exclusion deferrable initially deferred for each row execute function directory.guard_rules();

do $$
declare name text;
begin
  foreach name in array array['duty', 'exclusion', 'proposal'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy owner on directory.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on directory.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('create policy officials on directory.%I for select to $app using ((select kernel.kind()) = ''official'')', name);
    execute format('revoke all on directory.%I from $app, $relay', name);
    execute format('grant select on directory.%I to $app, $relay', name);
  end loop;
end $$;
grant insert, update, delete on directory.exclusion to $app, $relay;
grant insert on directory.proposal to $app, $relay;
create policy keepers on directory.exclusion to $app using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all')
  with check ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all' and not fixed);
create policy proposers on directory.proposal for insert to $app with check (
  (select kernel.kind()) = 'official' and (select kernel.scope()) = 'all' and proposed_by = (select kernel.person()) and status = 'open');

-- The second administrator decides: not the first, and none whose only kind is the first one's. Answers the change that is to be carried out now.
create function directory.decide_proposal(id_ uuid, approve boolean, opinion_ text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  found_ directory.proposal;
begin
  select * into found_ from directory.proposal p where p.id = id_ and p.status = 'open' for update;
  if not found then perform kernel.fail('duty.proposal-unknown'); end if;
  if kernel.kind() is distinct from 'official' or found_.proposed_by = kernel.person() or directory.duties_of(kernel.person()) <@ found_.duties then perform kernel.fail('duty.not-second'); end if;
  update directory.proposal set status = case when approve then 'approved' else 'refused' end, decided_by = kernel.person(), decided_at = now(), opinion = opinion_ where id = id_;
  perform set_config('zhengwu.proposal', id_::text, true);
  return jsonb_build_object('kind', found_.kind, 'subject', found_.subject, 'change', found_.change, 'reason', found_.reason);
end $$;
`,
};
