import type { Tx } from '@zhengwu/database';
import type { Figures, Measured } from './figures-service.ts';

export interface FigureSource {
  indicator: string;
  provider: string;
  client: string;
  basis: string;
  definition: Measured | null;
  reckonedAt: Date | null;
  takenAt: Date | null;
  failure: string | null;
}

export interface Part {
  provider: string;
  period: string;
  dimensions: string;
  value: number | null;
  n: number | null;
}

const columns = 'indicator, provider, client, basis, definition, reckoned_at as "reckonedAt", taken_at as "takenAt", failure';

export const selectFigureSources = async (tx: Tx, indicator: string | null = null): Promise<FigureSource[]> =>
  (await tx.query<FigureSource>(`select ${columns} from federation.figure_source where $1::text is null or indicator = $1 order by indicator, provider`, [indicator])).rows;

export const upsertFigureSource = async (tx: Tx, one: Pick<FigureSource, 'indicator' | 'provider' | 'client' | 'basis'>): Promise<void> => {
  await tx.query('insert into federation.figure_source (indicator, provider, client, basis) values ($1, $2, $3, $4) on conflict (indicator, provider) do update set client = excluded.client, basis = excluded.basis', [one.indicator, one.provider, one.client, one.basis]);
};

export const deleteFigureSource = async (tx: Tx, indicator: string, provider: string): Promise<boolean> => (await tx.query('delete from federation.figure_source where indicator = $1 and provider = $2', [indicator, provider])).rowCount === 1;

/** Dimensions in one order, so that groups of several sites meet. */
const canonical = (members: Figures['items'][number]['dimensions']): string => JSON.stringify(Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1))));

/** What a subordinate handed over replaces what it handed over before, as a whole. */
export const takeFigures = async (tx: Tx, { indicator, provider }: Pick<FigureSource, 'indicator' | 'provider'>, { measured, reckonedAt, items }: Figures): Promise<void> => {
  await tx.query('delete from federation.figure_part where indicator = $1 and provider = $2', [indicator, provider]);
  await tx.query(`insert into federation.figure_part (indicator, provider, period, dimensions, value, n)
    select $1, $2, p.period, p.dimensions, p.value, p.n from jsonb_to_recordset($3::jsonb) as p(period date, dimensions text, value float8, n float8)`,
  [indicator, provider, JSON.stringify(items.map(({ dimensions, ...rest }) => ({ ...rest, dimensions: canonical(dimensions) })))]);
  await tx.query('update federation.figure_source set definition = $3::jsonb, reckoned_at = $4, taken_at = now(), failure = null where indicator = $1 and provider = $2', [indicator, provider, JSON.stringify(measured), reckonedAt]);
};

/** What went wrong; what was handed over before stays. */
export const noteFigureFailure = async (tx: Tx, { indicator, provider }: Pick<FigureSource, 'indicator' | 'provider'>, failure: string): Promise<void> => {
  await tx.query('update federation.figure_source set failure = $3 where indicator = $1 and provider = $2', [indicator, provider, failure.slice(0, 500)]);
};

export const selectParts = async (tx: Tx, indicator: string, limit: number): Promise<Part[]> =>
  (await tx.query<Part>('select provider, period, dimensions, value, n from federation.figure_part where indicator = $1 order by period desc, dimensions, provider limit $2', [indicator, limit])).rows;
