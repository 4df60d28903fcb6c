import type { ReadingRow } from '@zhengwu/contracts';
import type { Site } from '@zhengwu/module';
import { runCheck, type Checks, type Reading } from './checks.ts';
import { runProbe } from './probe.ts';
import { addSamples, sayReadings, type Said } from './store.ts';
import { takeDueProbes } from './store-probes.ts';

/** What is to be kept of one measurement. */
export interface Measured {
  series: string;
  kind: ReadingRow['kind'];
  group: string;
  name: ReadingRow['name'];
  reading: Reading;
}

const said = ({ reading, ...about }: Measured): Said => {
  const { state, value, unit, note, remedy } = reading;
  return { ...about, state, value: value ?? null, unit: unit ?? null, note, remedy: state === 'good' || state === 'unknown' ? null : (remedy ?? null) };
};

/** Keeps measurements: the last word and the history. What is unknown leaves no history. */
export const keep = async ({ database, clock }: Pick<Site, 'database' | 'clock'>, measured: readonly Measured[]): Promise<void> => {
  if (measured.length === 0) return;
  const at = clock.now();
  await database.as(database.system, async (tx) => {
    await sayReadings(tx, at, measured.map(said));
    await addSamples(tx, at, measured.filter(({ reading }) => reading.state !== 'unknown').map(({ series, reading }) => ({ series, ok: reading.state !== 'bad', value: reading.value ?? null })));
  });
};

/** Runs every check, four at a time, and keeps what was found. */
export const checkAll = async (site: Pick<Site, 'database' | 'clock'>, checks: Checks): Promise<void> => {
  const waiting = [...checks.all()];
  const measured: Measured[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      measured.push({ series: `check:${check.id}`, kind: 'check', group: check.group, name: check.name, reading: await runCheck(check) });
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  await keep(site, measured);
};

const MOST_AT_ONCE = 50;

/** Runs the probes whose turn has come. */
export const probeDue = async (site: Pick<Site, 'database' | 'clock'>): Promise<number> => {
  const due = await site.database.as(site.database.system, (tx) => takeDueProbes(tx, MOST_AT_ONCE));
  const measured = await Promise.all(due.map(async (probe): Promise<Measured> =>
    ({ series: `probe:${probe.id}`, kind: 'probe', group: 'probe', name: { zh: probe.name, en: probe.name }, reading: await runProbe(probe) })));
  await keep(site, measured);
  return due.length;
};
