import { Indicators, type Reckoned } from '@zhengwu/analytics';
import { dayOf, isDay } from '@zhengwu/clock';
import type { Provided, ProvidedAnswer } from '@zhengwu/exchange';
import { compileSchema } from '@zhengwu/http';
import { Datasets, type Site } from '@zhengwu/module';
import { Type, type Static } from 'typebox';

/** The service by which a superior asks for figures. */
export const FIGURES = 'figures';

const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const Text = Type.Object({ zh: Type.String({ maxLength: 500 }), en: Type.String({ maxLength: 500 }) });
/** What a figure measures: figures of several sites are put together when this is the same. */
const Measured = Type.Object({ name: Text, unit: Text, measure: Type.Enum(['count', 'sum', 'mean', 'median', 'share']), grain: Type.Enum(['day', 'month', 'quarter', 'year']), dimensions: Type.Array(Type.Object({ name: Type.String({ maxLength: 40 }), title: Text }), { maxItems: 10 }), decimals: Type.Integer({ minimum: 0, maximum: 6 }), smallest: Type.Integer({ minimum: 1 }) });
export type Measured = Static<typeof Measured>;
export const Figures = Type.Object({
  indicator: Type.String(), measured: Measured, reckonedAt: OrNull(Type.String({ format: 'date-time' })),
  items: Type.Array(Type.Object({ period: Type.String({ format: 'date' }), dimensions: Type.Record(Type.String(), OrNull(Type.String({ maxLength: 200 }))), value: OrNull(Type.Number()), n: OrNull(Type.Number({ minimum: 0 })) }), { maxItems: 100_000 }),
});
export type Figures = Static<typeof Figures>;
export const checkFigures = compileSchema(Figures);

const problem = (status: number, title: string): ProvidedAnswer => ({ status, headers: [['Content-Type', 'application/problem+json']], body: JSON.stringify({ title, status }) });
const openapi = {
  openapi: '3.1.0',
  info: { title: '统计指标 · Figures', version: '1', description: 'Indicators of this site as groups with their values: no row of a register, and no group that is smaller than its indicator allows.' },
  paths: {
    '/{indicator}': {
      get: {
        summary: 'Values of an indicator', parameters: [{ name: 'indicator', in: 'path', required: true, schema: { type: 'string', maxLength: 100 } }, { name: 'from', in: 'query', schema: { type: 'string', format: 'date' } }],
        responses: { 200: { description: 'The values, and how many rows stand behind each', content: { 'application/json': { schema: Figures as unknown as Record<string, unknown> } } }, 404: { description: 'No such indicator' } },
      },
    },
  },
};

/** Three units is the least that a published group may have unless its indicator says more (统计法 §25 protects whoever can be told from a figure). */
const LEAST = 3;

const figuresOf = (site: Site, { indicator, reckonedAt, values }: Reckoned): Figures => {
  const { code, name, unit, measure, grain, dimensions, decimals, smallest, dataset } = indicator;
  const columns = site.use(Datasets)().find((one) => one.code === dataset)?.columns ?? [];
  const least = Math.max(smallest, LEAST);
  return {
    indicator: code, reckonedAt: reckonedAt?.toISOString() ?? null, measured: { name, unit, measure: measure.kind as 'count', grain: grain as 'day', dimensions: [...dimensions].sort().map((one) => ({ name: one, title: columns.find((column) => column.name === one)?.title ?? { zh: one, en: one } })), decimals, smallest: least },
    items: values.map(({ period, dimensions: members, value, n }) => {
      const isTold = value !== null && n !== null && n >= least;
      return { period, dimensions: JSON.parse(members) as Figures['items'][number]['dimensions'], value: isTold ? value : null, n: isTold ? n : null };
    }),
  };
};

const SINCE_YEARS = 5;

/** Answers a superior with figures; the right of the exchange says who may ask for which. */
export const figuresService = (site: Site): Provided => ({
  openapi,
  handle: async ({ client, method, path, query, id }) => {
    if (method !== 'GET') return problem(405, 'There is GET and nothing else');
    const [, code = '', ...more] = path.split('/').map((segment) => decodeURIComponent(segment));
    const from = query.get('from') ?? `${String(Number(dayOf(site.clock.now()).slice(0, 4)) - SINCE_YEARS)}-01-01`;
    if (!isDay(from)) return problem(422, 'from is no calendar day');
    const found = more.length > 0 ? undefined : await site.use(Indicators).reckoned(code, from);
    if (!found) return problem(404, 'No such indicator');
    await site.database.as(site.database.system, (tx) => site.audit.record(tx, { event: 'federation.figuresGiven', subject: code, detail: { client, message: id } }));
    return { status: 200, headers: [['Content-Type', 'application/json']], body: JSON.stringify(figuresOf(site, found)) };
  },
});
