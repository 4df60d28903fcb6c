/**
 * The trail is read by the platform, by who holds `audit.read` over the whole site, and by nobody else (GB/T 22239-2019 8.1.5.3:
 * the other two administrators have no part in it). A citizen still sees what they did themselves.
 */
export const migration = {
  id: '0002-readers',
  sql: `
create function audit.may_read() returns boolean language sql stable parallel safe as $$
  select coalesce(kernel.kind() = 'official' and kernel.actor()->>'audits' = 'true', false)
$$;
drop policy readers on audit.record;
create policy readers on audit.record for select using (
  (select kernel.is_system()) or (select audit.may_read()) or ((select kernel.kind()) = 'citizen' and person = (select kernel.person())));
`,
};
