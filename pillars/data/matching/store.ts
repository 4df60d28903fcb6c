import type { Tx } from '@zhengwu/database';
import type { FieldChances, Weights } from './weights.ts';

const one = async <R extends object>(tx: Tx, name: string, text: string, values: readonly unknown[] = []): Promise<R | undefined> => (await tx.named<R & Record<string, unknown>>(name, text, values)).rows[0];
const all = async <R extends object>(tx: Tx, name: string, text: string, values: readonly unknown[] = []): Promise<R[]> => (await tx.named<R & Record<string, unknown>>(name, text, values)).rows;

export interface Entry {
  key: string;
  features: readonly string[];
  blocks: readonly (number | null)[];
}

const rowOf = ({ key, features, blocks: [b1, b2, b3, b4, b5, b6] }: Entry) => ({ key, features, b1, b2, b3, b4, b5, b6 });

/** Enters records anew; answers how many were not there before. */
export const putEntries = async (tx: Tx, register: string, entries: readonly Entry[]): Promise<number> =>
  entries.length === 0 ? 0 : (await one<{ added: number }>(tx, 'matching.put', `with given as (
      select * from jsonb_to_recordset($2::jsonb) as e(key text, features text[], b1 bigint, b2 bigint, b3 bigint, b4 bigint, b5 bigint, b6 bigint)),
    put as (
      insert into matching.entry (register, key, features, b1, b2, b3, b4, b5, b6) select $1, key, features, b1, b2, b3, b4, b5, b6 from given
      on conflict (register, key) do update set features = excluded.features, b1 = excluded.b1, b2 = excluded.b2, b3 = excluded.b3, b4 = excluded.b4, b5 = excluded.b5, b6 = excluded.b6
      where (entry.features, entry.b1, entry.b2, entry.b3, entry.b4, entry.b5, entry.b6) is distinct from (excluded.features, excluded.b1, excluded.b2, excluded.b3, excluded.b4, excluded.b5, excluded.b6)
      returning xmax = 0 as added)
    select count(*) filter (where added)::int as added from put`, [register, JSON.stringify(entries.map(rowOf))]))?.added ?? 0;

export const removeEntries = async (tx: Tx, register: string, keys: readonly string[]): Promise<number> =>
  keys.length === 0 ? 0 : (await tx.named('matching.remove', 'delete from matching.entry where register = $1 and key = any ($2::text[])', [register, keys])).rowCount;

export interface RegisterRow {
  entries: number;
  position: string | null;
  weights: number;
}
export const registerRow = (tx: Tx, register: string): Promise<RegisterRow | undefined> =>
  one<RegisterRow>(tx, 'matching.register', 'select entries::float8 as entries, position, weights from matching.register where register = $1', [register]);
/** The row, made where there is none, held until the transaction ends. */
export const holdRegister = async (tx: Tx, register: string): Promise<RegisterRow> => {
  await tx.named('matching.register.make', 'insert into matching.register (register) values ($1) on conflict do nothing', [register]);
  return (await one<RegisterRow>(tx, 'matching.register.hold', 'select entries::float8 as entries, position, weights from matching.register where register = $1 for update', [register])) as RegisterRow;
};
export const moveRegister = async (tx: Tx, register: string, position: string | null, added: number): Promise<void> => {
  await tx.named('matching.register.move', 'update matching.register set position = $2, entries = entries + $3, indexed_at = now() where register = $1', [register, position, added]);
};
/** Counts the entries anew, which changes that come one by one leave to the night. */
export const recount = async (tx: Tx, register: string): Promise<void> => {
  await tx.named('matching.register.count', 'update matching.register set entries = (select count(*) from matching.entry where register = $1) where register = $1', [register]);
};
export const useVersion = async (tx: Tx, register: string, version: number): Promise<void> => {
  await tx.named('matching.register.use', 'update matching.register set weights = $2 where register = $1', [register, version]);
};

/** Current records of a register in the order of their keys. */
export const recordsAfter = (tx: Tx, register: string, after: string, limit: number): Promise<{ key: string; data: Record<string, unknown> }[]> =>
  all(tx, 'matching.records', `select key, data from registers.record where register = $1 and key > $2 and known_to is null and valid_to is null order by key limit $3`, [register, after, limit]);

