import type { Tx } from '@zhengwu/database';
import type { Check } from './store-checks.ts';
import type { Tally } from './store.ts';

/** The least that anything hashes to. */
const FIRST_HASH = '-9223372036854775808';
/** Keys kept behind a rule. */
export const SAMPLES = 20;

export interface Failing {
  id: string;
  key: string;
  data: Record<string, unknown>;
  valid_from: string;
  known_from: Date;
}

const current = 'r.known_to is null and r.valid_to is null';
const batch = `select r.id, r.key, r.data, r.valid_from, r.known_from, r.secrecy from registers.record r where r.register = $1 and ${current} and r.key > $2 order by r.key limit $3`;
const holds = (condition: string): string => `coalesce((${condition}), false)`;
const breaks = (check: Check): string => holds(`(${check.applies}) and (${check.breaks})`);

export interface Walked {
  rows: number;
  /** Key of the last record; null where there was none. */
  last: string | null;
  /** In the order of the checks. */
  tallies: Tally[];
}

/** One statement over so many records in the order of their keys, whatever the number of rules. */
export const walk = async (tx: Tx, register: string, checks: readonly Check[], after: string, size: number): Promise<Walked> => {
  const columns = checks.map((check, i) => `${holds(check.applies)} as a${i}, ${breaks(check)} as b${i}`);
  const counts = checks.map((_, i) => `jsonb_build_object('judged', count(*) filter (where a${i}), 'failing', count(*) filter (where b${i}), 'samples', coalesce(to_jsonb((array_agg(key order by key) filter (where b${i}))[1:${SAMPLES}]), '[]'))`);
  const { rows } = await tx.query<Walked>(`with batch as materialized (${batch}),
    judged as materialized (select ${['r.key', ...columns].join(', ')} from batch r)
    select count(*)::float8 as rows, max(key) as last, jsonb_build_array(${counts.join(', ')}) as tallies from judged`, [register, after, size]);
  return rows[0] as Walked;
};

/** What the values of the same records hash to, for the rules of uniqueness. */
export const takeFingers = async (tx: Tx, run: string, register: string, checks: readonly Check[], after: string, last: string): Promise<void> => {
  for (const { code, applies, hash } of checks) {
    if (hash === undefined) continue;
    await tx.query(`insert into quality.finger (run, rule, hash, key) select $1, $2, ${hash}, r.key from registers.record r
      where r.register = $3 and ${current} and r.key > $4 and r.key <= $5 and ${holds(applies)}`, [run, code, register, after, last]);
  }
};

export const clearFingers = async (tx: Tx): Promise<void> => {
  await tx.query('select quality.clear_fingers()');
};

/** Replaces the duplicates of a rule by what the fingers show; answers how many records have one. */
export const gatherDuplicates = async (tx: Tx, run: string, register: string, rule: string): Promise<Omit<Tally, 'judged'>> => {
  await tx.query('delete from quality.duplicate where register = $1 and rule = $2', [register, rule]);
  // By one sort, which spills where memory ends: a join would be planned for the few rows that a table just filled is taken to have.
  const { rowCount } = await tx.query(`insert into quality.duplicate (register, rule, key, hash)
    select $2, $3, f.key, f.hash from (select key, hash, count(*) over (partition by hash) as times from quality.finger where run = $1 and rule = $3) f where f.times > 1
    on conflict do nothing`, [run, register, rule]);
  const { rows } = await tx.query<{ key: string }>('select key from quality.duplicate where register = $1 and rule = $2 order by key limit $3', [register, rule, SAMPLES]);
  return { failing: rowCount, samples: rows.map(({ key }) => key) };
};

