import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Measured } from './figures-service.ts';
import { combine, figureOf } from './gathering.ts';
import type { FigureSource, Part } from './store-figures.ts';

const measured = (measure: Measured['measure'], decimals = 6): Measured => ({ name: { zh: '指标', en: 'Figure' }, unit: { zh: '户', en: 'units' }, measure, grain: 'month', dimensions: [{ name: 'kind', title: { zh: '类型', en: 'Kind' } }], decimals, smallest: 3 });
const part = (provider: string, value: number | null, n: number | null, kind = 'a', period = '2026-01-01'): Part => ({ provider, period, dimensions: JSON.stringify({ kind }), value, n });

describe('figures of several sites', () => {
  test('of a count are the sum of what each tells; a group that is too small is counted as hidden and in no value', () => {
    expect(combine(measured('count'), [part('A', 5, 5), part('B', 7, 7), part('C', null, null)])).toEqual([
      { period: '2026-01-01', dimensions: { kind: 'a' }, value: 12, hidden: 1, parts: [{ provider: 'A', value: 5 }, { provider: 'B', value: 7 }, { provider: 'C', value: null }] },
    ]);
    expect(combine(measured('sum'), [part('A', null, null)])).toMatchObject([{ value: null, hidden: 1 }]);
  });

  test('of a mean or a share are those of all rows together (property)', () => {
    const rows = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 20 });
    fc.assert(fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), fc.constantFrom('mean' as const, 'share' as const), (sites, kind) => {
      const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
      const [group] = combine(measured(kind), sites.map((list, at) => part(`S${at}`, mean(list), list.length)));
      expect(group?.value).toBeCloseTo(mean(sites.flat()), 4);
    }));
  });

  test('of a median cannot be put together; each site’s own stands beside the others', () => {
    expect(combine(measured('median'), [part('A', 5, 9), part('B', 7, 9)])).toMatchObject([{ value: null, hidden: 0, parts: [{ value: 5 }, { value: 7 }] }]);
  });

  test('groups meet by period and members, not by their order', () => {
    expect(combine(measured('count'), [part('A', 5, 5, 'a'), part('A', 6, 6, 'b'), part('B', 7, 7, 'b'), part('B', 8, 8, 'a', '2026-02-01')]).map(({ period, dimensions, value }) => [period, dimensions['kind'], value])).toEqual([['2026-01-01', 'a', 5], ['2026-01-01', 'b', 13], ['2026-02-01', 'a', 8]]);
  });

  test('a site that measures something else is named and left out', () => {
    const source = (provider: string, definition: Measured | null): FigureSource => ({ indicator: 'x', provider: `D/G/${provider}/S`, client: 'D/G/P/S', basis: '统计', definition, reckonedAt: null, takenAt: null, failure: null });
    const figure = figureOf('x', [source('A', measured('count')), source('B', { ...measured('count'), unit: { zh: '万户', en: 'ten thousands' } }), source('C', null)]);
    expect(figure.sources.map(({ isSame }) => isSame)).toEqual([true, false, true]);
  });
});