/** Shares of values that more than one record has, the 200,000 most frequent of a field. */
export const countFrequencies = async (tx: Tx, register: string, field: string, at: number): Promise<void> => {
  await tx.named('matching.frequency.clear', 'delete from matching.frequency where register = $1 and field = $2', [register, field]);
  await tx.named('matching.frequency.count', `insert into matching.frequency (register, field, value, share)
    select $1, $2, e.features[$3::int], count(*)::float8 / sum(count(*)) over () from matching.entry e where e.register = $1 and e.features[$3::int] <> ''
    group by 3 order by count(*) desc limit 200000`, [register, field, at + 1]);
  await tx.named('matching.frequency.rare', 'delete from matching.frequency f where f.register = $1 and f.field = $2 and f.share * (select greatest(entries, 1) from matching.register r where r.register = $1) < 1.5', [register, field]);
};
export const frequencies = async (tx: Tx, register: string, fields: readonly string[], values: readonly string[]): Promise<Map<string, number>> =>
  new Map((await all<{ field: string; value: string; share: number }>(tx, 'matching.frequency', 'select field, value, share from matching.frequency where register = $1 and field = any ($2::text[]) and value = any ($3::text[])', [register, fields, values]))
    .map(({ field, value, share }) => [`${field} ${value}`, share]));

export interface Candidate {
  n: number;
  key: string;
  features: string[];
}
export const candidates = (tx: Tx, asked: readonly { n: number; blocks: Entry['blocks'] }[], cap: number): Promise<Candidate[]> =>
  all<Candidate>(tx, 'matching.candidates', 'select n, key, features from matching.candidates($1::jsonb, $2)', [JSON.stringify(asked.map(({ n, blocks: [b1, b2, b3, b4, b5, b6] }) => ({ n, b1, b2, b3, b4, b5, b6 }))), cap]);

export interface EntryRow {
  id: number;
  key: string;
  features: string[];
}
export const entriesAfter = (tx: Tx, register: string, after: number, limit: number): Promise<EntryRow[]> =>
  all<EntryRow>(tx, 'matching.entries', 'select id::float8 as id, key, features from matching.entry where register = $1 and id > $2 order by id limit $3', [register, after, limit]);
/** Entries spread over the register: from starting points spread evenly over its numbers. */
export const entriesSpread = (tx: Tx, register: string, points: number, each: number): Promise<EntryRow[]> =>
  all<EntryRow>(tx, 'matching.spread', `with ends as (select min(id) as low, max(id) as high from matching.entry)
    select distinct on (e.id) e.id::float8 as id, e.key, e.features from ends, generate_series(0, $2::int - 1) p,
      lateral (select id, key, features from matching.entry where register = $1 and id >= ends.low + (ends.high - ends.low) * p / $2::int order by id limit $3) e order by e.id`, [register, points, each]);

export interface WeightsRow {
  version: number;
  chances: Record<string, FieldChances>;
  certain: number;
  possible: number;
  pairs: number;
  decided: number;
  learned_at: Date;
  name: string;
  used_at: Date | null;
  used_by: string | null;
}
const WEIGHTS = 'version, chances, certain, possible, pairs::float8 as pairs, decided, learned_at, name, used_at, used_by';
export const weightsRows = (tx: Tx, register: string): Promise<WeightsRow[]> =>
  all<WeightsRow>(tx, 'matching.weights', `select ${WEIGHTS} from matching.weights where register = $1 order by version desc limit 20`, [register]);
export const weightsOf = async (tx: Tx, register: string, version: number): Promise<Weights | undefined> => {
  const row = await one<WeightsRow>(tx, 'matching.weights.one', `select ${WEIGHTS} from matching.weights where register = $1 and version = $2`, [register, version]);
  return row && { version: row.version, fields: row.chances, certain: row.certain, possible: row.possible };
};
export const addWeights = async (tx: Tx, register: string, department: number | null, { fields, certain, possible }: Omit<Weights, 'version'>, about: { pairs: number; decided: number; name: string }): Promise<number> =>
  (await one<{ version: number }>(tx, 'matching.weights.add', `insert into matching.weights (register, version, department, chances, certain, possible, pairs, decided, name)
    select $1, coalesce(max(version), 0) + 1, $2, $3::jsonb, $4, $5, $6, $7, $8 from matching.weights where register = $1 returning version`,
  [register, department, JSON.stringify(fields), certain, possible, about.pairs, about.decided, about.name]))?.version ?? 0;
export const markUsed = async (tx: Tx, register: string, version: number, name: string): Promise<boolean> =>
  (await tx.named('matching.weights.use', 'update matching.weights set used_at = now(), used_by = $3 where register = $1 and version = $2', [register, version, name])).rowCount > 0;

export const isPlatform = async (tx: Tx): Promise<boolean> => (await one<{ is: boolean }>(tx, 'matching.platform', 'select kernel.is_system() as is'))?.is === true;
