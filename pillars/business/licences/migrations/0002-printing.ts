import type { Migration } from '@zhengwu/database';

/** The portrait that was given with a case, for its licence's print; the platform alone is answered. A site without cases has none. */
export const migration: Migration = {
  id: '0002-printing',
  sql: `
create function licences.portrait_of(case_ uuid, material_ text) returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if not kernel.is_system() or to_regclass('cases.material') is null then return null; end if;
  return (select m.file_hash from cases.material m
    where m.case_id = case_ and m.code = material_ and m.file_type in ('image/jpeg', 'image/png') and m.file_hash is not null and not m.replaced
    order by m.given_at desc limit 1);
end $$;
`,
};
