import type { Migration } from '@zhengwu/database';

/** Departments merge, split, move and change names: planned as data, carried out whole; an old code leads to whoever follows. */
export const migration: Migration = {
  id: '0007-reorganisation',
  sql: `
alter table directory.department add column closed_at timestamptz, add column successor int references directory.department, add check ((closed_at is null) = (successor is null));
create index department_successor on directory.department (successor) where successor is not null;

-- Services that went to another department when their old one was split.
create table directory.succession (
  department int not null references directory.department,
  service text not null,
  successor int not null references directory.department,
  at timestamptz not null default now(),
  primary key (department, service)
);
create table directory.reorganisation (
  id uuid primary key,
  -- The document that decided it.
  document text not null,
  effective_on date not null,
  steps jsonb not null,
  planned_by uuid not null references directory.person,
  planned_by_name text not null,
  planned_at timestamptz not null default now(),
  status text not null default 'planned' check (status in ('planned', 'done', 'cancelled')),
  done_by_name text,
  done_at timestamptz,
  result jsonb,
  check ((status = 'done') = (result is not null))
);
do $$
declare name text;
begin
  foreach name in array array['succession', 'reorganisation'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy owner on directory.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on directory.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('create policy officials on directory.%I for select to $app using ((select kernel.kind()) = ''official'')', name);
    execute format('revoke all on directory.%I from $app, $relay', name);
    execute format('grant select on directory.%I to $app, $relay', name);
  end loop;
end $$;
grant insert, update on directory.reorganisation to $app, $relay;
create policy planners on directory.reorganisation for insert to $app with check (
  (select kernel.kind()) = 'official' and (select kernel.scope()) = 'all' and planned_by = (select kernel.person()) and status = 'planned');
create policy keepers on directory.reorganisation for update to $app using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all' and status = 'planned')
  with check ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all');

-- A department and all that it took over from those before it: what they did remains theirs by name and its own by right.
create function directory.seat(top int) returns int[] language sql stable as $$
  with recursive under (id) as (select top union select d.id from directory.department d join under u on d.successor = u.id)
  select array_agg(id) from under
$$;
create or replace function directory.below(top int, by_region boolean, by_line boolean) returns int[] language sql stable as $$
  with recursive under (id) as (
    select top
    union
    select d.id from directory.department d join under u
      on d.closed_at is null and ((by_region and d.region_parent = u.id) or (by_line and d.line_parent = u.id)) or d.successor = u.id
  )
  select array_agg(id) from under
$$;
create or replace function directory.below(top int) returns int[] language sql stable as $$ select directory.below(top, true, true) $$;

create or replace function directory.grants_of(wanted uuid) returns jsonb language sql stable as $$
  with granted as (
    select g.permission, g.scope, p.department from directory.posts_of(wanted) p
      cross join lateral unnest(p.roles) r (code) join directory.role_grant g on g.role = r.code),
  -- Each reach once, however many permissions have it.
  places as (
    select s.scope, s.department, case s.scope when 'subtree' then directory.below(s.department, true, true) when 'region-subtree' then directory.below(s.department, true, false)
      when 'line-subtree' then directory.below(s.department, false, true) else directory.seat(s.department) end as ids
    from (select distinct scope, department from granted where scope not in ('own', 'all')) s),
  reached as (
    select permission,
      case when bool_or(scope = 'all') then 'all' when bool_or(scope <> 'own') then 'departments' else 'own' end as reach,
      bool_or(scope like '%subtree') as deep
    from granted group by permission)
  select coalesce(jsonb_object_agg(r.permission, jsonb_build_object(
    'scope', case when r.reach = 'departments' then case when r.deep then 'subtree' else 'department' end else r.reach end,
    'departments', case when r.reach = 'departments' then (
      select coalesce(jsonb_agg(distinct d.id order by d.id), '[]') from granted g join places p using (scope, department)
        cross join lateral unnest(p.ids) d (id) where g.permission = r.permission) else '[]'::jsonb end)), '{}')
  from reached r
$$;

create function directory.open_department(id_ int) returns directory.department language plpgsql as $$
declare
  found_ directory.department;
begin
  select * into found_ from directory.department d where d.id = id_ and d.closed_at is null for update;
  if not found then perform kernel.fail('reorganisation.department-closed', jsonb_build_object('department', id_)); end if;
  return found_;
end $$;

-- One step. Answers { departments, posts, moves: [{ from, to, services }] }; the moves are what other modules follow with their rows.
create function directory.reorganise(step jsonb) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  from_ directory.department;
  into_ directory.department;
  part jsonb;
  id_ int;
  n int;
  posts_ int := 0;
  moves jsonb := '[]';
begin
  if not (kernel.is_system() or (kernel.kind() = 'official' and kernel.scope() = 'all')) then perform kernel.fail('directory.unknown'); end if;
  if step->>'kind' = 'merge' then
    into_ := directory.open_department((step->>'into')::int);
    for id_ in select x::int from jsonb_array_elements_text(step->'from') x loop
      from_ := directory.open_department(id_);
      if from_.id = into_.id then perform kernel.fail('reorganisation.circle'); end if;
      -- Whoever stood below now stands below the successor; a successor that stood below the one merged takes its place.
      update directory.department d set region_parent = case when d.region_parent = from_.id then case when d.id = into_.id then from_.region_parent else into_.id end else d.region_parent end,
          line_parent = case when d.line_parent = from_.id then case when d.id = into_.id then from_.line_parent else into_.id end else d.line_parent end, version = d.version + 1
        where d.closed_at is null and from_.id in (d.region_parent, d.line_parent);
      update directory.post p set department = into_.id where p.department = from_.id;
      get diagnostics n = row_count;
      posts_ := posts_ + n;
      update directory.department d set closed_at = now(), successor = into_.id, version = d.version + 1 where d.id = from_.id;
      moves := moves || jsonb_build_object('from', from_.id, 'to', into_.id, 'services', null);
    end loop;
  elsif step->>'kind' = 'split' then
    from_ := directory.open_department((step->>'from')::int);
    for part in select x from jsonb_array_elements(step->'into') x loop
      if exists (select from directory.department d where d.code = part->>'code') then perform kernel.fail('reorganisation.code-taken', jsonb_build_object('code', part->>'code')); end if;
      select coalesce(max(d.id), 0) + 1 into id_ from directory.department d;
      insert into directory.department (id, code, division, name_zh, name_en, region_parent, line_parent, phone, address_zh, address_en)
        values (id_, part->>'code', from_.division, part->'name'->>'zh', part->'name'->>'en', from_.region_parent, from_.line_parent, from_.phone, from_.address_zh, from_.address_en);
      update directory.post p set department = id_ where p.department = from_.id and p.id in (select x::uuid from jsonb_array_elements_text(part->'posts') x);
      get diagnostics n = row_count;
      if n <> jsonb_array_length(part->'posts') then perform kernel.fail('reorganisation.post-elsewhere'); end if;
      posts_ := posts_ + n;
      insert into directory.succession (department, service, successor) select from_.id, x, id_ from jsonb_array_elements_text(part->'services') x
        on conflict (department, service) do update set successor = excluded.successor, at = now();
      moves := moves || jsonb_build_object('from', from_.id, 'to', id_, 'services', part->'services');
    end loop;
  elsif step->>'kind' = 'move' then
    from_ := directory.open_department((step->>'department')::int);
    update directory.department d set region_parent = case when step ? 'regionParent' then (step->>'regionParent')::int else d.region_parent end,
      line_parent = case when step ? 'lineParent' then (step->>'lineParent')::int else d.line_parent end, version = d.version + 1 where d.id = from_.id returning * into from_;
    if from_.region_parent is not null then perform directory.open_department(from_.region_parent); end if;
    if from_.line_parent is not null then perform directory.open_department(from_.line_parent); end if;
  else
    from_ := directory.open_department((step->>'department')::int);
    update directory.department d set name_zh = step->'name'->>'zh', name_en = step->'name'->>'en', version = d.version + 1 where d.id = from_.id;
  end if;
  -- Nobody may stand below himself, in either line.
  if exists (with recursive up (start, id, steps) as (
      select d.id, d.region_parent, 1 from directory.department d where d.closed_at is null
      union all select u.start, d.region_parent, u.steps + 1 from up u join directory.department d on d.id = u.id where u.steps < 60 and u.id <> u.start)
    select from up where start = id)
    or exists (with recursive up (start, id, steps) as (
      select d.id, d.line_parent, 1 from directory.department d where d.closed_at is null
      union all select u.start, d.line_parent, u.steps + 1 from up u join directory.department d on d.id = u.id where u.steps < 60 and u.id <> u.start)
    select from up where start = id) then perform kernel.fail('reorganisation.circle'); end if;
  return jsonb_build_object('posts', posts_, 'moves', moves);
end $$;
`,
};
