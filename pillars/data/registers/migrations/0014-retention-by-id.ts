import type { Migration } from '@zhengwu/database';

/** Removed one by one by their ids: a join with what is due could be planned as a walk through the whole table. */
export const migration: Migration = {
  id: '0014-retention-by-id',
  sql: `
create or replace function registers.expire(register_ text, before_ date, most int) returns int language plpgsql as $$
declare
  due uuid[];
  removed int;
begin
  due := array(select r.id from registers.record r where r.register = register_ and r.known_to < before_::timestamp at time zone 'Asia/Shanghai'
    and not exists (select from registers.challenge c where c.register = r.register and c.key = r.key and c.state = 'open') order by r.known_to limit most);
  due := due || array(select r.id from registers.record r where r.register = register_ and r.known_to is null and r.valid_to <= before_
    and not exists (select from registers.challenge c where c.register = r.register and c.key = r.key and c.state = 'open') order by r.valid_to limit most - cardinality(due));
  delete from registers.record r where r.id = any (due);
  get diagnostics removed = row_count;
  return removed;
end $$;
`,
};
