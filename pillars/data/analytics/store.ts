import type { Tx } from '@zhengwu/database';
import type { Indicator } from '@zhengwu/pack';

export interface Snapshot {
  dataset: string;
  takenAt: Date;
  rows: number;
  bytes: number;
  file: string;
  sha256: string;
  columns: string[];
}

export interface KeptIndicator {
  definition: Indicator;
  reckonedAt: Date | null;
}

export interface Value {
  period: string;
  /** Canonical JSON of the members by dimension. */
  dimensions: string;
  department: number | null;
  value: number | null;
  /** How many rows stand behind it; null where that may not be told. */
  n: number | null;
}

export const insertSnapshot = async (tx: Tx, one: Snapshot): Promise<void> => {
  await tx.query('insert into analytics.snapshot (dataset, taken_at, rows, bytes, file, sha256, columns) values ($1, $2, $3, $4, $5, $6, $7::jsonb)',
    [one.dataset, one.takenAt, one.rows, one.bytes, one.file, one.sha256, JSON.stringify(one.columns)]);
};

/** Forgets all but the newest of a data set; answers the names of their files. */
export const forgetSnapshots = async (tx: Tx, dataset: string, kept: number): Promise<string[]> =>
  (await tx.query<{ file: string }>(`delete from analytics.snapshot where id in (select id from analytics.snapshot where dataset = $1 order by taken_at desc, id desc offset $2) returning file`, [dataset, kept])).rows.map(({ file }) => file);

/** The newest snapshot of each data set. */
export const selectSnapshots = async (tx: Tx): Promise<Snapshot[]> =>
  (await tx.query<Snapshot>(`select distinct on (dataset) dataset, taken_at as "takenAt", rows, bytes, file, sha256, columns from analytics.snapshot order by dataset, taken_at desc, id desc`)).rows;

export const upsertIndicator = async (tx: Tx, packHash: string, indicator: Indicator): Promise<void> => {
  await tx.query(`insert into analytics.indicator (code, definition, pack_hash, is_open) values ($1, $2::jsonb, $3, $4)
    on conflict (code) do update set definition = excluded.definition, pack_hash = excluded.pack_hash, is_open = excluded.is_open`,
  [indicator.code, JSON.stringify(indicator), packHash, indicator.openness === 'open']);
};

export const selectIndicators = async (tx: Tx): Promise<KeptIndicator[]> =>
  (await tx.query<KeptIndicator>('select definition, reckoned_at as "reckonedAt" from analytics.indicator order by code')).rows;

/** The values of an indicator as they are now; what is no longer so goes. */
export const replaceValues = async (tx: Tx, { code, openness }: Indicator, values: readonly Value[], at: Date): Promise<void> => {
  await tx.query('delete from analytics.value where indicator = $1', [code]);
  await tx.query(`insert into analytics.value (indicator, period, dimensions, department, is_open, value, n)
    select $1, v.period, v.dimensions, v.department, $2, v.value, v.n from jsonb_to_recordset($3::jsonb) as v(period date, dimensions text, department int, value float8, n float8)`,
  [code, openness === 'open', JSON.stringify(values)]);
  await tx.query('update analytics.indicator set reckoned_at = $2 where code = $1', [code, at]);
};

/** Values of a span, oldest first, at most `limit`. */
export const selectValues = async (tx: Tx, code: string, from: string | null, to: string | null, limit: number): Promise<Omit<Value, 'department'>[]> =>
  (await tx.named<Omit<Value, 'department'>>('analytics.values', `select period, dimensions, value, n from analytics.value
    where indicator = $1 and ($2::date is null or period >= $2) and ($3::date is null or period <= $3) order by period, dimensions limit $4`, [code, from, to, limit])).rows;
