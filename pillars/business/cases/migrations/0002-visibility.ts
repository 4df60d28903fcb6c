import type { Migration } from '@zhengwu/database';

/**
 * Who sees which row. Officials: the reach of the permission they act under (`all`, departments, or `own`: cases in their
 * hands or circulated to them). Citizens: cases of themselves and of whom they may act for, without the inner workings.
 * The owner role is let through because only this module's SECURITY DEFINER functions run as it.
 */
export const migration: Migration = {
  id: '0002-visibility',
  sql: `
do $$
declare name text;
begin
  foreach name in array array['case', 'involved', 'application', 'material', 'task', 'history', 'correction', 'correction_item', 'suspension',
    'rating', 'circulation', 'appointment', 'stamp', 'draft', 'upload', 'effort']
  loop
    execute format('alter table cases.%I enable row level security', name);
    execute format('alter table cases.%I force row level security', name);
    execute format('create policy owner on cases.%I to $owner using (true) with check (true)', name);
    execute format('create policy system on cases.%I for select to $app, $relay using ((select kernel.kind()) = ''system'')', name);
    execute format('grant select on cases.%I to $app, $relay', name);
  end loop;
end $$;

create function cases.in_my_hands(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from cases.task t where t.case_id = wanted and t.assignee = kernel.person())
      or exists (select 1 from cases.circulation c where c.case_id = wanted and c.person = kernel.person())
$$;

create policy official on cases.case for select to $app using (
  (select kernel.kind()) = 'official' and (
    (select kernel.scope()) = 'all'
    or department = any ((select kernel.departments())::int[])
    or exists (select 1 from cases.involved i where i.case_id = id and i.department = any ((select kernel.departments())::int[]))
    or cases.in_my_hands(id)));
create policy citizen on cases.case for select to $app using (
  (select kernel.kind()) = 'citizen' and applicant = any ((select kernel.subjects())::uuid[]));

create policy official on cases.involved for select to $app using (
  (select kernel.kind()) = 'official' and ((select kernel.scope()) = 'all' or department = any ((select kernel.departments())::int[])));

create policy reader on cases.application for select to $app using (exists (select 1 from cases.case c where c.id = case_id));
create policy reader on cases.material for select to $app using (exists (select 1 from cases.case c where c.id = case_id));
create policy reader on cases.history for select to $app using (
  (not internal or (select kernel.kind()) = 'official') and exists (select 1 from cases.case c where c.id = case_id));
create policy reader on cases.correction for select to $app using (exists (select 1 from cases.case c where c.id = case_id));
create policy reader on cases.correction_item for select to $app using (exists (select 1 from cases.case c where c.id = case_id));
create policy reader on cases.suspension for select to $app using (exists (select 1 from cases.case c where c.id = case_id));
create policy reader on cases.rating for select to $app using (exists (select 1 from cases.case c where c.id = case_id));
create policy official on cases.task for select to $app using (
  (select kernel.kind()) = 'official' and (
    (select kernel.scope()) = 'all' or department = any ((select kernel.departments())::int[])
    or assignee = (select kernel.person()) or exists (select 1 from cases.case c where c.id = case_id)));
create policy official on cases.effort for select to $app using ((select kernel.kind()) = 'official');

create policy reader on cases.circulation for select to $app using (
  (select kernel.kind()) = 'official' and (person = (select kernel.person()) or exists (select 1 from cases.case c where c.id = case_id)));
create policy reader on cases.appointment for select to $app using ((select kernel.kind()) in ('official', 'citizen'));

create policy mine on cases.stamp to $app using (person = (select kernel.person())) with check (person = (select kernel.person()));
grant insert, update on cases.stamp to $app;

create policy mine on cases.draft to $app using ((select kernel.kind()) = 'citizen' and owner = (select kernel.person()) and applicant = any ((select kernel.subjects())::uuid[]))
  with check ((select kernel.kind()) = 'citizen' and owner = (select kernel.person()) and applicant = any ((select kernel.subjects())::uuid[]));
grant insert, update, delete on cases.draft to $app;

create policy mine on cases.upload to $app using (person = (select kernel.person())) with check (person = (select kernel.person()));
grant insert, update on cases.upload to $app;
`,
};
