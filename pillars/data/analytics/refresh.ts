import { Datasets, type Site } from '@zhengwu/module';
import type { Engine } from './engine/engine.ts';
import { reckon } from './indicators.ts';
import { takeSnapshot } from './snapshots.ts';
import * as store from './store.ts';

export const REFRESH = 'analytics.refresh';

/** Has the figures reckoned as soon as the site works, in the background. */
export const refreshSoon = ({ database, jobs }: Site): Promise<void> => database.as(database.system, (tx) => jobs.enqueue(tx, { job: REFRESH, key: REFRESH }));

/** Takes every snapshot anew and reckons what stands on it. What fails is told and leaves the earlier figures; the rest go on. */
export const refresh = async (site: Site, engine: Engine): Promise<void> => {
  const { database, log } = site;
  const kept = await database.as(database.system, store.selectIndicators, { readOnly: true });
  for (const dataset of site.use(Datasets)()) {
    try {
      const snapshot = await takeSnapshot(site, engine, dataset);
      for (const { definition } of kept.filter((one) => one.definition.dataset === dataset.code)) await reckon(site, engine, definition, dataset, snapshot);
    } catch (error) {
      log.error({ err: error, dataset: dataset.code }, 'a data set was not reckoned; its earlier figures stay');
    }
  }
};
