import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { Federation } from './federation.ts';
import { COLLECT, listGathered, readGathered } from './gathering.ts';
import * as store from './store-figures.ts';

/** Figures that are put together from subordinates. */
export const figureRoutes = (site: Site, http: Http): void => {
  const { database, audit, jobs } = site;
  http.route(api.listGatheredFigures, ({ actor }) => database.as(actor, async (tx) => ({ items: await listGathered(tx) }), { readOnly: true }));
  http.route(api.readGatheredFigure, ({ actor, params }) => database.as(actor, (tx) => readGathered(tx, params.indicator), { readOnly: true }));
  http.route(api.addFigureSource, ({ actor, body }) => database.as(database.system, async (tx) => {
    await site.use(Federation).gather(tx, body);
    await audit.recordFor(tx, actor, { event: 'federation.figureSourceAdded', subject: body.indicator, detail: { ...body } });
    return {};
  }));
  http.route(api.removeFigureSource, ({ actor, body }) => database.as(database.system, async (tx) => {
    if (!(await store.deleteFigureSource(tx, body.indicator, body.provider))) throw fail('federation.figure-unknown', { indicator: `${body.indicator} ${body.provider}` });
    await audit.recordFor(tx, actor, { event: 'federation.figureSourceRemoved', subject: body.indicator, detail: { ...body } });
    return {};
  }));
  http.route(api.collectFigures, ({ actor, params }) => database.as(database.system, async (tx) => {
    if ((await store.selectFigureSources(tx, params.indicator)).length === 0) throw fail('federation.figure-unknown', { indicator: params.indicator });
    await jobs.enqueue(tx, { job: COLLECT, payload: params.indicator, key: `${COLLECT} ${params.indicator}` });
    await audit.recordFor(tx, actor, { event: 'federation.figuresCollected', subject: params.indicator });
    return { queued: true };
  }));
};
