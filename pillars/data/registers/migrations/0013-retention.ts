import type { Migration } from '@zhengwu/database';

/** Versions that no longer hold are removed once the retention of their register has run out, so many at a time. */
export const migration: Migration = {
  id: '0013-retention',
  sql: `
create index record_superseded on registers.record (register, known_to) where known_to is not null;
create index record_ended on registers.record (register, valid_to) where known_to is null and valid_to is not null;

-- What holds or may yet be corrected stays: versions without an end, and records about which a challenge is open.
create function registers.expire(register_ text, before_ date, most int) returns int language plpgsql as $$
declare
  removed int;
begin
  with due as (
    (select r.id from registers.record r where r.register = register_ and r.known_to < before_::timestamp at time zone 'Asia/Shanghai'
      and not exists (select from registers.challenge c where c.register = r.register and c.key = r.key and c.state = 'open') order by r.known_to limit most)
    union all
    (select r.id from registers.record r where r.register = register_ and r.known_to is null and r.valid_to <= before_
      and not exists (select from registers.challenge c where c.register = r.register and c.key = r.key and c.state = 'open') order by r.valid_to limit most)
    limit most)
  delete from registers.record r using due where r.id = due.id;
  get diagnostics removed = row_count;
  return removed;
end $$;
`,
};
