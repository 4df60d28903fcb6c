import type { Tx } from '@zhengwu/database';
import type { FieldScore } from './weights.ts';

const one = async <R extends object>(tx: Tx, name: string, text: string, values: readonly unknown[] = []): Promise<R | undefined> => (await tx.named<R & Record<string, unknown>>(name, text, values)).rows[0];
const all = async <R extends object>(tx: Tx, name: string, text: string, values: readonly unknown[] = []): Promise<R[]> => (await tx.named<R & Record<string, unknown>>(name, text, values)).rows;

export interface NewPair {
  register: string;
  department: number | null;
  key: string;
  other?: string | null;
  incoming?: Readonly<Record<string, unknown>> | null;
  origin: string;
  reference?: string | null;
  score: number;
  band: 'certain' | 'possible';
  fields: readonly FieldScore[];
  weights: number;
  run?: string | null;
}

/** Enters pairs that are not known yet, decided ones included; answers how many of each band are new. */
export const addPairs = async (tx: Tx, pairs: readonly NewPair[]): Promise<{ certain: number; possible: number }> =>
  (pairs.length === 0 ? undefined : await one<{ certain: number; possible: number }>(tx, 'matching.pairs.add', `with added as (
      insert into matching.pair (register, department, key, other, incoming, origin, reference, score, band, fields, weights, run)
      select register, department, key, other, incoming, origin, reference, score, band, fields, weights, run
      from jsonb_to_recordset($1::jsonb) as p(register text, department int, key text, other text, incoming jsonb, origin text, reference text, score double precision, band text, fields jsonb, weights int, run uuid)
      on conflict do nothing returning band)
    select count(*) filter (where band = 'certain')::int as certain, count(*) filter (where band = 'possible')::int as possible from added`, [JSON.stringify(pairs)])) ?? { certain: 0, possible: 0 };

export interface PairRow {
  id: string;
  register: string;
  department: number | null;
  key: string;
  other: string | null;
  incoming: Record<string, unknown> | null;
  origin: string;
  reference: string | null;
  score: number;
  band: 'certain' | 'possible';
  fields: FieldScore[];
  weights: number;
  state: 'open' | 'same' | 'different';
  version: number;
  found_at: Date;
  decided_at: Date | null;
  decided_name: string | null;
  note: string | null;
}
const PAIR = 'id, register, department, key, other, incoming, origin, reference, score, band, fields, weights, state, version, found_at, decided_at, decided_name, note';

export interface Wanted {
  register: string | null;
  band: string | null;
  after: { score: number; id: string } | null;
  limit: number;
}
/** Open pairs within reach that are not put off, the surest first. */
export const openPairs = (tx: Tx, { register, band, after, limit }: Wanted): Promise<PairRow[]> =>
  all<PairRow>(tx, 'matching.pairs.open', `select ${PAIR} from matching.pair where state = 'open' and (put_off_until is null or put_off_until <= now())
    and ($1::text is null or register = $1) and ($2::text is null or band = $2) and ($3::float8 is null or (score, id) < ($3, $4::uuid)) order by score desc, id desc limit $5`,
  [register, band, after?.score ?? null, after?.id ?? null, limit]);
export const pairRow = (tx: Tx, id: string): Promise<PairRow | undefined> => one<PairRow>(tx, 'matching.pair', `select ${PAIR} from matching.pair where id = $1`, [id]);
/** Pairs that people have decided, the latest first. */
export const decidedPairs = (tx: Tx, register: string, limit: number): Promise<PairRow[]> =>
  all<PairRow>(tx, 'matching.pairs.decided', `select ${PAIR} from matching.pair where register = $1 and state <> 'open' order by decided_at desc limit $2`, [register, limit]);

