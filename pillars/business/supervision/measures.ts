import type { Clock } from '@zhengwu/clock';
import type { Database, Tx } from '@zhengwu/database';
import type { Measures } from '@zhengwu/services';
import { selectMeasured, selectOpenCases } from './store-figures.ts';

/** How long a public page may show the last measurement. */
const FRESH_MS = 60_000;

/** What cases measure of services, for the comparison of before and after; measured at most once a minute, however many ask. */
export const openMeasures = (database: Database, clock: Clock): Measures => {
  const measured = <T>(read: (tx: Tx) => Promise<T>): (() => Promise<T>) => {
    let last: { at: number; value: Promise<T> } | undefined;
    return () => {
      const at = clock.now().getTime();
      if (last && at - last.at < FRESH_MS && at >= last.at) return last.value;
      const value = database.as(database.system, read, { readOnly: true });
      last = { at, value };
      value.catch(() => (last = undefined));
      return value;
    };
  };
  return { after: measured(selectMeasured), openCases: measured(selectOpenCases) };
};
