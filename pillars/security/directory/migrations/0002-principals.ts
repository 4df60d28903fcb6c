import type { Migration } from '@zhengwu/database';

/** Citizens and companies, the mandates between them, and who sees which row of the directory. */
export const migration: Migration = {
  id: '0002-principals',
  sql: `
create table directory.principal (
  id uuid primary key,
  kind text not null check (kind in ('person', 'institution')),
  name text not null,
  -- Keyed hash to find it by, and the number itself sealed: neither tells it to a reader of the table.
  identifier_hash text not null unique,
  identifier_sealed text not null,
  phone text,
  email text,
  division text,
  since timestamptz not null default now()
);
create table directory.mandate (
  id uuid primary key,
  principal uuid not null references directory.principal,
  agent uuid not null references directory.principal,
  basis text not null check (basis in ('representative', 'agent', 'guardian', 'family')),
  services text[],
  status text not null check (status in ('offered', 'active', 'ended')),
  starts_at timestamptz not null default now(),
  ends_at timestamptz,
  ended_at timestamptz,
  check (principal <> agent)
);
create index mandate_agent on directory.mandate (agent) where status <> 'ended';
create index mandate_principal on directory.mandate (principal) where status <> 'ended';

-- Whom a citizen may act for now, themselves first.
create function directory.subjects_of(wanted uuid) returns uuid[] language sql stable as $$
  select array_prepend(wanted, coalesce(array_agg(m.principal order by m.starts_at), '{}')) from directory.mandate m
  where m.agent = wanted and m.status = 'active' and now() >= m.starts_at and (m.ends_at is null or m.ends_at > now())
$$;

do $$
declare name text;
begin
  foreach name in array array['division', 'department', 'role', 'role_grant', 'post', 'person', 'holding', 'delegation', 'principal', 'mandate'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy owner on directory.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on directory.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('grant select, insert, update, delete on directory.%I to $app, $relay', name);
  end loop;
  foreach name in array array['division', 'department', 'role', 'role_grant', 'post', 'person', 'holding'] loop
    execute format('create policy officials on directory.%I for select to $app using ((select kernel.kind()) = ''official'')', name);
  end loop;
  foreach name in array array['role', 'role_grant', 'holding'] loop
    execute format('create policy keepers on directory.%I to $app using ((select kernel.kind()) = ''official'' and (select kernel.scope()) = ''all'')
      with check ((select kernel.kind()) = ''official'' and (select kernel.scope()) = ''all'')', name);
  end loop;
end $$;
create policy keepers on directory.person for update to $app using ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all');
create policy mine on directory.delegation to $app
  using ((select kernel.kind()) = 'official' and (select kernel.person()) in (from_person, to_person))
  with check ((select kernel.kind()) = 'official' and from_person = (select kernel.person()));
create policy mine on directory.principal for select to $app using ((select kernel.kind()) = 'citizen' and id = any ((select kernel.subjects())::uuid[]));
create policy mine on directory.mandate for select to $app using (
  (select kernel.kind()) = 'citizen' and (agent = (select kernel.person()) or principal = any ((select kernel.subjects())::uuid[])));

-- One citizen or company as the platform reads them, in one round trip.
create function directory.principal_of(actor jsonb, wanted uuid) returns setof directory.principal language plpgsql as $$
begin
  perform kernel.enter(actor);
  return query select * from directory.principal p where p.id = wanted;
end $$;

-- Principals and mandates that another module's unit of work brings into being.
create function directory.enter_principals(rows jsonb, mandates jsonb) returns void language plpgsql as $$
begin
  insert into directory.principal (id, kind, name, identifier_hash, identifier_sealed, phone, email, division)
    select id, kind, name, identifier_hash, identifier_sealed, phone, email, division
    from jsonb_to_recordset(rows) r (id uuid, kind text, name text, identifier_hash text, identifier_sealed text, phone text, email text, division text)
    on conflict (identifier_hash) do nothing;
  insert into directory.mandate (id, principal, agent, basis, status)
    select m.id, m.principal, m.agent, m.basis, 'active' from jsonb_to_recordset(mandates) m (id uuid, principal uuid, agent uuid, basis text)
    where not exists (select 1 from directory.mandate k where k.principal = m.principal and k.agent = m.agent and k.status = 'active');
end $$;
`,
};
