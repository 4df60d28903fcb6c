import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { Datasets, type Site } from '@zhengwu/module';
import { answer, reachable, snapshotsOf } from './asking.ts';
import type { Engine } from './engine/engine.ts';
import { readSeries, viewOf } from './indicators.ts';
import { REFRESH } from './refresh.ts';
import * as store from './store.ts';

export const routes = (site: Site, http: Http, engine: Engine): void => {
  const { database } = site;
  const datasets = site.use(Datasets);
  const list = async ({ actor }: { actor: Parameters<typeof database.as>[0] }) => ({ items: (await database.as(actor, store.selectIndicators, { readOnly: true })).map((one) => viewOf(one, datasets())) });
  http.route(api.listIndicators, list);
  http.route(api.listOpenIndicators, list);
  http.route(api.readIndicator, ({ actor, params, query }) => database.as(actor, (tx) => readSeries(tx, params.code, query, datasets()), { readOnly: true }));
  http.route(api.readOpenIndicator, ({ actor, params, query }) => database.as(actor, (tx) => readSeries(tx, params.code, query, datasets()), { readOnly: true }));
  http.route(api.listDatasets, async ({ actor }) => {
    const taken = await snapshotsOf(site);
    return {
      items: reachable(site, actor).map(({ code, title, columns }) => {
        const snapshot = taken.find((one) => one.dataset === code);
        return { code, title, columns: [...columns], takenAt: snapshot?.takenAt.toISOString() ?? null, rows: snapshot?.rows ?? null };
      }),
    };
  });
  http.route(api.askDataset, async ({ actor, body }) => {
    const answered = await answer(site, engine, actor, body);
    await site.audit.read(actor, { event: 'analytics.asked', subject: body.dataset, detail: { by: body.by, where: body.where.map(({ column }) => column) } });
    return answered;
  });
  http.route(api.refreshAnalytics, ({ actor }) => database.as(actor, async (tx) => {
    await site.jobs.enqueue(tx, { job: REFRESH, key: REFRESH });
    await site.audit.record(tx, { event: 'analytics.refreshed', subject: 'analytics' });
    return { queued: true };
  }));
};
