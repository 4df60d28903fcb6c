import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { callListed } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';

export type Part = 'database' | 'portal';

/** What a drill measured, in seconds; null when it did not come back in time. */
export interface Measured {
  seconds: number | null;
  /** Whether the probe saw it gone: a drill that stops nothing proves nothing. */
  wasDown: boolean;
}

const LONGEST_SECONDS = 120;

/** The process of the portal: another program of the same supervisor. */
const portalProcess = (): number | null => {
  try {
    for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one) && Number(one) !== process.pid)) {
      const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(join('/proc', name, 'stat'), 'utf8'))?.[1]);
      if (parent === process.ppid && readFileSync(join('/proc', name, 'cmdline'), 'utf8').includes('portal.js')) return Number(name);
    }
  } catch {
    // A process that ended while we looked, or a machine without /proc: then nothing is found and nothing is stopped.
  }
  return null;
};

/** The postmaster: parent of the process that answers us. Ours alone: another machine's database is not ours to stop. */
const postmaster = async ({ database, config }: Site): Promise<number | null> => {
  if (config.database.url !== undefined) return null;
  const pid = await database.as(database.system, async (tx) => (await tx.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid, { readOnly: true });
  try {
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
    return readFileSync(`/proc/${parent}/cmdline`, 'utf8').includes('postgres') ? parent : null;
  } catch {
    return null;
  }
};

/** The process to stop, or null where this site cannot drill it. */
export const targetOf = (site: Site, part: Part): Promise<number | null> => (part === 'portal' ? Promise.resolve(portalProcess()) : postmaster(site));

/** Asks from outside the stopped part whether it works. */
export const probeOf = ({ database, config }: Site, part: Part): (() => Promise<boolean>) =>
  part === 'database'
    ? () => database.ready().catch(() => false)
    : () => callListed(`${config.origins.portal}/healthz`, {}, { hosts: [new URL(config.origins.portal).host], milliseconds: 1000 }).then(({ ok }) => ok, () => false);

/** Measures from the stop until three probes in a row succeed. */
export const measure = async (stop: () => void, probe: () => Promise<boolean>, longest = LONGEST_SECONDS): Promise<Measured> => {
  const begun = performance.now();
  stop();
  let wasDown = false;
  let good = 0;
  let backAt = 0;
  while (performance.now() - begun < longest * 1000) {
    const up = await probe();
    if (!up) { wasDown = true; good = 0; }
    if (up && good === 0) backAt = performance.now();
    if (up) good += 1;
    // What never went down within three seconds was not stopped.
    if (good >= 3 && (wasDown || performance.now() - begun > 3000)) return { seconds: Math.round(backAt - begun) / 1000, wasDown };
    await sleep(50);
  }
  return { seconds: null, wasDown };
};
