import type { Migration } from '@zhengwu/database';

/** Those who join are entered by the keepers of the directory. */
export const migration: Migration = {
  id: '0005-flow',
  sql: `
create policy joiners on directory.person for insert to $app with check ((select kernel.kind()) = 'official' and (select kernel.scope()) = 'all');
create unique index person_account on directory.person (lower(account));

-- Ends what a person stands in for, is stood in for and is mandated to do; for the platform.
create function directory.end_ties(person_ uuid) returns jsonb language plpgsql as $$
declare
  delegations int;
  mandates int;
begin
  update directory.delegation set ended_at = now() where person_ in (from_person, to_person) and ended_at is null and ends_at > now();
  get diagnostics delegations = row_count;
  update directory.mandate set status = 'ended', ended_at = now() where agent = person_ and status <> 'ended';
  get diagnostics mandates = row_count;
  return jsonb_build_object('delegations', delegations, 'mandates', mandates);
end $$;

create function directory.ties_of(person_ uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'posts', (select count(*) from directory.holding h where h.person = person_ and h.until is null),
    'delegations', (select count(*) from directory.delegation d where person_ in (d.from_person, d.to_person) and d.ended_at is null and d.ends_at > now()),
    'mandates', (select count(*) from directory.mandate m where m.agent = person_ and m.status <> 'ended'))
$$;
`,
};
