import type { Migration } from '@zhengwu/database';

/** Officials' side: departments below one another by region or by line, posts that hold roles, people in posts. */
export const migration: Migration = {
  id: '0001-directory',
  sql: `
create table directory.division (
  code text primary key check (code ~ '^[0-9]{6}$'),
  parent text references directory.division,
  name_zh text not null,
  name_en text not null
);
create table directory.department (
  id int primary key,
  code text not null unique,
  division text not null references directory.division,
  name_zh text not null,
  name_en text not null,
  region_parent int references directory.department,
  line_parent int references directory.department,
  phone text,
  address_zh text,
  address_en text,
  version int not null default 1
);
create index department_region on directory.department (region_parent);
create index department_line on directory.department (line_parent);
create table directory.role (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  version int not null default 1
);
create table directory.role_grant (
  role text not null references directory.role on delete cascade,
  permission text not null,
  scope text not null check (scope in ('own', 'department', 'subtree', 'all')),
  primary key (role, permission)
);
create table directory.post (
  id uuid primary key,
  code text not null unique,
  department int not null references directory.department,
  name_zh text not null,
  name_en text not null,
  roles text[] not null
);
create table directory.person (
  id uuid primary key,
  name text not null,
  -- User name of the account, for administrators to see.
  account text,
  clearance smallint not null default 1 check (clearance between 0 and 4),
  active boolean not null default true,
  phone text,
  email text,
  version int not null default 1
);
create index person_name on directory.person (name);
create table directory.holding (
  person uuid not null references directory.person,
  post uuid not null references directory.post,
  since timestamptz not null default now(),
  until timestamptz,
  primary key (person, post, since)
);
create index holding_post on directory.holding (post) where until is null;
create table directory.delegation (
  id uuid primary key,
  from_person uuid not null references directory.person,
  to_person uuid not null references directory.person,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  reason text not null,
  ended_at timestamptz,
  check (from_person <> to_person)
);
create index delegation_to on directory.delegation (to_person, ends_at);
create index delegation_from on directory.delegation (from_person, ends_at);

-- A department and all below it, by region or by line: a city tax bureau is below both.
create function directory.below(top int) returns int[] language sql stable as $$
  with recursive under (id) as (
    select top
    union
    select d.id from directory.department d join under u on d.region_parent = u.id or d.line_parent = u.id
  )
  select array_agg(id) from under
$$;

-- Posts a person fills now: their own and those of whom they stand in for.
create function directory.posts_of(wanted uuid) returns setof directory.post language sql stable as $$
  select distinct p.* from directory.post p join directory.holding h on h.post = p.id
  where h.until is null and h.person in (
    select wanted
    union
    select d.from_person from directory.delegation d
      where d.to_person = wanted and d.ended_at is null and now() between d.starts_at and d.ends_at)
$$;

-- Each permission with its widest reach, departments resolved.
create function directory.grants_of(wanted uuid) returns jsonb language sql stable as $$
  with granted as (
    select g.permission, g.scope, p.department from directory.posts_of(wanted) p
      cross join lateral unnest(p.roles) r (code) join directory.role_grant g on g.role = r.code),
  reached as (
    select permission,
      case when bool_or(scope = 'all') then 'all' when bool_or(scope in ('department', 'subtree')) then 'departments' else 'own' end as reach,
      bool_or(scope = 'subtree') as deep
    from granted group by permission)
  select coalesce(jsonb_object_agg(r.permission, jsonb_build_object(
    'scope', case when r.reach = 'departments' then case when r.deep then 'subtree' else 'department' end else r.reach end,
    'departments', case when r.reach = 'departments' then (
      select coalesce(jsonb_agg(distinct d.id order by d.id), '[]') from granted g
        cross join lateral unnest(case when g.scope = 'subtree' then directory.below(g.department) when g.scope = 'department' then array[g.department] else '{}'::int[] end) d (id)
        where g.permission = r.permission) else '[]'::jsonb end)), '{}')
  from reached r
$$;
`,
};
