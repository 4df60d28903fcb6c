import type { Migration } from '@zhengwu/database';

/** What systems that keep the directory know of its people and groups beside the directory itself. */
export const migration: Migration = {
  id: '0001-provisioning',
  sql: `
-- What one client calls a person or a group, and whether it took them away: then it is not there for it any more.
create table provisioning.record (
  application uuid not null references directory.application,
  kind text not null check (kind in ('user', 'group')),
  resource uuid not null,
  external_id text,
  entered_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (application, kind, resource)
);
create unique index record_external on provisioning.record (application, kind, external_id) where external_id is not null and removed_at is null;
create index record_resource on provisioning.record (resource);

create table provisioning.particular (
  person uuid primary key references directory.person,
  employee_number text,
  manager uuid references directory.person,
  modified_at timestamptz not null default now()
);
do $$
declare name text;
begin
  foreach name in array array['record', 'particular'] loop
    execute format('alter table provisioning.%I enable row level security', name);
    execute format('alter table provisioning.%I force row level security', name);
    execute format('create policy owner on provisioning.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on provisioning.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('revoke all on provisioning.%I from $app, $relay', name);
    execute format('grant select, insert, update on provisioning.%I to $app, $relay', name);
  end loop;
end $$;
-- An application sees and writes its own names for things; administrators count them.
create policy own on provisioning.record to $app using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all' and (application::text = (select kernel.account()) or (select kernel.person()) is not null))
  with check (application::text = (select kernel.account()));
create policy keepers on provisioning.particular to $app using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all') with check ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all');

-- Officials with the posts they hold now and the moments of their first and last change.
create view provisioning.official with (security_invoker = true) as
  select p.id, p.account, p.name, p.active, p.phone, p.email, p.version, a.employee_number, a.manager, m.name as manager_name, coalesce(s.posts, '[]') as posts, s.seats, s.title, s.department,
    t.created, greatest(t.modified, s.moved, a.modified_at) as modified
  from directory.person p
  left join provisioning.particular a on a.person = p.id
  left join directory.person m on m.id = a.manager
  left join lateral (
    select jsonb_agg(jsonb_build_object('value', s.code, 'display', s.name_zh, 'department', d.code) order by h.since, s.code) filter (where h.until is null) as posts,
      array_agg(s.department) filter (where h.until is null) as seats, (array_agg(s.name_zh order by h.since, s.code) filter (where h.until is null))[1] as title,
      (array_agg(d.name_zh order by h.since, s.code) filter (where h.until is null))[1] as department, max(greatest(h.since, h.until)) as moved
    from directory.holding h join directory.post s on s.id = h.post join directory.department d on d.id = s.department where h.person = p.id) s on true
  left join lateral (select min(h.since) as created, max(h.since) as modified from directory.history h where h.entity = 'person' and h.key = p.id::text and h.since > '-infinity') t on true
  where p.account is not null;
grant select on provisioning.official to $app, $relay;
`,
};