export interface Verdict {
  id: string;
  version: number;
  state: 'same' | 'different';
  person: string | null;
  name: string;
  note: string | null;
}
/** Decides a pair from the version that was looked at; false when it is another. */
export const decidePair = async (tx: Tx, { id, version, state, person, name, note }: Verdict): Promise<boolean> =>
  (await tx.named('matching.pair.decide', `update matching.pair set state = $3, decided_at = now(), decided_by = $4, decided_name = $5, note = $6, version = version + 1
    where id = $1 and version = $2 and state = 'open'`, [id, version, state, person, name, note])).rowCount > 0;
export const putOff = async (tx: Tx, id: string, version: number, hours: number): Promise<boolean> =>
  (await tx.named('matching.pair.later', `update matching.pair set put_off_until = now() + make_interval(hours => $3), version = version + 1 where id = $1 and version = $2 and state = 'open'`, [id, version, hours])).rowCount > 0;
/** Open pairs between records that are one now are the same. */
export const closeWithin = async (tx: Tx, register: string, keys: readonly string[], name: string): Promise<void> => {
  await tx.named('matching.pairs.within', `update matching.pair set state = 'same', decided_at = now(), decided_name = $3, version = version + 1
    where register = $1 and state = 'open' and key = any ($2::text[]) and other = any ($2::text[])`, [register, keys, name]);
};
/** Pairs between a record and those it was one with are to be looked at again. */
export const reopenBetween = async (tx: Tx, register: string, key: string, others: readonly string[]): Promise<void> => {
  await tx.named('matching.pairs.reopen', `update matching.pair set state = 'open', decided_at = null, decided_by = null, decided_name = null, note = null, put_off_until = null, version = version + 1
    where register = $1 and state = 'same' and ((key = $2 and other = any ($3::text[])) or (other = $2 and key = any ($3::text[])))`, [register, key, others]);
};

/** Field → [before, since]. */
export type Changed = Record<string, [unknown, unknown]>;
export interface MergeRow {
  id: string;
  register: string;
  department: number | null;
  survivor: string;
  absorbed: string;
  changed: Changed;
  valid_from: string;
  seq: number;
  at: Date;
  name: string;
  undone_at: Date | null;
  undone_name: string | null;
  reason: string | null;
}
const MERGE = 'id, register, department, survivor, absorbed, changed, valid_from::text as valid_from, seq::float8 as seq, at, name, undone_at, undone_name, reason';
export const addMerge = async (tx: Tx, merge: Pick<MergeRow, 'id' | 'register' | 'department' | 'survivor' | 'absorbed' | 'changed' | 'valid_from' | 'name'> & { pair: string | null; person: string | null }): Promise<void> => {
  await tx.named('matching.merge.add', 'insert into matching.merge (id, register, department, survivor, absorbed, changed, valid_from, name, pair, person) values ($1, $2, $3, $4, $5, $6::jsonb, $7::date, $8, $9, $10)',
    [merge.id, merge.register, merge.department, merge.survivor, merge.absorbed, JSON.stringify(merge.changed), merge.valid_from, merge.name, merge.pair, merge.person]);
};
export const mergeRow = (tx: Tx, id: string): Promise<MergeRow | undefined> => one<MergeRow>(tx, 'matching.merge', `select ${MERGE} from matching.merge where id = $1`, [id]);
/** Merges that hold, into this record, in the order they were made. */
export const mergesInto = (tx: Tx, register: string, survivor: string): Promise<MergeRow[]> =>
  all<MergeRow>(tx, 'matching.merges.into', `select ${MERGE} from matching.merge where register = $1 and survivor = $2 and undone_at is null order by seq`, [register, survivor]);
export const survivorsOf = async (tx: Tx, register: string, keys: readonly string[]): Promise<Map<string, string>> =>
  new Map((keys.length === 0 ? [] : await all<{ absorbed: string; survivor: string }>(tx, 'matching.survivors', 'select absorbed, survivor from matching.merge where register = $1 and absorbed = any ($2::text[]) and undone_at is null', [register, keys])).map(({ absorbed, survivor }) => [absorbed, survivor]));
