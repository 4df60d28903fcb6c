import type { Migration } from '@zhengwu/database';

/** What is looked up comes with since when it holds, since when it was known and whom it is about: a fact names its source. */
export const migration: Migration = {
  id: '0012-held',
  sql: `
create function registers.look_up_held(actor jsonb, asked jsonb, on_ date)
  returns table (register text, key text, data jsonb, valid_from date, known_from timestamptz, subject uuid) language plpgsql as $$
begin
  perform kernel.enter(actor);
  return query select f.register, f.key, f.data, f.valid_from, f.known_from, f.subject
    from jsonb_to_recordset(asked) as a(register text, key text), lateral (
      select r.register, r.key, r.data, r.valid_from, r.known_from, r.subject from registers.record r where r.register = a.register and r.key = a.key
        and r.known_to is null and r.valid_from <= on_ and (r.valid_to is null or r.valid_to > on_) offset 0) f;
end $$;
`,
};
