import type { GatheredFigure, GatheredValue } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { Exchange } from '@zhengwu/exchange';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { checkFigures, FIGURES, type Figures, type Measured } from './figures-service.ts';
import * as store from './store-figures.ts';

/** The background work that asks subordinates; its payload is the figure, or nothing for all. */
export const COLLECT = 'federation.collect';

const ask = async (site: Site, { client, provider, indicator }: store.FigureSource): Promise<Figures> => {
  const answer = await site.use(Exchange).call({ client, service: `${provider}/${FIGURES}`, path: `/${encodeURIComponent(indicator)}` });
  const body = (await answer.read()).toString();
  if (answer.status !== 200) throw new Error(`${provider} answered ${String(answer.status)}: ${body.slice(0, 200)}`);
  const figures: unknown = JSON.parse(body);
  const [issue] = checkFigures(figures);
  if (issue) throw new Error(`${provider} answered something else than figures: ${issue.path}`);
  return figures as Figures;
};

/** Asks one subordinate; where it is out of reach what it said last stays, with why. */
const collectOne = async (site: Site, source: store.FigureSource): Promise<void> => {
  const { database } = site;
  try {
    const figures = await ask(site, source);
    await database.as(database.system, (tx) => store.takeFigures(tx, source, figures));
  } catch (error) {
    await database.as(database.system, (tx) => store.noteFigureFailure(tx, source, error instanceof Error ? error.message : String(error)));
  }
};

/** Asks every subordinate that a figure is put together from. */
export const collect = async (site: Site, indicator: string | null = null): Promise<void> => {
  const sources = await site.database.as(site.database.system, (tx) => store.selectFigureSources(tx, indicator), { readOnly: true });
  for (const source of sources) await collectOne(site, source);
};

const namesOf = ({ dimensions }: Measured): string => dimensions.map(({ name }) => name).join();
const isSame = (a: Measured, b: Measured): boolean => a.measure === b.measure && a.grain === b.grain && a.unit.zh === b.unit.zh && namesOf(a) === namesOf(b);

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** Counts and sums add up; shares and means are weighed by the rows behind them; medians can't be put together. */
const valueOf = ({ measure, decimals }: Measured, parts: readonly store.Part[]): number | null => {
  const told = parts.flatMap(({ value, n }) => (value === null || n === null ? [] : [{ value, n }]));
  if (told.length === 0 || measure === 'median') return null;
  const sum = told.reduce((total, { value, n }) => total + (measure === 'count' || measure === 'sum' ? value : value * n), 0);
  return rounded(measure === 'count' || measure === 'sum' ? sum : sum / told.reduce((total, { n }) => total + n, 0), decimals);
};

/** Groups of several sites put together, newest period first; `hidden` counts sites whose group is too small to be told, and is in no value. */
export const combine = (measured: Measured, parts: readonly store.Part[]): GatheredValue[] =>
  [...Map.groupBy(parts, ({ period, dimensions }) => `${period} ${dimensions}`).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{
      period: first.period, dimensions: JSON.parse(first.dimensions) as GatheredValue['dimensions'], value: valueOf(measured, group), hidden: group.filter(({ value }) => value === null).length,
      parts: group.map(({ provider, value }) => ({ provider, value })),
    }] : [];
  });

export const figureOf = (indicator: string, sources: readonly store.FigureSource[]): GatheredFigure => {
  const measured = sources.find(({ definition }) => definition !== null)?.definition ?? null;
  return {
    indicator, measured: measured && { name: measured.name, unit: measured.unit, measure: measured.measure, grain: measured.grain, dimensions: measured.dimensions, smallest: measured.smallest },
    sources: sources.map(({ provider, client, basis, definition, reckonedAt, takenAt, failure }) => ({
      provider, client, basis, reckonedAt: reckonedAt?.toISOString() ?? null, takenAt: takenAt?.toISOString() ?? null, failure, isSame: measured === null || definition === null || isSame(measured, definition),
    })),
  };
};

const MOST = 20_000;

/** A figure put together from all subordinates that measure the same. Throws `federation.figure-unknown`. */
export const readGathered = async (tx: Tx, indicator: string): Promise<{ figure: GatheredFigure; items: GatheredValue[]; cut: boolean }> => {
  const sources = await store.selectFigureSources(tx, indicator);
  if (sources.length === 0) throw fail('federation.figure-unknown', { indicator });
  const figure = figureOf(indicator, sources);
  const measured = sources.find(({ definition }) => definition !== null)?.definition;
  const same = new Set(figure.sources.filter((one) => one.isSame).map(({ provider }) => provider));
  const parts = await store.selectParts(tx, indicator, MOST + 1);
  return { figure, items: measured ? combine(measured, parts.slice(0, MOST).filter(({ provider }) => same.has(provider))) : [], cut: parts.length > MOST };
};

/** Every figure that is gathered here. */
export const listGathered = async (tx: Tx): Promise<GatheredFigure[]> => [...Map.groupBy(await store.selectFigureSources(tx), ({ indicator }) => indicator)].map(([indicator, sources]) => figureOf(indicator, sources));
