import type { Migration } from '@zhengwu/database';

/** Who follows a register is told which records changed, from when and by what; not what is in them. */
export const migration: Migration = {
  id: '0003-told',
  sql: `
create function registers.tell(changes jsonb) returns void language sql as $$
  select events.append('register.changed', told.register, jsonb_build_object('register', told.register, 'changes', told.changes))
  from (
    select c.value->>'register' as register, jsonb_agg(jsonb_build_object('key', c.value->>'key', 'validFrom', c.value->>'validFrom', 'cause', c.value->>'cause') order by c.place) as changes
    from jsonb_array_elements(changes) with ordinality c(value, place) group by 1, (c.place - 1) / 1000
  ) told
$$;

create or replace function registers.write(changes jsonb) returns void language plpgsql as $$
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
  perform registers.tell(changes);
end $$;
`,
};
