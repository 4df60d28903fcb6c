/** Consents as they were given and withdrawn, copies asked for, corrections asked for. */
export const migration = {
  id: '0001-privacy',
  sql: `
create table privacy.consent (
  id uuid primary key default kernel.uuidv7(), person uuid not null, code text not null, version int not null,
  act text not null check (act in ('given', 'withdrawn')), at timestamptz not null default clock_timestamp()
);
create index consent_person on privacy.consent (person, code, at desc);
create table privacy.copy (
  id uuid primary key default kernel.uuidv7(), person uuid not null, status text not null default 'asked' check (status in ('asked', 'ready', 'gone')),
  asked_at timestamptz not null default now(), ready_at timestamptz, expires_at timestamptz, hash text, size bigint
);
create index copy_person on privacy.copy (person, asked_at desc);
create index copy_expires on privacy.copy (expires_at) where status = 'ready';
create unique index copy_asked on privacy.copy (person) where status = 'asked';
create table privacy.correction (
  id uuid primary key default kernel.uuidv7(), person uuid not null, person_name text not null, part text not null, wrong text not null, wanted text not null,
  department int, status text not null default 'open' check (status in ('open', 'corrected', 'refused')), asked_at timestamptz not null default now(), due_day date not null,
  answer text, answered_at timestamptz, answered_by uuid
);
create index correction_person on privacy.correction (person, asked_at desc);
create index correction_due on privacy.correction (due_day) where status = 'open';
create index correction_department on privacy.correction (department, due_day);

do $$
declare name text;
begin
  foreach name in array array['consent', 'copy', 'correction'] loop
    execute format('alter table privacy.%I enable row level security', name);
    execute format('alter table privacy.%I force row level security', name);
    execute format('create policy platform on privacy.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
    -- What concerns a person alone: nobody who acts for them sees it.
    execute format('create policy mine on privacy.%I using ((select kernel.kind()) = ''citizen'' and person = (select kernel.person())) with check ((select kernel.kind()) = ''citizen'' and person = (select kernel.person()))', name);
  end loop;
end $$;
create policy keepers on privacy.correction using ((select kernel.kind()) = 'official' and ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[])));
revoke update, delete on privacy.consent from $app, $relay;
revoke delete on privacy.copy, privacy.correction from $app, $relay;
`,
};
