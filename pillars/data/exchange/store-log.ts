import type { Database, Tx } from '@zhengwu/database';

export type Role = 'consumer' | 'provider';

/** A signed message as the log keeps it. */
export interface RecordRow {
  id: string;
  request: string;
  kind: 'request' | 'answer';
  role: Role;
  at: Date;
  block: string;
  body: Buffer | null;
  body_file: string | null;
  body_size: number;
  body_digest: Buffer | null;
  algorithm: string;
  signature: Buffer;
  signer: string;
}

/** What became of a message at this node. */
export interface CallRow {
  request: string;
  role: Role;
  message: string;
  client: string;
  service: string;
  method: string;
  path: string;
  peer: string | null;
  issue: string | null;
  request_in: Date;
  request_out: Date | null;
  answer_in: Date | null;
  answer_out: Date;
  request_size: number;
  answer_size: number;
  status: number | null;
  succeeded: boolean;
  fault: string | null;
  fault_message: string | null;
}

const column = <T, K extends keyof T>(rows: readonly T[], name: K): T[K][] => rows.map((row) => row[name]);

export interface SignerRow {
  fingerprint: string;
  certificate: string;
  chain: string;
}

const RECORD = ['id', 'request', 'kind', 'role', 'at', 'block', 'body', 'body_file', 'body_size', 'body_digest', 'algorithm', 'signature', 'signer'] as const;

/** Enters certificates, messages and what became of messages in one commit; answers the ids of those messages that were not there yet. */
export const writeLog = async (database: Database, signers: readonly SignerRow[], records: readonly RecordRow[], calls: readonly CallRow[]): Promise<Set<string>> => {
  const { rows } = await database.call<{ id: string }>(database.system, 'exchange.write', `select w as id from exchange.write($1::jsonb, $2::text[], $3::text[], $4::text[],
    $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::timestamptz[], $10::text[], $11::bytea[], $12::text[], $13::bigint[], $14::bytea[], $15::text[], $16::bytea[], $17::text[], $18::jsonb) w`, [
    ...(['fingerprint', 'certificate', 'chain'] as const).map((name) => column(signers, name)), ...RECORD.map((name) => column(records, name)), calls.length === 0 ? null : JSON.stringify(calls),
  ]);
  return new Set(rows.map(({ id }) => id));
};

/** The answer that this node logged for a request, as provider. */
export const loggedAnswer = async (tx: Tx, request: string): Promise<RecordRow | undefined> =>
  (await tx.named<RecordRow>('exchange.record.answer', "select id, request, kind, role, at, block, body, body_file, body_size, body_digest, algorithm, signature, signer from exchange.record where request = $1 and kind = 'answer' and role = 'provider'", [request])).rows[0];

/* ---- time-stamps ---- */

/** Lets one process at a time stamp, until the transaction ends; false when another does. */
export const holdStamping = async (tx: Tx): Promise<boolean> => (await tx.query<{ held: boolean }>("select pg_try_advisory_xact_lock(hashtext('exchange.stamping')) as held")).rows[0]?.held === true;

/** Messages without a time-stamp, oldest first. */
export const unstamped = async (tx: Tx, limit: number): Promise<{ id: string; signature: Buffer }[]> =>
  (await tx.named<{ id: string; signature: Buffer }>('exchange.record.unstamped', 'select id, signature from exchange.record where batch is null order by at, id limit $1', [limit])).rows;
/** When the oldest message without a time-stamp was logged; null when all have one. */
export const oldestUnstamped = async (tx: Tx): Promise<{ at: Date | null; waiting: number }> => {
  const { rows: [row] } = await tx.named<{ at: Date | null; waiting: number }>('exchange.record.oldest', 'select min(at) as at, count(*)::int as waiting from exchange.record where batch is null');
  return row ?? { at: null, waiting: 0 };
};

export interface BatchRow {
  number: number;
  at: Date;
  hash: 'sha256' | 'sm3';
  leaves: number;
  root: Buffer;
  previous: Buffer;
  manifest: Buffer;
  token: Buffer;
}
export const lastBatch = async (tx: Tx): Promise<Pick<BatchRow, 'number' | 'root' | 'at'> | undefined> => (await tx.query<Pick<BatchRow, 'number' | 'root' | 'at'>>('select number, root, at from exchange.batch order by number desc limit 1')).rows[0];
export const insertBatch = async (tx: Tx, batch: BatchRow, ids: readonly string[]): Promise<void> => {
  const { number, at, hash, leaves, root, previous, manifest, token } = batch;
  await tx.query('insert into exchange.batch (number, at, hash, leaves, root, previous, manifest, token) values ($1, $2, $3, $4, $5, $6, $7, $8)', [number, at, hash, leaves, root, previous, manifest, token]);
  await tx.query('update exchange.record r set batch = $1, place = n.place - 1 from unnest($2::uuid[]) with ordinality as n(id, place) where r.id = n.id', [number, ids]);
};
export const batchOf = async (tx: Tx, number: number): Promise<BatchRow | undefined> => (await tx.query<BatchRow>('select number, at, hash, leaves, root, previous, manifest, token from exchange.batch where number = $1', [number])).rows[0];
export const leavesOf = async (tx: Tx, number: number): Promise<{ id: string; signature: Buffer }[]> =>
  (await tx.query<{ id: string; signature: Buffer }>('select id, signature from exchange.record where batch = $1 order by place', [number])).rows;

