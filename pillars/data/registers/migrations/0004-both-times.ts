import type { Migration } from '@zhengwu/database';

/** What was known is asked by instants of whole milliseconds, and no two versions of a record become known in the same one. */
export const migration: Migration = {
  id: '0004-both-times',
  sql: `
alter table registers.record alter known_from set default date_trunc('milliseconds', now());

-- A bare case id is a case; whatever else names its kind itself: exchange:, correction:, import:, merge:.
create function registers.cause_of(cause text) returns text language sql immutable as $$
  select case when cause ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then 'case:' || cause else cause end
$$;

-- From its day on the given fields replace those of every version known, later ones included; before the first version nothing holds.
create or replace function registers.write(changes jsonb) returns void language plpgsql as $$
declare
  change jsonb;
  from_ date;
  at_ timestamptz;
  old_ registers.record;
  cause_ text;
  isNew_ boolean;
begin
  select coalesce(jsonb_agg(jsonb_set(c.value, '{cause}', to_jsonb(registers.cause_of(c.value->>'cause'))) order by c.place), '[]') into changes
    from jsonb_array_elements(changes) with ordinality c(value, place);
  for change in select * from jsonb_array_elements(changes) loop
    from_ := (change->>'validFrom')::date;
    cause_ := change->>'cause';
    perform pg_advisory_xact_lock(hashtextextended((change->>'register') || ' ' || (change->>'key'), 7));
    select greatest(from_, min(r.valid_from)), greatest(date_trunc('milliseconds', clock_timestamp()), max(r.known_from) + interval '1 millisecond') into from_, at_
      from registers.record r where r.register = change->>'register' and r.key = change->>'key' and r.known_to is null;
    isNew_ := true;
    for old_ in select * from registers.record r where r.register = change->>'register' and r.key = change->>'key'
      and r.known_to is null and (r.valid_to is null or r.valid_to > from_) order by r.valid_from
    loop
      isNew_ := false;
      update registers.record set known_to = at_ where id = old_.id;
      if old_.valid_from < from_ then
        insert into registers.record (register, key, subject, data, valid_from, valid_to, known_from, cause)
          values (old_.register, old_.key, old_.subject, old_.data, old_.valid_from, from_, at_, old_.cause);
      end if;
      insert into registers.record (register, key, subject, data, valid_from, valid_to, known_from, cause)
        values (old_.register, old_.key, coalesce((change->>'subject')::uuid, old_.subject, registers.subject_of(old_.key)),
          old_.data || (change->'data'), greatest(old_.valid_from, from_), old_.valid_to, at_, cause_);
    end loop;
    if isNew_ then
      insert into registers.record (register, key, subject, data, valid_from, known_from, cause)
        values (change->>'register', change->>'key', coalesce((change->>'subject')::uuid, registers.subject_of(change->>'key')), change->'data', from_, at_, cause_);
    end if;
  end loop;
  perform registers.tell(changes);
end $$;

-- As current, but with what was known at an instant.
create function registers.as_known(asked jsonb, on_ date, at_ timestamptz) returns table (register text, key text, data jsonb) language sql stable as $$
  select found_.register, found_.key, found_.data
  from jsonb_to_recordset(asked) as a(register text, key text), lateral (
    select r.register, r.key, r.data from registers.record r where r.register = a.register and r.key = a.key
      and r.known_from <= at_ and (r.known_to is null or r.known_to > at_) and r.valid_from <= on_ and (r.valid_to is null or r.valid_to > on_) offset 0) found_
$$;

-- One record in one round trip without a transaction of its own; at_ null: as it is known now.
create function registers.find(actor jsonb, register_ text, key_ text, on_ date, at_ timestamptz)
  returns table (id uuid, subject uuid, data jsonb, valid_from date, valid_to date, known_from timestamptz, cause text, secrecy smallint) language plpgsql as $$
begin
  perform kernel.enter(actor);
  if at_ is null then
    return query select r.id, r.subject, r.data, r.valid_from, r.valid_to, r.known_from, r.cause, r.secrecy::smallint from registers.record r
      where r.register = register_ and r.key = key_ and r.known_to is null and r.valid_from <= on_ and (r.valid_to is null or r.valid_to > on_);
  else
    return query select r.id, r.subject, r.data, r.valid_from, r.valid_to, r.known_from, r.cause, r.secrecy::smallint from registers.record r
      where r.register = register_ and r.key = key_ and r.known_from <= at_ and (r.known_to is null or r.known_to > at_)
        and r.valid_from <= on_ and (r.valid_to is null or r.valid_to > on_);
  end if;
end $$;
`,
};
