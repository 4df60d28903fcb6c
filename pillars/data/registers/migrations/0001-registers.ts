import type { Migration } from '@zhengwu/database';

/**
 * Registers 基础库: one bitemporal table for all. `valid_*` says when it held in the world (days, end exclusive), `known_*`
 * since when the city knew it so. Nothing is overwritten: a change closes what was known and says it anew.
 */
export const migration: Migration = {
  id: '0001-registers',
  sql: `
create table registers.register (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  keeper text not null,
  sharing text not null check (sharing in ('1', '2', '3')),
  definition jsonb not null,
  pack_hash text not null,
  since timestamptz not null default now()
);
alter table registers.register enable row level security;
alter table registers.register force row level security;
create policy read on registers.register for select using ((select kernel.kind()) is not null);
create policy write on registers.register for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

create table registers.record (
  id uuid primary key default kernel.uuidv7(),
  register text not null,
  key text not null check (length(key) between 1 and 200),
  -- The principal whom the record is about, where the city knows one.
  subject uuid,
  data jsonb not null,
  valid_from date not null,
  valid_to date,
  known_from timestamptz not null default now(),
  known_to timestamptz,
  -- What made it so: a case, a source, a correction.
  cause text not null,
  check (valid_to is null or valid_to > valid_from)
);
create unique index record_current on registers.record (register, key) where known_to is null and valid_to is null;
create index record_key on registers.record (register, key, valid_from desc);
create index record_subject on registers.record (subject) where known_to is null;
alter table registers.record enable row level security;
alter table registers.record force row level security;
-- People see what is about them; officials see registers shared without condition; everything else goes through the module,
-- which reads as the platform and records who asked for what.
create policy own on registers.record for select using (subject = any ((select kernel.subjects())::uuid[]));
create policy open on registers.record for select using ((select kernel.kind()) = 'official'
  and register in (select r.code from registers.register r where r.sharing = '1'));
create policy system on registers.record for all using ((select kernel.is_system())) with check ((select kernel.is_system()));

grant select, insert, update on registers.register to $app;
grant select, insert, update on registers.record to $app;

-- Whom a key stands for, by what any register already knows of it.
create function registers.subject_of(key_ text) returns uuid language sql stable as $$
  select r.subject from registers.register d join registers.record r on r.register = d.code and r.key = key_
  where r.known_to is null and r.subject is not null limit 1
$$;

-- Writes changes: [{register, key, data, validFrom, cause, subject?}]. Given fields replace the record's, the rest stays.
create function registers.write(changes jsonb) returns void language plpgsql as $$
declare
  change jsonb;
  from_ date;
  old_ registers.record;
begin
  for change in select * from jsonb_array_elements(changes) loop
    from_ := (change->>'validFrom')::date;
    perform pg_advisory_xact_lock(hashtextextended((change->>'register') || ' ' || (change->>'key'), 7));
    select * into old_ from registers.record r
      where r.register = change->>'register' and r.key = change->>'key' and r.known_to is null and r.valid_to is null;
    if found and old_.valid_from > from_ then from_ := old_.valid_from; end if;
    if old_.id is not null then
      update registers.record set known_to = now() where id = old_.id;
      if old_.valid_from < from_ then
        insert into registers.record (register, key, subject, data, valid_from, valid_to, cause)
          values (old_.register, old_.key, old_.subject, old_.data, old_.valid_from, from_, old_.cause);
      end if;
    end if;
    insert into registers.record (register, key, subject, data, valid_from, cause)
      values (change->>'register', change->>'key', coalesce((change->>'subject')::uuid, old_.subject, registers.subject_of(change->>'key')),
        coalesce(old_.data, '{}'::jsonb) || (change->'data'), from_, change->>'cause');
    old_ := null;
  end loop;
end $$;

-- Current records of several registers in one round trip: [{register, key}] → [{register, key, data}], valid on a day.
create function registers.current(asked jsonb, on_ date) returns table (register text, key text, data jsonb) language sql stable as $$
  -- "offset 0" keeps it one index probe for each that is asked for, whatever the planner thinks of the table's size.
  select found_.register, found_.key, found_.data
  from jsonb_to_recordset(asked) as a(register text, key text), lateral (
    select r.register, r.key, r.data from registers.record r where r.register = a.register and r.key = a.key
      and r.known_to is null and r.valid_from <= on_ and (r.valid_to is null or r.valid_to > on_) offset 0) found_
$$;

-- The same in one round trip without a transaction of its own: enters as the actor first.
create function registers.look_up(actor jsonb, asked jsonb, on_ date) returns table (register text, key text, data jsonb) language plpgsql as $$
begin
  perform kernel.enter(actor);
  return query select c.register, c.key, c.data from registers.current(asked, on_) c;
end $$;
`,
};
