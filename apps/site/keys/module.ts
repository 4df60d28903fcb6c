import { defineModule, type Module } from '@zhengwu/module';
import './events.ts';
import { reseal, sealedColumnsOf } from './resealing.ts';

/** What a command that renews keys leaves to be done: once a day columns are sealed under the newest key, and former keys go a day after they were replaced. */
export const keysModule = (others: readonly Module[]): Module => defineModule({
  name: 'keys',
  requires: ['audit'],
  jobs: ({ database, config, clock, audit }) => (config.keyPassphrase === undefined ? [] : [{
    name: 'keys.reseal', cron: '37 2 * * *',
    run: async (_, { signal }) => {
      const { changed, dropped } = await reseal({ database, config, columns: sealedColumnsOf(others), now: clock.now(), signal });
      if (changed + dropped > 0) await database.as(database.system, (tx) => audit.record(tx, { event: 'keys.resealed', subject: 'columns', detail: { changed, dropped } }));
    },
  }]),
});
