import { followSuite, openSigningKeys, suiteNamed, type KeyStore } from '@zhengwu/crypto';
import { defineModule, key, type Site } from '@zhengwu/module';
import { TimeStamps } from '@zhengwu/certificates';
import { isZhengwuError } from '@zhengwu/errors';
import { Exports } from '@zhengwu/disclosure';
import { exportables } from './exporting.ts';
import { PURPOSE } from './head.ts';
import { copyOut, retire } from './keeping.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { trailSchema } from './schema.ts';
import { appendRecords } from './worker.ts';

const Keys = key<KeyStore>('trail.keys');

/** A stamp where the site has an authority; without one, heads are signed alone, and the console says so. */
const stampOf = (site: Site) => async (digest: Buffer): Promise<Buffer | null> => {
  try {
    return (await site.find(TimeStamps)?.stamp(digest)) ?? null;
  } catch (error) {
    if (isZhengwuError(error) && error.code === 'certificate.no-authority') return null;
    // The log goes on; a head without a stamp after one with it is a finding of the next verification.
    site.log.error({ err: error }, 'the head of the audit log could not be time-stamped');
    return null;
  }
};

/** Copies to the second place; a failure is an event that raises an alarm, and is recorded. */
const copyOrTell = async ({ database, audit, events }: Site, place: string, signal: AbortSignal): Promise<void> => {
  try {
    await copyOut(database, place, signal);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    await database.as(database.system, async (tx) => {
      await audit.record(tx, { event: 'audit.exportFailed', subject: 'audit', detail: { place, reason } });
      await events.append(tx, { type: 'audit.export-failed', subject: 'audit', payload: { place, reason } });
    });
    throw error;
  }
};

export const trailModule = defineModule({
  ...trailSchema,
  policy,
  routes,
  setup: async (site) => {
    const keys = await openSigningKeys(site.config, 'audit', suiteNamed(site.config.cryptoSuite));
    await followSuite(keys, PURPOSE);
    site.provide(Keys, keys);
    for (const one of exportables(site)) site.find(Exports)?.offer(one);
  },
  jobs: (site) => {
    const stamp = stampOf(site);
    const appending = { database: site.database, clock: site.clock, keys: site.use(Keys), stamp };
    const { copyTo, keepMonths } = site.config.audit;
    return [
      { name: 'trail.append', everySeconds: 5, run: async (_, { signal }) => void (await appendRecords({ ...appending, signal })) },
      // Looks at everything once a day: a clock that was set back by more than a minute hides nothing for longer.
      { name: 'trail.sweep', cron: '41 2 * * *', run: async (_, { signal }) => void (await appendRecords({ ...appending, signal }, '-infinity')) },
      ...(copyTo === undefined ? [] : [
        { name: 'trail.copy', everySeconds: 3600, run: (_: unknown, { signal }: { signal: AbortSignal }) => copyOrTell(site, copyTo, signal) },
        { name: 'trail.retire', cron: '11 3 * * *', run: async () => void (await retire({ ...appending, months: keepMonths })) },
      ]),
    ];
  },
});