export const setChanged = async (tx: Tx, id: string, changed: Changed): Promise<void> => {
  await tx.named('matching.merge.change', 'update matching.merge set changed = $2::jsonb where id = $1', [id, JSON.stringify(changed)]);
};
export const markUndone = async (tx: Tx, id: string, person: string | null, name: string, reason: string): Promise<boolean> =>
  (await tx.named('matching.merge.undo', 'update matching.merge set undone_at = now(), undone_by = $2, undone_name = $3, reason = $4 where id = $1 and undone_at is null', [id, person, name, reason])).rowCount > 0;
export const merges = (tx: Tx, register: string | null, limit: number): Promise<MergeRow[]> =>
  all<MergeRow>(tx, 'matching.merges', `select ${MERGE} from matching.merge where ($1::text is null or register = $1) order by at desc, seq desc limit $2`, [register, limit]);
const KEPT = ['pair', 'merge', 'run', 'weights'] as const;
/** Rows that these departments keep. */
export const countOf = async (tx: Tx, departments: readonly number[]): Promise<number> =>
  (await one<{ count: number }>(tx, 'matching.kept', `select (${KEPT.map((table) => `(select count(*) from matching.${table} where department = any ($1::int[]))`).join(' + ')})::int as count`, [departments]))?.count ?? 0;
export const moveDepartment = async (tx: Tx, from: number, to: number): Promise<number> => {
  let moved = 0;
  for (const table of KEPT) moved += (await tx.named(`matching.follow.${table}`, `update matching.${table} set department = $2 where department = $1`, [from, to])).rowCount;
  return moved;
};
/** One after another for the records of one register. */
export const holdMerges = async (tx: Tx, register: string): Promise<void> => {
  await tx.named('matching.merges.hold', 'select pg_advisory_xact_lock(hashtextextended($1, 71))', [register]);
};

export interface Counts {
  register: string;
  open: number;
  certain: number;
  same: number;
  different: number;
}
/** Pairs within reach by register and state. */
export const countPairs = (tx: Tx): Promise<Counts[]> =>
  all<Counts>(tx, 'matching.counts', `select register, count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'open' and band = 'certain')::int as certain,
    count(*) filter (where state = 'same')::int as same, count(*) filter (where state = 'different')::int as different from matching.pair group by register`);

export interface RunRow {
  id: string;
  register: string;
  department: number | null;
  state: 'running' | 'done';
  position: number;
  entries: number;
  total: number;
  scored: number;
  certain: number;
  possible: number;
  started_at: Date;
  finished_at: Date | null;
  name: string;
}
const RUN = 'id, register, department, state, position::float8 as position, entries::float8 as entries, total::float8 as total, scored::float8 as scored, certain, possible, started_at, finished_at, name';
export const addRun = async (tx: Tx, id: string, register: string, department: number | null, name: string): Promise<boolean> =>
  (await tx.named('matching.run.add', 'insert into matching.run (id, register, department, name) values ($1, $2, $3, $4) on conflict do nothing', [id, register, department, name])).rowCount > 0;
export const holdRun = (tx: Tx, id: string): Promise<RunRow | undefined> => one<RunRow>(tx, 'matching.run.hold', `select ${RUN} from matching.run where id = $1 for update`, [id]);
export const moveRun = async (tx: Tx, { id, position, entries, total, scored, certain, possible, state }: RunRow): Promise<void> => {
  await tx.named('matching.run.move', `update matching.run set position = $2, entries = $3, total = $4, scored = $5, certain = $6, possible = $7, state = $8, finished_at = case when $8 = 'done' then now() end where id = $1`,
    [id, position, entries, total, scored, certain, possible, state]);
};
/** Searches that have not ended. */
export const runningRuns = (tx: Tx): Promise<{ id: string; register: string }[]> => all(tx, 'matching.runs.running', `select id, register from matching.run where state = 'running' order by started_at limit 100`);
/** The latest search of each register within reach. */
export const lastRuns = (tx: Tx): Promise<RunRow[]> => all<RunRow>(tx, 'matching.runs', `select distinct on (register) ${RUN} from matching.run order by register, started_at desc`);
