/** Quotas, what is used of them, requests for more, and the ledger of exports, which nobody alters. */
export const migration = {
  id: '0001-disclosure',
  sql: `
create table disclosure.quota (
  id uuid primary key default kernel.uuidv7(), kind text, role text, rows int not null check (rows between 0 and 1000000000), by_name text not null, at timestamptz not null default now(),
  unique nulls not distinct (kind, role)
);
create table disclosure.usage (person uuid not null, kind text not null, day date not null, rows int not null check (rows >= 0), primary key (person, kind, day));
create table disclosure.request (
  id uuid primary key default kernel.uuidv7(), person uuid not null, person_name text not null, kind text not null, reason text not null, rows int not null check (rows > 0),
  asked_at timestamptz not null default now(), status text not null default 'asked' check (status in ('asked', 'approved', 'refused', 'withdrawn')),
  decided_by uuid, decided_name text, decided_at timestamptz, note text, allowed int, until timestamptz, used int not null default 0,
  -- Nobody lets themselves out.
  check (decided_by is null or decided_by <> person),
  check (status <> 'approved' or (allowed > 0 and until is not null and decided_by is not null)),
  check (used >= 0 and used <= coalesce(allowed, 0))
);
create unique index request_asked on disclosure.request (person, kind) where status = 'asked';
create index request_person on disclosure.request (person, asked_at desc);
create index request_open on disclosure.request (asked_at) where status = 'asked';
create table disclosure.export (
  id uuid primary key default kernel.uuidv7(), number text not null unique, person uuid not null, person_name text not null, kind text not null, at timestamptz not null, rows int not null, size int not null,
  hash text not null, reason text, filter jsonb not null, found jsonb not null, request uuid references disclosure.request, key text not null, unique (person, key)
);
create index export_kind on disclosure.export (kind, id desc);
create index export_person on disclosure.export (person, id desc);

do $$
declare name text;
begin
  foreach name in array array['quota', 'usage', 'request', 'export'] loop
    execute format('alter table disclosure.%I enable row level security', name);
    execute format('alter table disclosure.%I force row level security', name);
    execute format('create policy platform on disclosure.%I using ((select kernel.is_system())) with check ((select kernel.is_system()))', name);
  end loop;
  foreach name in array array['usage', 'request', 'export'] loop
    execute format('create policy own on disclosure.%I for select using ((select kernel.kind()) = ''official'' and person = (select kernel.person()))', name);
  end loop;
  foreach name in array array['request', 'export', 'quota'] loop
    execute format('create policy overseen on disclosure.%I for select using ((select kernel.kind()) = ''official'' and (select kernel.reaches_all()))', name);
  end loop;
end $$;
revoke update, delete on disclosure.export from $app, $relay;
revoke delete on disclosure.usage, disclosure.request from $app, $relay;
`,
};
