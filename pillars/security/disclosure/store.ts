import type { Tx } from '@zhengwu/database';
import type { Tally } from '@zhengwu/detectors';

export interface RequestRow {
  id: string;
  person: string;
  person_name: string;
  kind: string;
  reason: string;
  rows: number;
  asked_at: Date;
  status: 'asked' | 'approved' | 'refused' | 'withdrawn';
  decided_name: string | null;
  decided_at: Date | null;
  note: string | null;
  allowed: number | null;
  until: Date | null;
  used: number;
}
export interface ExportRow {
  id: string;
  number: string;
  person: string;
  person_name: string;
  kind: string;
  at: Date;
  rows: number;
  size: number;
  hash: string;
  reason: string | null;
  filter: Record<string, string>;
  found: Tally & Record<string, number>;
  request: string | null;
  key: string;
}
export interface QuotaRow {
  id: string;
  kind: string | null;
  role: string | null;
  rows: number;
  by_name: string;
  at: Date;
}
type Row<T> = T & Record<string, unknown>;
const MOST = 100;
const first = async <T>(tx: Tx, text: string, values: unknown[]): Promise<T | undefined> => (await tx.query<Row<T>>(text, values)).rows[0];

/** The quota that holds for a person: of their roles the most generous, of the kind before of all kinds; undefined where no row says. */
export const quotaOf = async (tx: Tx, person: string, kind: string): Promise<number | undefined> =>
  (await first<{ rows: number }>(tx, `select max(q.rows) as rows from disclosure.quota q
    where (q.kind = $2 or q.kind is null) and (q.role is null or q.role in (select unnest(p.roles) from directory.holding h join directory.post p on p.id = h.post where h.person = $1 and h.until is null))
    group by (q.role is not null), (q.kind is not null) order by (q.role is not null) desc, (q.kind is not null) desc limit 1`, [person, kind]))?.rows;
export const usedOn = async (tx: Tx, person: string, kind: string, day: string): Promise<number> =>
  (await first<{ rows: number }>(tx, 'select rows from disclosure.usage where person = $1 and kind = $2 and day = $3', [person, kind, day]))?.rows ?? 0;
/** Counts rows against the day's quota; false, and nothing counted, where they do not fit. Two at once wait for each other. */
export const use = async (tx: Tx, person: string, kind: string, day: string, rows: number, quota: number): Promise<boolean> =>
  (await first(tx, `insert into disclosure.usage as u (person, kind, day, rows) select $1, $2, $3, $4::int where $4::int <= $5::int
    on conflict (person, kind, day) do update set rows = u.rows + excluded.rows where u.rows + excluded.rows <= $5::int returning rows`, [person, kind, day, rows, quota])) !== undefined;
/** Counts rows against an approval that holds now; its id, or undefined where none has so many left. */
export const useApproval = async (tx: Tx, person: string, kind: string, now: Date, rows: number): Promise<string | undefined> =>
  (await first<{ id: string }>(tx, `update disclosure.request r set used = r.used + $4::int where r.id = (select o.id from disclosure.request o
      where o.person = $1 and o.kind = $2 and o.status = 'approved' and o.until > $3 and o.allowed - o.used >= $4::int order by o.until limit 1 for update)
    returning r.id`, [person, kind, now, rows]))?.id;
export const approvalLeft = async (tx: Tx, person: string, kind: string, now: Date): Promise<{ left: number; until: Date } | undefined> =>
  first(tx, `select allowed - used as left, until from disclosure.request where person = $1 and kind = $2 and status = 'approved' and until > $3 and used < allowed order by until limit 1`, [person, kind, now]);

export const nextNumber = async (tx: Tx): Promise<number> => Number((await first<{ n: string }>(tx, `select kernel.next_number('disclosure.export')::text as n`, []))?.n);
export const byKey = (tx: Tx, person: string, key: string): Promise<ExportRow | undefined> => first(tx, 'select * from disclosure.export where person = $1 and key = $2', [person, key]);
/** One command of a person at a time: a repeat that comes beside the first waits for it. */
export const holdKey = async (tx: Tx, person: string, key: string): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`disclosure.export/${person}/${key}`]);
};
export const enter = async (tx: Tx, row: Omit<ExportRow, 'id'>): Promise<string> =>
  (await first<{ id: string }>(tx, `insert into disclosure.export (number, person, person_name, kind, at, rows, size, hash, reason, filter, found, request, key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id`,
    [row.number, row.person, row.person_name, row.kind, row.at, row.rows, row.size, row.hash, row.reason, JSON.stringify(row.filter), JSON.stringify(row.found), row.request, row.key]))?.id as string;
