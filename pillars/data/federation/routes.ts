import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { Federation } from './federation.ts';
import * as store from './store.ts';

export const routes = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(api.listFlows, ({ actor }) => database.as(actor, async (tx) => {
    const [intakes, sources] = [await store.selectIntakes(tx), await store.selectSources(tx)];
    return {
      incoming: intakes.map(({ code, name, topic, register }) => ({
        intake: code, name, topic, register,
        sources: sources.filter(({ intake }) => intake === code).map(({ intake: _intake, lastAt, ...source }) => ({ ...source, lastAt: lastAt?.toISOString() ?? null })),
      })),
    };
  }, { readOnly: true }));
  http.route(api.addSource, ({ actor, body }) => database.as(database.system, async (tx) => {
    await site.use(Federation).takeFrom(tx, body);
    await audit.recordFor(tx, actor, { event: 'federation.sourceAdded', subject: body.intake, detail: { ...body } });
    return {};
  }));
  http.route(api.removeSource, ({ actor, body }) => database.as(database.system, async (tx) => {
    if (!(await store.deleteSource(tx, body.intake, body.client))) throw fail('federation.intake-unknown', { intake: `${body.intake} ${body.client}` });
    await audit.recordFor(tx, actor, { event: 'federation.sourceRemoved', subject: body.intake, detail: { ...body } });
    return {};
  }));
  http.route(api.sendTopic, ({ actor, body }) => database.as(database.system, async (tx) => {
    const id = await site.use(Federation).sendTo(tx, { ...body, from: body.from as 'now' });
    await audit.recordFor(tx, actor, { event: 'federation.sent', subject: body.topic, detail: { ...body } });
    return { id };
  }));
};
