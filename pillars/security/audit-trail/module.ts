import { openSigningKeys, type KeyStore } from '@zhengwu/crypto';
import { defineModule, key } from '@zhengwu/module';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { trailSchema } from './schema.ts';
import { appendRecords } from './worker.ts';

const Keys = key<KeyStore>('trail.keys');

export const trailModule = defineModule({
  ...trailSchema,
  policy,
  routes,
  setup: async (site) => site.provide(Keys, await openSigningKeys(site.config, 'audit')),
  jobs: (site) => {
    const appending = { database: site.database, clock: site.clock, keys: site.use(Keys) };
    return [
      { name: 'trail.append', everySeconds: 5, run: async (_, { signal }) => void (await appendRecords({ ...appending, signal })) },
      // Looks at everything once a day: a clock that was set back by more than a minute hides nothing for longer.
      { name: 'trail.sweep', cron: '41 2 * * *', run: async (_, { signal }) => void (await appendRecords({ ...appending, signal }, '-infinity')) },
    ];
  },
});
