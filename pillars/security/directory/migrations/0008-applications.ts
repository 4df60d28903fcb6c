import type { Migration } from '@zhengwu/database';

/** Groups of people, and applications of the city as principals of their own: who owns them, what they may read, their secrets hashed. */
export const migration: Migration = {
  id: '0008-applications',
  sql: `
create table directory.people_group (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  name_zh text not null,
  name_en text not null,
  -- Whoever keeps it; its members may be anywhere.
  department int not null references directory.department,
  version int not null default 1
);
create table directory.group_member (
  group_id uuid not null references directory.people_group on delete cascade,
  person uuid not null references directory.person,
  since timestamptz not null default now(),
  primary key (group_id, person)
);
create index group_member_person on directory.group_member (person);

create table directory.application (
  id uuid primary key,
  -- Known to the outside: client_id of OpenID Connect, bind name of LDAP, account of SCIM.
  client_id text not null unique check (client_id ~ '^[a-z0-9][a-z0-9.-]{2,63}$'),
  name_zh text not null,
  name_en text not null,
  department int not null references directory.department,
  permissions text[] not null,
  -- What departments it may see: its owner's and those below, or all.
  scope text not null check (scope in ('department', 'region-subtree', 'line-subtree', 'subtree', 'all')),
  secret_hash text,
  active boolean not null default true,
  ends_on date,
  used_at timestamptz,
  version int not null default 1
);
do $$
declare name text;
begin
  foreach name in array array['people_group', 'group_member', 'application'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy owner on directory.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on directory.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('create policy keepers on directory.%I to $app using ((select kernel.kind()) = ''official'' and (select kernel.scope()) = ''all'')
      with check ((select kernel.kind()) = ''official'' and (select kernel.scope()) = ''all'')', name);
    execute format('grant select, insert, update, delete on directory.%I to $app, $relay', name);
  end loop;
end $$;
create policy officials on directory.people_group for select to $app using ((select kernel.kind()) = 'official');
create policy officials on directory.group_member for select to $app using ((select kernel.kind()) = 'official');
create trigger remember after insert or update or delete on directory.people_group for each row execute function directory.remember();

-- Groups of people who left are groups no more for them.
create function directory.members(group_ uuid) returns setof uuid language sql stable as $$
  select m.person from directory.group_member m join directory.person p on p.id = m.person where m.group_id = group_ and p.active
$$;

-- An application that shows its secret: who it is and how far it reaches; null for a wrong one. Its powers never include an administrator's.
create function directory.application_of(client text, hash text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  found_ directory.application;
begin
  if not kernel.is_system() then return null; end if;
  update directory.application a set used_at = now() where a.client_id = client and a.secret_hash = hash and a.active and (a.ends_on is null or a.ends_on >= (now() at time zone 'Asia/Shanghai')::date)
    returning * into found_;
  if not found then return null; end if;
  return jsonb_build_object('id', found_.id, 'clientId', found_.client_id, 'name', jsonb_build_object('zh', found_.name_zh, 'en', found_.name_en), 'department', found_.department, 'permissions', found_.permissions,
    'scope', found_.scope, 'departments', case found_.scope when 'all' then '[]'::jsonb when 'department' then to_jsonb(directory.seat(found_.department))
      else to_jsonb(directory.below(found_.department, found_.scope in ('subtree', 'region-subtree'), found_.scope in ('subtree', 'line-subtree'))) end);
end $$;

create function directory.guard_application() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from unnest(new.permissions) p join directory.duty d on directory.covers(d.powers, p)) then perform kernel.fail('application.duty'); end if;
  return new;
end $$;
create trigger guard before insert or update of permissions on directory.application for each row execute function directory.guard_application();
`,
};
