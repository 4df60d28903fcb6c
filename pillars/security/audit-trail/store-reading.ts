import type { ResponseOf, reportAudit } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { AuditRecord } from './record.ts';
import * as store from './store.ts';

const LEAVES = 50_000;

export interface Placed {
  position: number;
  leaf: Buffer;
}

/** Where a record stands in the log; undefined until it is appended. */
export const placeOf = async (tx: Tx, record: string): Promise<Placed | undefined> =>
  (await tx.query<Placed & Record<string, unknown>>('select position, leaf from trail.entry where record = $1', [record])).rows[0];

/** Hands every leaf below `size` to `take`, in order. */
export const eachLeaf = async (tx: Tx, size: number, take: (leaf: Buffer, position: number) => void): Promise<void> => {
  for (let at = 0; at < size; at += LEAVES) {
    const { rows } = await tx.query<Placed & Record<string, unknown>>('select position, leaf from trail.entry where position >= $1 and position < $2 order by position', [at, Math.min(size, at + LEAVES)]);
    for (const { leaf, position } of rows) take(leaf, position);
  }
};

/** The record as it was hashed. */
export const recordOf = async (tx: Tx, position: number): Promise<AuditRecord | null> => (await store.entriesFrom(tx, position, position + 1))[0]?.record ?? null;

/** Records that the log has not yet, counted up to 10,000. */
export const waiting = async (tx: Tx): Promise<number> =>
  (await tx.query<{ n: number }>(`select count(*)::int as n from (select from audit.record r
    where r.at >= (select coalesce(max(floor), '-infinity') from trail.log) and not exists (select from trail.entry e where e.record = r.id) limit 10000) w`)).rows[0]?.n ?? 0;

export interface Kept {
  verified: { at: Date; from: number; until: number; by: string; findings: { code: string; at: number }[] } | null;
  exported: { at: Date; size: number; place: string } | null;
}

export const lastKept = async (tx: Tx): Promise<Kept> => {
  const verified = (await tx.query<NonNullable<Kept['verified']> & Record<string, unknown>>(
    'select at, from_position as "from", until_position as "until", by_name as "by", findings from trail.verification order by at desc limit 1')).rows[0];
  const exported = (await tx.query<NonNullable<Kept['exported']> & Record<string, unknown>>('select at, size, place from trail.export order by at desc limit 1')).rows[0];
  return { verified: verified ?? null, exported: exported ?? null };
};

export const noteVerification = async (tx: Tx, from: number, until: number, by: string, findings: readonly unknown[]): Promise<Date> =>
  (await tx.query<{ at: Date }>('insert into trail.verification (from_position, until_position, by_name, findings) values ($1, $2, $3, $4::jsonb) returning at', [from, until, by, JSON.stringify(findings)])).rows[0]?.at as Date;

const DAY = `(r.at at time zone 'Asia/Shanghai')`;
const BETWEEN = `r.at >= ($1::date::timestamp at time zone 'Asia/Shanghai') and r.at < (($2::date + 1)::timestamp at time zone 'Asia/Shanghai')`;
const people = 'count(*)::int as count, count(distinct coalesce(r.person::text, r.account::text, r.address))::int as people';
const official = `r.kind = 'official' and r.person is not null`;

/** SQL of each figure: $1 and $2 are the first and the last day, $3 the events by which personal data is seen. */
const reports: Readonly<Record<string, string>> = {
  events: `select r.event as key, ${people} from audit.record r where ${BETWEEN} and $3::text[] is not null group by 1 order by 2 desc, 1 limit 200`,
  days: `select to_char(${DAY}, 'YYYY-MM-DD') as key, ${people} from audit.record r where ${BETWEEN} and $3::text[] is not null group by 1 order by 1 limit 400`,
  departments: `select d.code as key, min(d.name_zh) as zh, min(d.name_en) as en, ${people} from audit.record r
    join lateral (select p.department from directory.holding h join directory.post p on p.id = h.post where h.person = r.person and h.until is null order by h.since limit 1) h on true
    join directory.department d on d.id = h.department where ${BETWEEN} and ${official} and $3::text[] is not null group by 1 order by 4 desc, 1 limit 200`,
  refusals: `select r.subject as key, ${people} from audit.record r where ${BETWEEN} and r.event in ('access.denied', 'session.refused') and $3::text[] is not null group by 1 order by 2 desc, 1 limit 200`,
  reads: `select coalesce(min(r.name), r.person::text) || ' · ' || left(r.person::text, 8) as key, count(*)::int as count, count(distinct r.subject)::int as people
    from audit.record r where ${BETWEEN} and ${official} and r.event = any ($3::text[]) group by r.person order by 2 desc, 1 limit 200`,
  offHours: `select coalesce(min(r.name), r.person::text) || ' · ' || left(r.person::text, 8) as key, count(*)::int as count, count(distinct r.subject)::int as people
    from audit.record r where ${BETWEEN} and ${official} and $3::text[] is not null and (extract(hour from ${DAY}) not between 7 and 19 or extract(isodow from ${DAY}) > 5) group by r.person order by 2 desc, 1 limit 200`,
};

type Row = ResponseOf<typeof reportAudit>['rows'][number];

/** The figures of one report between two days, both counted in Asia/Shanghai. */
export const report = async (tx: Tx, kind: string, from: string, until: string, personal: readonly string[]): Promise<Row[]> =>
  (await tx.query<{ key: string; zh?: string; en?: string; count: number; people: number }>(reports[kind] ?? '', [from, until, personal])).rows
    .map(({ key, zh, en, count, people: heads }) => ({ key, name: zh === undefined ? null : { zh, en: en ?? zh }, count, people: heads }));
