import type { Migration } from '@zhengwu/database';

/**
 * Whom a new record is about is told from other records under the same number. Without an index of its own that question walked through every record
 * that is about anybody: each new record cost more the larger the registers were.
 */
export const migration: Migration = {
  id: '0015-subject-by-key',
  sql: `
create index record_subject_by_key on registers.record (key) include (subject) where known_to is null and subject is not null;

create or replace function registers.subject_of(key_ text) returns uuid language sql stable as $$
  select r.subject from registers.record r where r.key = key_ and r.known_to is null and r.subject is not null limit 1
$$;

create or replace function registers.write_batch(register_ text, cause_ text, rows_ jsonb, is_once_ boolean default false)
  returns table (added int, changed int, unchanged int, repeated text[]) language plpgsql as $$
#variable_conflict use_column
declare
  steps_ registers.batch_step[];
  given_ int := jsonb_array_length(rows_);
  named_ text := registers.cause_of(cause_);
  -- Said here, or a trigger asks for it once a row.
  secrecy_ smallint := (select r.secrecy from registers.register r where r.code = register_);
begin
  -- The same locks as registers.write takes, always in one order, so that two batches never wait for each other in a ring.
  perform pg_advisory_xact_lock(l.hash) from (
    select distinct hashtextextended(register_ || ' ' || i.key, 7) as hash from jsonb_to_recordset(rows_) as i(key text) order by 1 offset 0
  ) l;

  if is_once_ then
    select coalesce(array_agg(i.key), '{}') into repeated from jsonb_to_recordset(rows_) as i(key text, data jsonb)
      where exists (select from registers.record r where r.register = register_ and r.key = i.key and r.known_to is null and r.cause = named_ and r.data || i.data <> r.data);
  else
    repeated := '{}';
  end if;

  select array_agg(row(i.key, i.subject, i.data, greatest(i."validFrom", v.first_day), v.at_instant, v.id, v.subject, v.data, v.valid_from, v.valid_to, v.cause)::registers.batch_step)
  into steps_
  from jsonb_to_recordset(rows_) as i(key text, data jsonb, "validFrom" date, subject uuid)
  cross join lateral (
    select known.first_day, greatest(date_trunc('milliseconds', clock_timestamp()), known.last_instant + interval '1 millisecond') as at_instant, o.*, bool_or(o.id is null or o.data || i.data <> o.data) over () as is_changed
    from (
      select min(r.valid_from) as first_day, max(r.known_from) as last_instant from registers.record r
      where r.register = register_ and r.key = i.key and r.known_to is null
    ) known
    left join lateral (
      select r.id, r.subject, r.data, r.valid_from, r.valid_to, r.cause from registers.record r
      where r.register = register_ and r.key = i.key and r.known_to is null and (r.valid_to is null or r.valid_to > greatest(i."validFrom", known.first_day))
    ) o on true
  ) v
  where v.is_changed and i.key <> all (repeated);

  update registers.record r set known_to = s.at_instant from unnest(steps_) s where r.id = s.old_id;

  insert into registers.record (register, key, subject, data, valid_from, valid_to, known_from, cause, secrecy)
    select register_, s.key, s.old_subject, s.old_data, s.old_from, s.from_day, s.at_instant, s.old_cause, secrecy_
    from unnest(steps_) s where s.old_from < s.from_day
    union all
    select register_, s.key, coalesce(s.subject, s.old_subject, known.subject), coalesce(s.old_data, '{}'::jsonb) || s.data,
      greatest(s.old_from, s.from_day), s.old_to, s.at_instant, named_, secrecy_
    from unnest(steps_) s
    -- registers.subject_of, without the cost of calling it.
    left join lateral (
      select r.subject from registers.record r where s.subject is null and s.old_subject is null and r.key = s.key and r.known_to is null and r.subject is not null limit 1
    ) known on true;

  select count(distinct s.key) filter (where s.old_id is null), count(distinct s.key) filter (where s.old_id is not null) into added, changed from unnest(steps_) s;
  unchanged := given_ - added - changed - cardinality(repeated);
  perform registers.tell((select jsonb_agg(jsonb_build_object('register', register_, 'key', s.key, 'validFrom', s.day, 'cause', named_))
    from (select s.key, min(s.from_day) as day from unnest(steps_) s group by s.key) s)) where added + changed > 0;
  return next;
end $$;
`,
};
