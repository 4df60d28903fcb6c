import type { QueryOf, ResponseOf, searchAudit } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Edge } from './merkle.ts';
import type { AuditRecord } from './record.ts';

export interface Log extends Edge {
  floor: string;
  retainedFrom: number;
}

export interface Head {
  size: number;
  jws: string;
  /** RFC 3161 token, DER. */
  token: Buffer | null;
}

const COLUMNS = `r.id, to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, r.kind, r.account, r.person, r.name, r.on_behalf_of, r.request,
  r.address, r.event, r.subject, r.detail::text as detail`;

/** The log, held until the transaction ends: one worker appends at a time. */
export const holdLog = async (tx: Tx): Promise<Log> => {
  await tx.query('insert into trail.log default values on conflict do nothing');
  const { rows } = await tx.query<{ size: number; edge: Buffer[]; floor: string; retained_from: number }>('select size, edge, floor::text, retained_from from trail.log for update');
  const [log] = rows;
  if (!log) throw new Error('the log of the trail is not there');
  return { size: log.size, hashes: log.edge, floor: log.floor, retainedFrom: log.retained_from };
};

/**
 * The time before which every record is committed or never will be. A tick notes the newest transaction at its time; once the oldest
 * running one is newer, all of the tick's have ended. A minute covers what lies between a row's clock and its transaction's number.
 */
export const decidedUntil = async (tx: Tx): Promise<string> => {
  await tx.query('insert into trail.tick select clock_timestamp(), pg_snapshot_xmax(pg_current_snapshot()) on conflict do nothing');
  const { rows } = await tx.query<{ at: string }>(`select coalesce(max(at), '-infinity')::text as at from trail.tick where horizon <= pg_snapshot_xmin(pg_current_snapshot())`);
  const at = rows[0]?.at ?? '-infinity';
  await tx.query('delete from trail.tick where at < $1::timestamptz', [at]);
  return (await tx.query<{ at: string }>(`select ($1::timestamptz - interval '1 minute')::text as at`, [at])).rows[0]?.at ?? '-infinity';
};

/** Committed records from `from` on that the log has not, oldest first. */
export const unlogged = async (tx: Tx, from: string, limit: number): Promise<AuditRecord[]> =>
  (await tx.query<AuditRecord & Record<string, unknown>>(`select ${COLUMNS} from audit.record r
    where r.at >= $1::timestamptz and not exists (select from trail.entry e where e.record = r.id) order by r.at, r.id limit $2`, [from, limit])).rows;

export const addEntries = async (tx: Tx, first: number, records: readonly string[], leaves: readonly Buffer[]): Promise<void> => {
  await tx.query(`insert into trail.entry (position, record, leaf)
    select $1::bigint + n - 1, record, leaf from unnest($2::uuid[], $3::bytea[]) with ordinality as e(record, leaf, n)`, [first, records, leaves]);
};

export const saveEdge = async (tx: Tx, { size, hashes }: Edge): Promise<void> => {
  await tx.query('update trail.log set size = $1, edge = $2::bytea[]', [size, hashes]);
};

export const saveFloor = async (tx: Tx, floor: string): Promise<void> => {
  await tx.query('update trail.log set floor = greatest(floor, $1::timestamptz)', [floor]);
};

export const lastHead = async (tx: Tx): Promise<Head | undefined> => (await tx.query<Head & Record<string, unknown>>('select size, jws, token from trail.head order by at desc, size desc limit 1')).rows[0];

export const addHead = async (tx: Tx, size: number, at: Date, jws: string, token: Buffer | null = null): Promise<void> => {
  await tx.query('insert into trail.head (size, at, jws, token) values ($1, $2, $3, $4)', [size, at, jws, token]);
};

/** How large the log is and from where records are still there. */
export const readLog = async (tx: Tx): Promise<{ size: number; retainedFrom: number }> =>
  (await tx.query<{ size: number; retainedFrom: number }>('select size, retained_from as "retainedFrom" from trail.log')).rows[0] ?? { size: 0, retainedFrom: 0 };

export const addSigner = async (tx: Tx, kid: string, pem: string, since: string): Promise<void> => {
  await tx.query('insert into trail.signer values ($1, $2, $3) on conflict do nothing', [kid, pem, since]);
};

/** Heads from the one over `from` records to those over `until`, oldest first. */
export const headsBetween = async (tx: Tx, from: number, until: number): Promise<Head[]> =>
  (await tx.query<Head & Record<string, unknown>>('select size, jws, token from trail.head where size between $1 and $2 order by at, size', [from, until])).rows;

/** Up to where the second place holds verified bundles. */
export const bundledUntil = async (tx: Tx): Promise<{ number: number; until: number }> =>
  (await tx.query<{ number: number; until: number }>('select number, until_position as "until" from trail.bundle order by number desc limit 1')).rows[0] ?? { number: 0, until: 0 };

