import type { Migration } from '@zhengwu/database';

/** Incidents of processes: the last of each case. Whether it is still open is what the process says now. */
export const migration: Migration = {
  id: '0003-incidents',
  sql: `
create table supervision.incident (
  case_id uuid primary key,
  department int not null,
  element text not null,
  reason text not null,
  at timestamptz not null
);
create index incident_at on supervision.incident (at desc, case_id desc);
alter table supervision.incident enable row level security;
alter table supervision.incident force row level security;
create policy owner on supervision.incident to $owner using (true) with check (true);
create policy platform on supervision.incident to $app, $relay using ((select kernel.is_system())) with check ((select kernel.is_system()));
create policy reach on supervision.incident for select to $app using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));
grant select, insert, update on supervision.incident to $app, $relay;

-- True while an incident holds the process of a case.
create function supervision.is_held(wanted uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from processes.instance i, jsonb_array_elements(i.state->'t') t(token)
    where i.id = wanted and i.state->>'s' in ('running', 'suspended') and t.token ? 'x')
$$;
`,
};
