import type { Tx } from '@zhengwu/database';

export interface ToRead {
  id: string;
  number: string;
  title: string;
  edition: string;
  text: string;
  scope: string;
}
const EDITION = `coalesce(e.fields ->> 'edition', '1')`;

/** Published policies that concern this person and that they have not acknowledged in the present edition. Runs as system. */
export const toRead = async (tx: Tx, person: string): Promise<ToRead[]> =>
  (await tx.query<ToRead & Record<string, unknown>>(`select e.id, e.number, e.title, ${EDITION} as edition, e.fields ->> 'text' as text, e.fields ->> 'scope' as scope
    from governance.entry e where e.register = 'policy' and e.state = 'published' and $1::uuid in (select governance.concerned(e.id))
      and not exists (select from governance.acknowledgement a where a.entry = e.id and a.edition = ${EDITION} and a.person = $1) order by e.number limit 50`, [person])).rows;

export const acknowledge = async (tx: Tx, entry: string, person: string): Promise<void> => {
  await tx.query(`insert into governance.acknowledgement (entry, edition, person) select e.id, ${EDITION}, $2 from governance.entry e where e.id = $1 on conflict do nothing`, [entry, person]);
};
export const isPublished = async (tx: Tx, entry: string): Promise<boolean> =>
  (await tx.query(`select 1 from governance.entry where id = $1 and register = 'policy' and state = 'published'`, [entry])).rowCount > 0;

export interface Readers {
  concerned: number;
  read: number;
  missing: { id: string; name: string }[];
}
/** Runs as system. */
export const readers = async (tx: Tx, entry: string): Promise<Readers> => {
  const { rows } = await tx.query<Readers & Record<string, unknown>>(`with who as (select governance.concerned($1) as id),
    done as (select w.id from who w join governance.acknowledgement a on a.person = w.id and a.entry = $1 join governance.entry e on e.id = a.entry where a.edition = ${EDITION})
    select (select count(*)::int from who) as concerned, (select count(*)::int from done) as read,
      (select coalesce(jsonb_agg(m order by m ->> 'name'), '[]') from (select jsonb_build_object('id', p.id, 'name', p.name) as m from who w join directory.person p on p.id = w.id
        where w.id not in (select id from done) order by p.name limit 100) x) as missing`, [entry]);
  return rows[0] ?? { concerned: 0, read: 0, missing: [] };
};
/** How many readings of published policies are still missing. Runs as system. */
export const unread = async (tx: Tx): Promise<number> =>
  (await tx.query<{ n: number }>(`select coalesce(sum((select count(*) from governance.concerned(e.id) c where not exists (select from governance.acknowledgement a where a.entry = e.id and a.edition = ${EDITION} and a.person = c))), 0)::int as n
    from governance.entry e where e.register = 'policy' and e.state = 'published'`)).rows[0]?.n ?? 0;

export interface DueRow {
  id: string;
  number: string;
  title: string;
  due: string;
  escalated: boolean;
}
/** Open entries that somebody owns, or that were brought to them, due within 30 days. Runs as system. */
export const dueFor = async (tx: Tx, person: string, open: readonly string[], today: string): Promise<DueRow[]> =>
  (await tx.query<DueRow & Record<string, unknown>>(`select id, number, title, to_char(due_at, 'YYYY-MM-DD') as due, escalated_at is not null as escalated from governance.entry e
    where (owner = $1 or exists (select from governance.reminder r where r.entry = e.id and r.person = $1 and r.kind = 'escalated'))
      and register || '/' || state = any ($2::text[]) and due_at < $3::date + 30 order by due_at, number limit 50`, [person, open, today])).rows;

/** Entries whose day has passed in a state from which they lapse. */
export const lapsing = async (tx: Tx, register: string, from: readonly string[], today: string): Promise<string[]> =>
  (await tx.query<{ id: string }>('select id from governance.entry where register = $1 and state = any ($2::text[]) and due_at < $3::date order by due_at limit 500 for update skip locked', [register, from, today])).rows.map(({ id }) => id);

export interface Reminded {
  entry: string;
  kind: 'due' | 'overdue' | 'review' | 'escalated';
  person: string | null;
  number: string;
  title: string;
  due: string | null;
}
/** Reminders of this day that whoever they are for should hear of: the first of a kind for an entry, and the last day but one. */
export const worthTelling = async (tx: Tx, today: string): Promise<Reminded[]> =>
  (await tx.query<Reminded & Record<string, unknown>>(`select r.entry, r.kind, r.person, e.number, e.title, to_char(e.due_at, 'YYYY-MM-DD') as due from governance.reminder r join governance.entry e on e.id = r.entry
    where r.day = $1::date and r.person is not null and ((r.kind = 'due' and e.due_at = $1::date + 1) or not exists (select from governance.reminder b where b.entry = r.entry and b.kind = r.kind and b.day < r.day))
    order by r.person, e.number limit 2000`, [today])).rows;

/** Notes once a day and kind what is due within seven days, what is overdue, and what is to be reviewed. */
export const remind = async (tx: Tx, open: readonly string[], today: string): Promise<number> =>
  (await tx.query(`insert into governance.reminder (entry, kind, day, person)
    select id, case when due_at < $2::date then 'overdue' else 'due' end, $2::date, owner from governance.entry where register || '/' || state = any ($1::text[]) and due_at < $2::date + 8
    union all select id, 'review', $2::date, owner from governance.entry where review_at < $2::date on conflict do nothing`, [open, today])).rowCount;

/** Brings what is overdue for longer than `days` to the head of its department, once. */
export const escalate = async (tx: Tx, registers: readonly string[], open: readonly string[], today: string, days: number): Promise<string[]> =>
  (await tx.query<{ id: string }>(`with late as (update governance.entry set escalated_at = clock_timestamp() where register = any ($1::text[]) and register || '/' || state = any ($2::text[])
      and due_at < $3::date - $4::int and escalated_at is null returning id, department),
    told as (insert into governance.reminder (entry, kind, day, person)
      select l.id, 'escalated', $3::date, (select h.person from directory.holding h join directory.post p on p.id = h.post where h.until is null and p.department = l.department and 'leader' = any (p.roles) limit 1) from late l on conflict do nothing)
    select id from late`, [registers, open, today, days])).rows.map(({ id }) => id);