/* ---- search ---- */

export type FullRecord = RecordRow & { batch: number | null; place: number | null };
export const recordsOf = async (tx: Tx, request: string): Promise<FullRecord[]> =>
  (await tx.query<FullRecord>('select id, request, kind, role, at, block, body, body_file, body_size, body_digest, algorithm, signature, signer, batch, place from exchange.record where request = $1 order by role, at, kind desc', [request])).rows;
export const recordOf = async (tx: Tx, id: string): Promise<FullRecord | undefined> =>
  (await tx.query<FullRecord>('select id, request, kind, role, at, block, body, body_file, body_size, body_digest, algorithm, signature, signer, batch, place from exchange.record where id = $1', [id])).rows[0];
export const signerOf = async (tx: Tx, fingerprint: string): Promise<SignerRow | undefined> => (await tx.query<SignerRow>('select fingerprint, certificate, chain from exchange.signer where fingerprint = $1', [fingerprint])).rows[0];

export interface CallSearch {
  message?: string | undefined;
  client?: string | undefined;
  service?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  onlyFaults?: boolean | undefined;
  role?: Role | undefined;
  before?: { at: Date; request: string } | undefined;
  limit: number;
}
/** Newest first; `message` is an X-Road-Id or a request id. */
export const searchCalls = async (tx: Tx, { message, client, service, from, to, onlyFaults, role, before, limit }: CallSearch): Promise<CallRow[]> => {
  const values: unknown[] = [];
  const where = [
    [message, 'message = ? or request::text = ?'], [client, "client like ? || '%'"], [service, "service like ? || '%'"], [from, 'request_in >= ?::timestamptz'], [to, 'request_in <= ?::timestamptz'], [role, 'role = ?'],
  ].flatMap(([value, sql]) => {
    if (value === undefined) return [];
    values.push(typeof value === 'string' && String(sql).includes('like') ? value.replace(/[\\%_]/g, '\\$&') : value);
    return [`(${String(sql).replaceAll('?', `$${values.length}`)})`];
  });
  if (onlyFaults) where.push('fault is not null');
  if (before) {
    values.push(before.at, before.request);
    where.push(`(request_in, request) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  values.push(limit);
  const { rows } = await tx.query<CallRow>(`select * from exchange.call ${where.length > 0 ? `where ${where.join(' and ')}` : ''} order by request_in desc, request desc, role limit $${values.length}`, values);
  return rows;
};

export interface FigureRow {
  service: string;
  role: Role;
  calls: number;
  failed: number;
  /** Milliseconds. */
  median: number;
  p95: number;
  bytes: number;
}
/** Calls since `from` by service. */
export const figures = async (tx: Tx, from: Date): Promise<FigureRow[]> =>
  (await tx.query<FigureRow>(`select service, role, count(*)::int as calls, count(*) filter (where not succeeded)::int as failed,
    coalesce(percentile_cont(0.5) within group (order by extract(epoch from answer_out - request_in) * 1000), 0)::float8 as median,
    coalesce(percentile_cont(0.95) within group (order by extract(epoch from answer_out - request_in) * 1000), 0)::float8 as p95, sum(request_size + answer_size)::float8 as bytes
    from exchange.call where request_in >= $1 group by service, role order by calls desc limit 50`, [from])).rows;

export interface PeerRow {
  peer: string;
  lastAnswer: Date | null;
  /** What went wrong last, unless something went well after it. */
  lastFault: string | null;
}
/** How it went with other nodes since `from`. */
export const lastOfPeers = async (tx: Tx, from: Date): Promise<PeerRow[]> =>
  (await tx.query<PeerRow>(`select peer, max(answer_out) filter (where fault is null) as "lastAnswer",
    case when max(request_in) filter (where fault is not null) > coalesce(max(request_in) filter (where fault is null), '-infinity') then (array_agg(fault order by request_in desc) filter (where fault is not null))[1] end as "lastFault"
    from exchange.call where request_in >= $1 and peer is not null group by peer`, [from])).rows;

export const callsOf = async (tx: Tx, request: string): Promise<CallRow[]> => (await tx.query<CallRow>('select * from exchange.call where request = $1 order by role', [request])).rows;
export const batchTimes = async (tx: Tx, numbers: readonly number[]): Promise<Map<number, Date>> =>
  new Map((await tx.query<{ number: number; at: Date }>('select number, at from exchange.batch where number = any ($1)', [numbers])).rows.map(({ number, at }) => [number, at]));