/** Of so many records after a key, those that break a rule now, at most `most`. `last` is the key looked at last; null at the end. */
export const failingAfter = async (tx: Tx, register: string, check: Check, after: string, size: number, most: number, clearance: number): Promise<{ rows: Failing[]; last: string | null }> => {
  const { rows: [seen] } = await tx.query<{ last: string | null; count: number; rows: Failing[] | null }>(`with batch as materialized (${batch}),
    failing as materialized (select r.* from batch r where ${breaks(check)} and r.secrecy <= $5 order by r.key limit $4)
    select (select max(key) from batch) as last, (select count(*)::float8 from batch) as count,
      (select jsonb_agg(jsonb_build_object('id', f.id, 'key', f.key, 'data', f.data, 'valid_from', f.valid_from, 'known_from', f.known_from) order by f.key) from failing f) as rows`,
  [register, after, size, most, clearance]);
  const rows = (seen?.rows ?? []).map((row) => ({ ...row, known_from: new Date(row.known_from) }));
  if (rows.length === most) return { rows, last: rows.at(-1)?.key ?? null };
  return { rows, last: (seen?.count ?? 0) < size ? null : (seen?.last ?? null) };
};

/** The duplicates of the last measurement that another record still has the values of, those of the same values together. */
export const duplicatesAfter = async (tx: Tx, register: string, { code, hash = '' }: Check, after: string, most: number, clearance: number): Promise<{ rows: Failing[]; last: string | null }> => {
  const place = (await tx.query<{ hash: string }>('select hash::text as hash from quality.duplicate where register = $1 and rule = $2 and key = $3', [register, code, after])).rows[0]?.hash;
  // "offset 0" keeps it a probe a record, whatever the planner takes the sizes of the tables for.
  const { rows } = await tx.query<Failing & { is_double: boolean; secrecy: number }>(`with page as materialized (
      select d.key, d.hash from quality.duplicate d where d.register = $1 and d.rule = $2 and (d.hash, d.key) > ($3::bigint, $4) order by d.hash, d.key limit $5)
    select r.id, d.key, r.data, r.valid_from, r.known_from, r.secrecy, r.id is not null and ${hash} = d.hash and exists (
      select from (select e.key from quality.duplicate e where e.register = $1 and e.rule = $2 and e.hash = d.hash and e.key <> d.key offset 0) e, lateral (
        select o.data from registers.record o where o.register = $1 and o.key = e.key and o.known_to is null and o.valid_to is null offset 0) o
      where ${hash.replaceAll('r.data', 'o.data')} = d.hash) as is_double
    from page d left join lateral (select r.id, r.data, r.valid_from, r.known_from, r.secrecy from registers.record r where r.register = $1 and r.key = d.key and ${current} offset 0) r on true
    order by d.hash, d.key`, [register, code, place ?? FIRST_HASH, place === undefined ? '' : after, most]);
  return { rows: rows.filter(({ is_double: isDouble, secrecy }) => isDouble && secrecy <= clearance), last: rows.length === most ? (rows.at(-1)?.key ?? null) : null };
};

/** The key of a record, whatever became of that version; null when there is none. */
export const keyOf = async (tx: Tx, register: string, id: string, clearance: number): Promise<string | null> =>
  (await tx.query<{ key: string }>('select key from registers.record where register = $1 and id = $2 and secrecy <= $3', [register, id, clearance])).rows[0]?.key ?? null;

/** The newest version of a record, current or not, to go on from. */
export const placeOf = async (tx: Tx, register: string, key: string): Promise<string | null> =>
  (await tx.query<{ id: string }>('select id from registers.record where register = $1 and key = $2 order by valid_from desc, known_from desc limit 1', [register, key])).rows[0]?.id ?? null;

/** Which of these patterns the database cannot read. */
export const oddPatterns = async (tx: Tx, patterns: readonly string[]): Promise<string[]> =>
  patterns.length === 0 ? [] : (await tx.query<{ pattern: string }>('select p.pattern from unnest($1::text[]) as p(pattern) where not quality.is_pattern(p.pattern)', [patterns])).rows.map(({ pattern }) => pattern);

/** Ids of the records of these keys, as they are now. */
export const idsOf = async (tx: Tx, register: string, keys: readonly string[]): Promise<Map<string, string>> =>
  new Map((await tx.query<{ key: string; id: string }>(`select r.key, r.id from registers.record r where r.register = $1 and r.key = any ($2::text[]) and ${current}`, [register, keys])).rows.map(({ key, id }) => [key, id]));
