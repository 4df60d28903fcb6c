import type { Migration } from '../schema-module.ts';

/**
 * Who acts is set by two settings instead of seven: `zhengwu.who`, what row-level security asks for at each statement, as
 * `kind|person|scope|{departments}|{subjects}|clearance`, and `zhengwu.actor`, all that is known. The program sends the first
 * ready-made (`contextOf`); where SQL enters as somebody it is made here.
 */
export const who: Migration = {
  id: '0007-who',
  sql: `
create or replace function kernel.enter(actor jsonb) returns void language plpgsql as $$
begin
  perform
    set_config('zhengwu.who', coalesce(actor->>'who', concat_ws('|', coalesce(actor->>'kind', ''), coalesce(actor->>'personId', ''), coalesce(actor->>'scope', ''),
      translate(coalesce(actor->>'departments', '{}'), '[] ', '{}'), translate(coalesce(actor->>'subjects', '{}'), '[]" ', '{}'), coalesce(actor->>'clearance', '0'))), true),
    set_config('zhengwu.actor', actor::text, true);
end $$;

create or replace function kernel.kind() returns text language sql stable parallel safe as
  $$ select nullif(split_part(current_setting('zhengwu.who', true), '|', 1), '') $$;
create or replace function kernel.person() returns uuid language sql stable parallel safe as
  $$ select nullif(split_part(current_setting('zhengwu.who', true), '|', 2), '')::uuid $$;
create or replace function kernel.scope() returns text language sql stable parallel safe as
  $$ select nullif(split_part(current_setting('zhengwu.who', true), '|', 3), '') $$;
create or replace function kernel.departments() returns int[] language sql stable parallel safe as
  $$ select coalesce(nullif(split_part(current_setting('zhengwu.who', true), '|', 4), ''), '{}')::int[] $$;
create or replace function kernel.subjects() returns uuid[] language sql stable parallel safe as
  $$ select coalesce(nullif(split_part(current_setting('zhengwu.who', true), '|', 5), ''), '{}')::uuid[] $$;
create or replace function kernel.clearance() returns int language sql stable parallel safe as
  $$ select coalesce(nullif(split_part(current_setting('zhengwu.who', true), '|', 6), ''), '0')::int $$;
create or replace function kernel.is_system() returns boolean language sql stable parallel safe as
  $$ select coalesce(starts_with(current_setting('zhengwu.who', true), 'system|'), false) $$;
create or replace function kernel.reaches_all() returns boolean language sql stable parallel safe as $$
  select coalesce(starts_with(current_setting('zhengwu.who', true), 'system|')
    or (starts_with(current_setting('zhengwu.who', true), 'official|') and split_part(current_setting('zhengwu.who', true), '|', 3) = 'all'), false)
$$;
create or replace function kernel.reach() returns int[] language sql stable parallel safe as $$
  select case when starts_with(current_setting('zhengwu.who', true), 'official|') and split_part(current_setting('zhengwu.who', true), '|', 3) = 'departments'
    then coalesce(nullif(split_part(current_setting('zhengwu.who', true), '|', 4), ''), '{}')::int[] else '{}'::int[] end
$$;
create or replace function kernel.reaches(department int) returns boolean language sql stable parallel safe as
  $$ select kernel.reaches_all() or department = any (kernel.reach()) $$;
create or replace function kernel.reads_up_to() returns int language sql stable parallel safe as $$
  select case when split_part(current_setting('zhengwu.who', true), '|', 1) in ('official', 'application', 'device')
    then coalesce(nullif(split_part(current_setting('zhengwu.who', true), '|', 6), ''), '0')::int else 4 end
$$;
`,
};
