import type { Migration } from '@zhengwu/database';

/** Applications for life events and their parts; the answers are in the drafts, what became of them in the cases. */
export const migration: Migration = {
  id: '0001-life-events',
  sql: `
create table life_events.application (
  id uuid primary key,
  event text not null,
  submission_key uuid not null unique,
  owner uuid not null,
  owner_name text not null,
  applicant uuid not null,
  applicant_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When the hand-in began; whether it was carried through is for its parts to say.
  submitted_at timestamptz
);
create index application_owner on life_events.application (owner, updated_at desc);
create index application_handed_in on life_events.application (submitted_at) where submitted_at is not null;

create table life_events.part (
  application uuid not null references life_events.application on delete cascade,
  position int not null,
  service text not null,
  draft uuid not null unique,
  after text[] not null default '{}',
  state text not null default 'filling' check (state in ('filling', 'waiting', 'begun', 'dropped', 'held')),
  case_id uuid,
  note jsonb,
  primary key (application, position),
  check ((state = 'begun') = (case_id is not null))
);
create index part_case on life_events.part (case_id) where case_id is not null;
create index part_open on life_events.part (application) where state in ('filling', 'waiting');

do $$
declare name text;
begin
  foreach name in array array['application', 'part'] loop
    execute format('alter table life_events.%I enable row level security', name);
    execute format('alter table life_events.%I force row level security', name);
    execute format('create policy platform on life_events.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
  end loop;
end $$;
create policy mine on life_events.application using ((select kernel.kind()) = 'citizen' and owner = (select kernel.person()))
  with check ((select kernel.kind()) = 'citizen' and owner = (select kernel.person()));
create policy mine on life_events.part using (exists (select 1 from life_events.application a where a.id = application))
  with check (exists (select 1 from life_events.application a where a.id = application));
`,
};
