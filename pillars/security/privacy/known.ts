import type { Database } from '@zhengwu/database';
import { consentTexts, isAllowed, type Consents } from './consents.ts';
import * as store from './store.ts';

/** Milliseconds after which another process of the site knows what was said in this one. */
const REFRESH = 10_000;

export interface OpenConsents extends Consents {
  /** Reads anew what was said. */
  refresh(): Promise<void>;
}

/** Keeps in memory who said something, so that asking costs no round trip; few ever do. */
export const openConsents = async (database: Database, now: () => number = Date.now): Promise<OpenConsents> => {
  let last = new Map<string, { act: string; version: number }>();
  let read = 0;
  const refresh = async (): Promise<void> => {
    read = now();
    last = new Map((await database.as(database.system, store.lastOfAll, { readOnly: true })).map((row) => [`${row.person}/${row.code}`, row]));
  };
  await refresh();
  return {
    refresh,
    allows: (person, code) => {
      const text = consentTexts[code];
      // In the background: what one process heard takes effect there at once, in the others within ten seconds.
      if (now() - read > REFRESH) refresh().catch(() => undefined);
      return text !== undefined && isAllowed(text, last.get(`${person}/${code}`));
    },
  };
};
