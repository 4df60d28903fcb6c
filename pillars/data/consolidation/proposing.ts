import type { OldField } from '@zhengwu/contracts';
import type { Register } from '@zhengwu/pack';
import { readCell } from './reading.ts';
import type { OldRecord } from './source.ts';

type Records = ReadonlyMap<string, Readonly<Record<string, unknown>>>;
const READINGS = ['text', 'day', 'number', 'wan'] as const;
/** Below this share a column is not proposed for a field. */
const ENOUGH = 0.6;
/** A table of codes has no more entries than this. */
const MOST_CODES = 20;

const columnsOf = (rows: readonly OldRecord[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** The column whose values are most often keys that the city knows. */
export const keyColumnOf = (rows: readonly OldRecord[], isKnown: (value: string) => boolean): string | null => {
  const shares = columnsOf(rows).map((column) => ({ column, hits: rows.filter((row) => isKnown(String(row[column] ?? '').trim())).length }));
  const best = shares.toSorted((a, b) => b.hits - a.hits)[0];
  return best && best.hits > 0 ? best.column : null;
};

interface Pair {
  old: OldRecord;
  city: Readonly<Record<string, unknown>>;
}

const agreementOf = (pairs: readonly Pair[], field: string, given: Pick<OldField, 'column' | 'reading' | 'codes'>): number => {
  const told = pairs.filter(({ old, city }) => String(old[given.column] ?? '').trim() !== '' && (city[field] ?? null) !== null);
  return told.length === 0 ? 0 : told.filter(({ old, city }) => readCell(old[given.column], given) === city[field]).length / told.length;
};

/** What each old code stands for, by what the city says of the same records most often. */
const codesOf = (pairs: readonly Pair[], column: string, field: string): Record<string, string> | null => {
  const seen = new Map<string, Map<string, number>>();
  for (const { old, city } of pairs) {
    const [code, value] = [String(old[column] ?? '').trim(), city[field]];
    if (code === '' || typeof value !== 'string') continue;
    const counts = seen.get(code) ?? new Map<string, number>();
    counts.set(value, (counts.get(value) ?? 0) + 1);
    seen.set(code, counts);
  }
  // What was seen once proves nothing: any name would be a code of its own.
  const proved = [...seen].filter(([, counts]) => [...counts.values()].reduce((sum, one) => sum + one, 0) > 1);
  if (proved.length === 0 || seen.size > MOST_CODES) return null;
  return Object.fromEntries(proved.map(([code, counts]) => [code, [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '']));
};

const candidates = (pairs: readonly Pair[], columns: readonly string[], field: string): OldField[] => columns.flatMap((column): OldField[] => {
  const codes = codesOf(pairs, column, field);
  const all: Pick<OldField, 'column' | 'reading' | 'codes'>[] = [...READINGS.map((reading) => ({ column, reading })), ...(codes ? [{ column, reading: 'codes' as const, codes }] : [])];
  return all.map((one) => ({ field, ...one, agreement: agreementOf(pairs, field, one) }));
});

/** Which column is which field and how it is read, judged by the records that both sides know. A plain reading goes before a table of codes that agrees as often. */
export const propose = (register: Register, rows: readonly OldRecord[], keyColumn: string, records: Records): { fields: OldField[]; compared: number } => {
  const pairs = rows.flatMap((old): Pair[] => {
    const city = records.get(String(old[keyColumn] ?? '').trim());
    return city ? [{ old, city }] : [];
  });
  const columns = columnsOf(rows).filter((column) => column !== keyColumn);
  const fields = register.fields.filter(({ key }) => key !== register.key).flatMap(({ key }) => {
    const best = candidates(pairs, columns, key).toSorted((a, b) => (b.agreement ?? 0) - (a.agreement ?? 0) || Number(a.reading === 'codes') - Number(b.reading === 'codes'))[0];
    return best && (best.agreement ?? 0) >= ENOUGH ? [best] : [];
  });
  return { fields: [{ field: register.key, column: keyColumn, reading: 'text', agreement: 1 }, ...fields], compared: pairs.length };
};