export const ledger = async (tx: Tx, { after, kind, limit }: { after: string | null; kind: string | null; limit: number }): Promise<ExportRow[]> =>
  (await tx.query<Row<ExportRow>>('select * from disclosure.export where ($1::uuid is null or id < $1) and ($2::text is null or kind = $2) order by id desc limit $3', [after, kind, limit])).rows;
export const exportsOf = async (tx: Tx, person: string, limit: number): Promise<ExportRow[]> => (await tx.query<Row<ExportRow>>('select * from disclosure.export where person = $1 order by id desc limit $2', [person, limit])).rows;

export const ask = (tx: Tx, row: { person: string; name: string; kind: string; rows: number; reason: string }): Promise<RequestRow | undefined> =>
  first(tx, `insert into disclosure.request (person, person_name, kind, rows, reason) values ($1, $2, $3, $4, $5) on conflict (person, kind) where status = 'asked' do nothing returning *`, [row.person, row.name, row.kind, row.rows, row.reason]);
export const requestById = (tx: Tx, id: string): Promise<RequestRow | undefined> => first(tx, 'select * from disclosure.request where id = $1 for update', [id]);
export const withdraw = (tx: Tx, id: string, person: string): Promise<RequestRow | undefined> =>
  first(tx, `update disclosure.request set status = 'withdrawn', decided_at = now() where id = $1 and person = $2 and status = 'asked' returning *`, [id, person]);
export const decide = (tx: Tx, id: string, by: { person: string; name: string }, to: { status: 'approved' | 'refused'; note: string; allowed: number | null; until: Date | null }): Promise<RequestRow | undefined> =>
  first(tx, `update disclosure.request set status = $2, decided_by = $3, decided_name = $4, decided_at = now(), note = $5, allowed = $6, until = $7 where id = $1 and status = 'asked' returning *`, [id, to.status, by.person, by.name, to.note, to.allowed, to.until]);
export const requests = async (tx: Tx, onlyOpen: boolean): Promise<RequestRow[]> =>
  (await tx.query<Row<RequestRow>>(`select * from disclosure.request where not $1 or status = 'asked' order by status <> 'asked', asked_at desc limit $2`, [onlyOpen, MOST])).rows;
export const requestsOf = async (tx: Tx, person: string): Promise<RequestRow[]> => (await tx.query<Row<RequestRow>>('select * from disclosure.request where person = $1 order by asked_at desc limit 20', [person])).rows;

export const quotas = async (tx: Tx): Promise<QuotaRow[]> => (await tx.query<Row<QuotaRow>>('select * from disclosure.quota order by kind nulls first, role nulls first limit 500')).rows;
export const putQuota = async (tx: Tx, kind: string | null, role: string | null, rows: number, by: string): Promise<void> => {
  await tx.query('insert into disclosure.quota (kind, role, rows, by_name) values ($1, $2, $3, $4) on conflict (kind, role) do update set rows = excluded.rows, by_name = excluded.by_name, at = now()', [kind, role, rows, by]);
};
export const dropQuota = async (tx: Tx, kind: string | null, role: string | null): Promise<void> => {
  await tx.query('delete from disclosure.quota where kind is not distinct from $1 and role is not distinct from $2', [kind, role]);
};
export const hasRole = async (tx: Tx, code: string): Promise<boolean> => (await first(tx, 'select 1 as one from directory.role where code = $1', [code])) !== undefined;

/** Officials in office with their posts, as the directory's page shows them. */
export const people = async (tx: Tx, most: number): Promise<{ name: string; account: string | null; zh: string | null; en: string | null }[]> =>
  (await tx.query<Row<{ name: string; account: string | null; zh: string | null; en: string | null }>>(`select p.name, p.account, string_agg(d.name_zh || ' ' || s.name_zh, '；' order by s.code) as zh, string_agg(d.name_en || ', ' || s.name_en, '; ' order by s.code) as en
    from directory.person p left join directory.holding h on h.person = p.id and h.until is null left join directory.post s on s.id = h.post left join directory.department d on d.id = s.department
    where p.active group by p.id order by p.name, p.id limit $1`, [most])).rows;
