import { defineModule, type Module } from '@zhengwu/module';
import './events.ts';
import { renewDue } from './renewing.ts';
import { reseal, sealedColumnsOf } from './resealing.ts';

/**
 * Once a day: keys that have served as long as the policy lets them are renewed, columns are sealed under their newest key, and former keys of
 * theirs go a day after they were replaced.
 */
export const keysModule = (others: readonly Module[]): Module => defineModule({
  name: 'keys',
  requires: ['audit'],
  jobs: ({ database, config, clock, audit }) => (config.keyPassphrase === undefined ? [] : [{
    name: 'keys.renew', cron: '37 2 * * *',
    run: async (_, { signal }) => {
      for (const { purpose, detail } of await renewDue(config, clock.now())) await database.as(database.system, (tx) => audit.record(tx, { event: 'keys.renewed', subject: purpose, detail: { ...detail, due: true } }));
      const { changed, dropped } = await reseal({ database, config, columns: sealedColumnsOf(others), now: clock.now(), signal });
      if (changed + dropped > 0) await database.as(database.system, (tx) => audit.record(tx, { event: 'keys.resealed', subject: 'columns', detail: { changed, dropped } }));
    },
  }]),
});