/** The largest head of at most `until` records, and of more than `from`; null where there is none. */
export const headWithin = async (tx: Tx, from: number, until: number): Promise<number | null> =>
  (await tx.query<{ size: number | null }>('select max(size)::bigint as size from trail.head where size > $1 and size <= $2', [from, until])).rows[0]?.size ?? null;
export const headAfter = async (tx: Tx, from: number): Promise<number | null> =>
  (await tx.query<{ size: number | null }>('select min(size)::bigint as size from trail.head where size > $1', [from])).rows[0]?.size ?? null;

export const noteBundle = async (tx: Tx, number: number, from: number, until: number, place: string, edge: readonly Buffer[]): Promise<void> => {
  await tx.query('insert into trail.bundle (number, from_position, until_position, place, edge) values ($1, $2, $3, $4, $5::bytea[])', [number, from, until, place, edge]);
};

/** Size of the largest head that was signed before `months` ago, and before six months at the least. */
export const headOlderThan = async (tx: Tx, months: number): Promise<number> =>
  (await tx.query<{ size: number }>(`select coalesce(max(size), 0)::bigint as size from trail.head where at < least(now() - make_interval(months => $1), now() - interval '184 days')`, [months])).rows[0]?.size ?? 0;

/** Removes the bodies of records below a position; answers how many. Refused by the database where it must not be. */
export const removeBodies = async (tx: Tx, until: number): Promise<number> => (await tx.query<{ removed: number }>('select trail.remove_bodies($1)::bigint as removed', [until])).rows[0]?.removed ?? 0;

export const signers = async (tx: Tx): Promise<string[]> => (await tx.query<{ pem: string }>('select pem from trail.signer order by since, kid')).rows.map(({ pem }) => pem);

/** Entries from a position on with their records, null where the record is gone. */
export const entriesFrom = async (tx: Tx, position: number, until: number): Promise<{ position: number; leaf: Buffer; record: AuditRecord | null }[]> => {
  const { rows } = await tx.query<AuditRecord & { leaf: Buffer; position: number } & Record<string, unknown>>(
    `select e.leaf, e.position, ${COLUMNS} from trail.entry e left join audit.record r on r.id = e.record where e.position >= $1 and e.position < $2 order by e.position`, [position, until]);
  return rows.map(({ leaf, position: at, ...record }) => ({ position: at, leaf, record: record.id === null ? null : record }));
};

export const noteRetired = async (tx: Tx, until: number, removed: number): Promise<void> => {
  await tx.query(`select audit.record(kernel.actor(), 'audit.retired', 'audit', jsonb_build_object('until', $1::bigint, 'removed', $2::bigint))`, [until, removed]);
};

export const noteExport = async (tx: Tx, size: number, place: string): Promise<void> => {
  await tx.query('insert into trail.export values (clock_timestamp(), $1, $2)', [size, place]);
  await tx.query(`select audit.record(kernel.actor(), 'audit.exported', 'audit', jsonb_build_object('size', $1::bigint, 'place', $2::text))`, [size, place]);
};

type Found = Omit<ResponseOf<typeof searchAudit>['items'][number], 'position'>;

const FOUND = `id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, kind, account, person, name, on_behalf_of as "onBehalfOf", request, address, event, subject, detail`;

export const byId = async (tx: Tx, id: string): Promise<Found | undefined> => (await tx.query<Found & Record<string, unknown>>(`select ${FOUND} from audit.record where id = $1`, [id])).rows[0];

/** Records that match, newest first, from after the one named `after`. */
export const search = async (tx: Tx, { event, subject, person, from, until, after, address, whole, trace }: QueryOf<typeof searchAudit>, limit: number): Promise<Found[]> =>
  (await tx.query<Found & Record<string, unknown>>(`select ${FOUND} from audit.record r
    where ($1::text is null or event = $1)
      and ($2::text is null or subject = $2 or ($9 and detail->>'case' = $2 and r.at >= (select min(f.at) from audit.record f where f.subject = $2)))
      and ($3::uuid is null or person = $3) and ($4::timestamptz is null or r.at >= $4) and ($5::timestamptz is null or r.at < $5)
      and ($6::uuid is null or (r.at, r.id) < (select a.at, a.id from audit.record a where a.id = $6)) and ($8::text is null or address = $8)
      and ($10::text is null or (detail->>'trace' = $10 and event <> 'audit.asked'))
    order by r.at desc, r.id desc limit $7`, [event ?? null, subject ?? null, person ?? null, from ?? null, until ?? null, after ?? null, limit, address ?? null, whole ?? false, trace ?? null])).rows;

export const positions = async (tx: Tx, records: readonly string[]): Promise<Map<string, number>> =>
  new Map((await tx.query<{ record: string; position: number }>('select record, position from trail.entry where record = any ($1::uuid[])', [records])).rows.map(({ record, position }) => [record, position]));
