import { createCalendar, type CalendarYear, type WorkingCalendar } from '@zhengwu/clock';
import type { Acting, Database } from '@zhengwu/database';
import { key } from '@zhengwu/module';
import { fail } from './errors.ts';
import { readYears, writeYear, type KeptYear } from './store.ts';

/** The site's working days. */
export interface Calendars {
  /** By what the site counts now. */
  current(): WorkingCalendar;
  years(actor: Acting): Promise<KeptYear[]>;
  /** Keeps a year whole; throws `calendar.changed` when another version than the one read is there, `calendar.invalid` for bad days. */
  keep(actor: Acting & { name?: string }, entry: CalendarYear, version: number | null): Promise<number>;
  /** Reads anew what other processes of the site may have changed. */
  refresh(): Promise<void>;
}

export const Calendars = key<Calendars>('calendars');

/** Opens the calendars on what the database holds; `initial` years are entered where it has none at all. */
export const openCalendars = async (database: Database, initial: readonly CalendarYear[]): Promise<Calendars> => {
  let calendar = createCalendar([]);
  const refresh = async (): Promise<void> => {
    calendar = createCalendar(await readYears(database, database.system));
  };
  const keep: Calendars['keep'] = async (actor, entry, version) => {
    createCalendar([entry]);
    const written = await database.as(actor, (tx) => writeYear(tx, entry, version, actor.name ?? 'system'));
    if (written === null) throw fail('calendar.changed');
    await refresh();
    return written;
  };
  const known = await readYears(database, database.system);
  if (known.length === 0) for (const entry of initial) await keep(database.system, entry, null);
  await refresh();
  return { current: () => calendar, years: (actor) => readYears(database, actor), keep, refresh };
};
