import { MOST_EXPORT_ROWS, type Actor } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { within, type Exportable, type Table } from './exportable.ts';
import { sheetOf, type Sheet } from './sheet.ts';
import * as store from './store.ts';

/** One export as it is asked for. */
export interface Wish {
  filter: Readonly<Record<string, string>>;
  reason: string | null;
  key: string;
  language: 'zh' | 'en';
}
export interface Made extends Sheet {
  number: string;
  name: string;
  rows: number;
}

const checkFilter = ({ filters }: Exportable, filter: Readonly<Record<string, string>>): void => {
  const wrong = [...Object.keys(filter).filter((name) => !filters.some((one) => one.name === name)), ...filters.filter(({ name, required }) => required === true && !filter[name]).map(({ name }) => name)];
  if (wrong.length > 0) throw fail('export.filter', { names: wrong.join(', ') });
};

/** A clock's reading as it stands in the file: to the minute, in the city's time. */
const minuteOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const markOf = (number: string, name: string, at: Date, language: 'zh' | 'en'): { head: string; text: string } => ({ head: language === 'zh' ? '导出标记' : 'Export', text: `${number} ${name} ${minuteOf(at)}` });

const made = (one: Exportable, table: Table, entry: Pick<store.ExportRow, 'number' | 'person_name' | 'at'>, language: 'zh' | 'en'): Made => ({
  ...sheetOf(table, markOf(entry.number, entry.person_name, entry.at, language), one.shows ?? []), number: entry.number, name: `${one.kind}-${entry.number}.csv`, rows: table.rows.length,
});

/** Counts the rows: against the day's quota first, then against an approval. Answers the approval used. */
const count = async (tx: Tx, { person, kind, rows, now, standard }: { person: string; kind: string; rows: number; now: Date; standard: number }): Promise<string | null> => {
  const day = dayOf(now);
  const quota = (await store.quotaOf(tx, person, kind)) ?? standard;
  if (await store.use(tx, person, kind, day, rows, quota)) return null;
  const approval = await store.useApproval(tx, person, kind, now, rows);
  if (approval === undefined) throw fail('export.over-quota', { rows, quota, used: await store.usedOn(tx, person, kind, day) });
  return approval;
};

/**
 * Reads the list within the actor's own reach, counts it, enters it in the ledger and the trail, and answers the file; all or nothing. The same key again
 * counts nothing and gives the same file, or says that the data has changed.
 */
export const makeExport = async ({ database, audit, clock, config }: Site, one: Exportable, actor: Actor, { filter, reason, key, language }: Wish): Promise<Made> => {
  checkFilter(one, filter);
  const table = await one.read(within(actor, one.permission), filter, MOST_EXPORT_ROWS + 1, language);
  if (table.rows.length > MOST_EXPORT_ROWS) throw fail('export.too-large', { most: MOST_EXPORT_ROWS });
  const person = actor.personId ?? '';
  return database.as(database.system, async (tx) => {
    await store.holdKey(tx, person, key);
    const before = await store.byKey(tx, person, key);
    if (before) {
      const again = made(one, table, before, language);
      if (again.hash !== before.hash) throw fail('export.changed', { number: before.number });
      return again;
    }
    const now = clock.now();
    const rows = table.rows.length;
    const request = await count(tx, { person, kind: one.kind, rows, now, standard: config.exportRows });
    const number = `E${dayOf(now).slice(0, 4)}-${String(await store.nextNumber(tx)).padStart(6, '0')}`;
    const entry = { number, person, person_name: actor.name, kind: one.kind, at: now };
    const file = made(one, table, entry, language);
    const id = await store.enter(tx, { ...entry, rows, size: file.size, hash: file.hash, reason, filter: { ...filter }, found: { ...file.found }, request, key });
    await audit.recordFor(tx, actor, { event: 'disclosure.exported', subject: id, detail: { operation: 'export.make', kind: one.kind, number, rows, hash: file.hash, found: file.found, ...(request ? { request } : {}) } });
    return file;
  });
};
