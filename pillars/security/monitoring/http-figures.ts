import type { Registry } from 'prom-client';
import { NOTHING, type Counted } from './objectives.ts';

/** Bound of each bucket that is counted, in seconds. */
const BOUNDS = { '0.1': 'within100', '0.5': 'within500', '1': 'within1000', '2.5': 'within2500' } as const;
const OPERATION = /^([a-z][A-Za-z]*)\.[A-Za-z.-]+$/;
/** Connections that stay open by design say nothing about speed. */
const LONG_LIVED = new Set(['live']);

interface Value {
  labels: Partial<Record<string, string | number>>;
  metricName?: string;
  value: number;
}

/** Totals by group of operations since the process began, from the histogram of answers. Answers of 500 and above failed and are in time for nobody. */
export const totalsOf = (values: readonly Value[]): Map<string, Counted> => {
  const groups = new Map<string, Counted>();
  for (const { labels, metricName, value } of values) {
    const group = OPERATION.exec(String(labels['operation'] ?? ''))?.[1];
    if (group === undefined || LONG_LIVED.has(group)) continue;
    const counted = groups.get(group) ?? { ...NOTHING };
    const hasFailed = Number(labels['status']) >= 500;
    const bound = labels['le'] === undefined ? undefined : BOUNDS[String(labels['le']) as keyof typeof BOUNDS];
    if (bound && !hasFailed) counted[bound] += value;
    if (metricName?.endsWith('_count')) {
      counted.total += value;
      if (hasFailed) counted.failed += value;
    }
    groups.set(group, counted);
  }
  return groups;
};

/** What was answered since it was last asked, by group. */
export const openHttpFigures = (registry: Registry): (() => Promise<Map<string, Counted>>) => {
  let last = new Map<string, Counted>();
  return async () => {
    const metric = await registry.getSingleMetric('http_request_duration_seconds')?.get();
    const totals = totalsOf((metric?.values ?? []) as Value[]);
    const grown = new Map<string, Counted>();
    for (const [group, now] of totals) {
      const before = last.get(group) ?? NOTHING;
      if (now.total > before.total) grown.set(group, Object.fromEntries(Object.entries(now).map(([key, value]) => [key, value - before[key as keyof Counted]])) as unknown as Counted);
    }
    last = totals;
    return grown;
  };
};
