export const migration = {
  id: '0001-governance',
  sql: `
-- An entry of a register; which registers there are, their fields and states, is data of the module.
create table governance.entry (
  id uuid primary key,
  number text not null unique,
  register text not null,
  title text not null,
  fields jsonb not null,
  department int not null,
  owner uuid,
  state text not null,
  due_at date,
  review_at date,
  escalated_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid
);
create index entry_register on governance.entry (register, due_at, number);
create index entry_department on governance.entry (department);
create index entry_owner on governance.entry (owner) where owner is not null;
create index entry_due on governance.entry (due_at) where due_at is not null;

-- Who did what to an entry, when and why, before and after.
create table governance.entry_change (
  entry uuid not null references governance.entry,
  version int not null,
  at timestamptz not null default now(),
  person uuid,
  name text not null,
  act text not null,
  reason text,
  before jsonb,
  after jsonb,
  primary key (entry, version)
);
-- Approvals given to the act in hand; they end when it is done or the entry is changed.
create table governance.approval (
  entry uuid not null references governance.entry,
  version int not null,
  act text not null,
  person uuid not null,
  at timestamptz not null default now(),
  primary key (entry, version, act, person)
);
-- What really ran and how it ended: a restore, a drill.
create table governance.proof (
  id uuid primary key,
  entry uuid not null references governance.entry,
  kind text not null,
  outcome text not null check (outcome in ('passed', 'failed')),
  detail jsonb not null,
  at timestamptz not null default now()
);
create index proof_entry on governance.proof (entry, at desc);
create table governance.acknowledgement (
  entry uuid not null references governance.entry,
  edition text not null,
  person uuid not null,
  at timestamptz not null default now(),
  primary key (entry, edition, person)
);
create table governance.reminder (
  entry uuid not null references governance.entry,
  kind text not null check (kind in ('due', 'overdue', 'escalated', 'review')),
  day date not null,
  person uuid,
  primary key (entry, kind, day)
);
-- Joins two things by name: entry:ID, person:ID, control:STANDARD/ID, evidence:CODE.
create table governance.link (
  id uuid primary key,
  source text not null,
  target text not null,
  kind text not null,
  person uuid,
  at timestamptz not null default now(),
  unique (source, target, kind),
  check (source <> target)
);
create index link_target on governance.link (target);

do $$
declare name text;
begin
  foreach name in array array['entry', 'entry_change', 'approval', 'proof', 'acknowledgement', 'reminder', 'link'] loop
    execute format('alter table governance.%I enable row level security', name);
    execute format('alter table governance.%I force row level security', name);
    execute format('create policy owner on governance.%I to $owner using (true) with check (true)', name);
    execute format('create policy platform on governance.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    execute format('revoke delete, truncate on governance.%I from $app, $relay', name);
  end loop;
end $$;
grant delete on governance.link to $app;
revoke update on governance.entry_change, governance.approval, governance.proof, governance.acknowledgement, governance.reminder, governance.link from $app, $relay;

-- Within reach of the permission asked for; one's own; and what is published to be read by all.
create policy reach on governance.entry using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));
create policy own on governance.entry for select using ((select kernel.kind()) = 'official' and owner = (select kernel.person()));
create policy published on governance.entry for select using ((select kernel.kind()) = 'official' and register = 'policy' and state = 'published');
-- What belongs to an entry is seen and written by whom the entry lets.
create policy seen on governance.entry_change for select using (entry in (select id from governance.entry));
create policy written on governance.entry_change for insert with check ((select kernel.kind()) = 'official' and entry in (select id from governance.entry) and person = (select kernel.person()));
create policy seen on governance.approval for select using (entry in (select id from governance.entry));
create policy written on governance.approval for insert with check ((select kernel.kind()) = 'official' and entry in (select id from governance.entry) and person = (select kernel.person()));
create policy seen on governance.proof for select using (entry in (select id from governance.entry));
create policy own on governance.acknowledgement using ((select kernel.kind()) = 'official' and person = (select kernel.person())) with check ((select kernel.kind()) = 'official' and person = (select kernel.person()));
create policy brought on governance.reminder for select using ((select kernel.kind()) = 'official' and person = (select kernel.person()));
-- A link holds names of things and nothing of what they say.
create policy named on governance.link for select using ((select kernel.kind()) = 'official');
create policy joined on governance.link for insert with check ((select kernel.kind()) = 'official' and person = (select kernel.person()));
create policy undone on governance.link for delete using ((select kernel.reaches_all()) or person = (select kernel.person()));

-- Tables and whether they are protected, for the register of assets and the checks; the catalogue itself holds no rows of anybody.
create function governance.tables() returns table (name text, forced boolean) language sql stable as $$
  select n.nspname || '.' || c.relname, c.relrowsecurity and c.relforcerowsecurity
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema|public$|graphile)' order by 1
$$;
-- Whom a policy concerns: everybody in office, or those of the department and below.
create function governance.concerned(wanted uuid) returns setof uuid language sql stable as $$
  select distinct h.person from governance.entry e
    join directory.holding h on h.until is null join directory.person p on p.id = h.person and p.active join directory.post o on o.id = h.post
  where e.id = wanted and (e.fields ->> 'audience' = 'all' or o.department = any (directory.below(e.department)))
$$;
`,
};
