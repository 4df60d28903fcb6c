import type { IndicatorValue, IndicatorView } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { key, type Dataset, type Site } from '@zhengwu/module';
import type { Indicator } from '@zhengwu/pack';
import type { Engine } from './engine/engine.ts';
import { fail } from './errors.ts';
import { statementOf } from './question.ts';
import { join } from 'node:path';
import { folderOf } from './snapshots.ts';
import * as store from './store.ts';

/** The indicators of a site: declared once by packs, reckoned from snapshots, served to whoever may have them. */
export interface Indicators {
  /** Takes in those of a frozen pack; later versions replace. */
  define(packHash: string, indicators: readonly Indicator[]): Promise<void>;
  /** An indicator with its values from a day on, small groups left out of them; undefined where the site has none of that code. */
  reckoned(code: string, from: string): Promise<Reckoned | undefined>;
}

/** An indicator as it was reckoned last. */
export interface Reckoned {
  indicator: Indicator;
  reckonedAt: Date | null;
  values: Omit<store.Value, 'department'>[];
}

export const Indicators = key<Indicators>('analytics.indicators');

export const openIndicators = ({ database }: Site): Indicators => ({
  define: (packHash, list) => database.as(database.system, async (tx) => {
    for (const one of list) await store.upsertIndicator(tx, packHash, one);
  }),
  reckoned: (code, from) => database.as(database.system, async (tx) => {
    const found = (await store.selectIndicators(tx)).find(({ definition }) => definition.code === code);
    return found && { indicator: found.definition, reckonedAt: found.reckonedAt, values: await store.selectValues(tx, code, from, null, MOST) };
  }, { readOnly: true }),
});

/** More values than this make an indicator that nobody reads. */
const MOST = 100_000;
export const PAGE = 5000;

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

const valueOf = (indicator: Indicator, dataset: Dataset, row: readonly (string | number | boolean | null)[]): store.Value => {
  const { dimensions, smallest, decimals } = indicator;
  const members = Object.fromEntries(dimensions.map((name, i) => [name, row[i + 1] ?? null]));
  const [value, n] = row.slice(-2).map(Number) as [number, number];
  const department = dataset.department !== null && dimensions.includes(dataset.department) ? Number(members[dataset.department] ?? 0) : null;
  const isHidden = n < smallest || Number.isNaN(value);
  return { period: String(row[0]), dimensions: JSON.stringify(members), department, value: isHidden ? null : rounded(value, decimals), n: isHidden ? null : n };
};

/** Reckons one indicator from a snapshot and replaces its values. */
export const reckon = async (site: Site, engine: Engine, indicator: Indicator, dataset: Dataset, snapshot: store.Snapshot): Promise<number> => {
  const { measure, where, dimensions, time, grain } = indicator;
  const task = statementOf(dataset, join(folderOf(site), snapshot.file), { measure, where, by: dimensions, period: { column: time, grain: grain as 'day' }, limit: MOST }, 'all');
  const { rows } = await engine.ask(task);
  const values = rows.slice(0, MOST).map((row) => valueOf(indicator, dataset, row));
  await site.database.as(site.database.system, (tx) => store.replaceValues(tx, indicator, values, snapshot.takenAt));
  return values.length;
};

export const viewOf = ({ definition, reckonedAt }: store.KeptIndicator, datasets: readonly Dataset[]): IndicatorView => {
  const { code, name, definition: meaning, unit, owner, dataset, grain, dimensions, decimals, openness, smallest } = definition;
  const columns = datasets.find((one) => one.code === dataset)?.columns ?? [];
  return {
    code, name, definition: meaning, unit, owner, dataset, grain: grain as 'day', decimals, openness: openness as 'open', smallest, reckonedAt: reckonedAt?.toISOString() ?? null,
    dimensions: dimensions.map((column) => ({ name: column, title: columns.find((one) => one.name === column)?.title ?? { zh: column, en: column } })),
  };
};

/** An indicator with its values in a span, as the reader's row-level security shows them. */
export const readSeries = async (tx: Tx, code: string, span: { from?: string; to?: string }, datasets: readonly Dataset[]): Promise<{ indicator: IndicatorView; items: IndicatorValue[]; cut: boolean }> => {
  const found = (await store.selectIndicators(tx)).find(({ definition }) => definition.code === code);
  if (!found) throw fail('indicator.unknown', { indicator: code });
  const rows = await store.selectValues(tx, code, span.from ?? null, span.to ?? null, PAGE + 1);
  return {
    indicator: viewOf(found, datasets), cut: rows.length > PAGE,
    items: rows.slice(0, PAGE).map(({ period, dimensions, value }) => ({ period, dimensions: JSON.parse(dimensions) as IndicatorValue['dimensions'], value })),
  };
};
