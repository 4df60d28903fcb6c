import type { Text } from '@zhengwu/contracts';
import type { Burning } from './alerting.ts';

/** Answers in one span. */
export interface Counted {
  total: number;
  failed: number;
  within100: number;
  within500: number;
  within1000: number;
  within2500: number;
}

export interface Objective {
  id: string;
  name: Text;
  group: string;
  kind: 'availability' | 'latency';
  target: number;
  withinMs: 100 | 500 | 1000 | 2500 | null;
  days: number;
}

const WITHIN = { 100: 'within100', 500: 'within500', 1000: 'within1000', 2500: 'within2500' } as const;
export const NOTHING: Counted = { total: 0, failed: 0, within100: 0, within500: 0, within1000: 0, within2500: 0 };

export const sum = (list: readonly Counted[]): Counted => list.reduce((all, one) => ({
  total: all.total + one.total, failed: all.failed + one.failed, within100: all.within100 + one.within100, within500: all.within500 + one.within500,
  within1000: all.within1000 + one.within1000, within2500: all.within2500 + one.within2500,
}), NOTHING);

/** Answers that kept the promise: not failed, or in time. */
export const goodOf = ({ kind, withinMs }: Pick<Objective, 'kind' | 'withinMs'>, counted: Counted): number =>
  kind === 'availability' || withinMs === null ? counted.total - counted.failed : counted[WITHIN[withinMs]];

/** How many times faster than evenly the budget is spent: 1 spends it exactly over the objective's days. Null without requests. */
export const burnOf = (objective: Objective, counted: Counted): number | null =>
  counted.total === 0 ? null : (1 - goodOf(objective, counted) / counted.total) / (1 - objective.target);

/** Part of the budget that is left; below 0 when more was spent than there was. */
export const budgetLeft = (objective: Objective, counted: Counted): number | null => {
  const burnt = burnOf(objective, counted);
  return burnt === null ? null : 1 - burnt;
};

/** Minutes of the windows that the page and the rules look at. */
export const WINDOWS = [5, 30, 60, 360, 4320] as const;

export const burningOf = (objective: Objective, over: (minutes: number) => Counted): Burning => ({
  objective: objective.id, name: objective.name,
  over: (minutes) => {
    const counted = over(minutes);
    return { times: burnOf(objective, counted) ?? 0, failures: counted.total - goodOf(objective, counted) };
  },
});
