import type { Tx } from '@zhengwu/database';
import { key, type Site } from '@zhengwu/module';
import type { Intake } from '@zhengwu/pack';
import { Topics } from '@zhengwu/topics';
import { fail } from './errors.ts';
import { CHANGES } from './service.ts';
import { COLLECT } from './gathering.ts';
import { upsertFigureSource } from './store-figures.ts';
import * as store from './store.ts';

/** What flows between this site and others. */
export interface Federation {
  /** Takes in the intakes of a frozen pack; later versions replace. */
  define(packHash: string, intakes: readonly Intake[]): Promise<void>;
  /** From now on takes the changes of another site in. Throws `federation.intake-unknown`. */
  takeFrom(tx: Tx, source: { intake: string; client: string; basis: string }): Promise<void>;
  /** From now on asks a subordinate for a figure; the first time after so many seconds. */
  gather(tx: Tx, source: { indicator: string; provider: string; client: string; basis: string }, seconds?: number): Promise<void>;
  /** From now on (or from the beginning) sends a topic to a subsystem of another site; the topic must have been granted to it. */
  sendTo(tx: Tx, sending: { topic: string; client: string; to: string; from?: 'now' | 'beginning' }): Promise<string>;
}

export const Federation = key<Federation>('federation');

export const VIA = 'exchange';

export const openFederation = (site: Site): Federation => ({
  define: (packHash, intakes) => site.database.as(site.database.system, async (tx) => {
    for (const intake of intakes) await store.upsertIntake(tx, packHash, intake);
  }),
  takeFrom: async (tx, { intake, client, basis }) => {
    if (!(await store.selectIntakes(tx)).some(({ code }) => code === intake)) throw fail('federation.intake-unknown', { intake });
    await store.upsertSource(tx, intake, client, basis);
  },
  gather: async (tx, source, seconds = 0) => {
    await upsertFigureSource(tx, source);
    await site.jobs.enqueue(tx, { job: COLLECT, payload: source.indicator, key: `${COLLECT} ${source.indicator}`, runAt: new Date(site.clock.now().getTime() + seconds * 1000) });
  },
  sendTo: (tx, { topic, client, to, from = 'now' }) => site.use(Topics).subscribe(tx, { topic, follower: to, via: VIA, address: { client, service: `${to}/${CHANGES}` }, from }),
});
