import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { summaryOf } from '@zhengwu/services';
import * as applications from './application.ts';
import type { Ground } from './application.ts';
import { submit } from './handing-in.ts';
import { guideOf, joined } from './joined.ts';
import * as store from './store.ts';

export const routes = (ground: Ground, http: Http): void => {
  const { database, services } = ground;
  http.route(api.getLifeEvent, ({ params }) => guideOf(joined(services, params.code), ({ service }) => summaryOf(service)));
  http.route(api.beginLifeEvent, ({ actor, body }) => applications.begin(ground, actor, body.event, body.services));
  http.route(api.listLifeEvents, async ({ actor }) => {
    const rows = await database.as(actor, (tx) => store.list(tx, actor.personId ?? ''), { readOnly: true });
    const nameOf = (code: string) => services.packs().flatMap(({ data }) => data.lifeEvents).find((one) => one.code === code)?.name ?? { zh: code, en: code };
    return { items: rows.map((row) => ({ id: row.id, event: { code: row.event, name: nameOf(row.event) }, submittedAt: row.submitted_at?.toISOString() ?? null, updatedAt: row.updated_at.toISOString() })) };
  });
  http.route(api.viewLifeEvent, ({ actor, params }) => applications.view(ground, actor, params.id));
  http.route(api.saveLifeEventStep, ({ actor, params, body }) => applications.save(ground, actor, params.id, params, body.values));
  http.route(api.checkLifeEvent, ({ actor, params }) => applications.check(ground, actor, params.id));
  http.route(api.submitLifeEvent, ({ actor, params, operation, idempotencyKey, requestHash }) => submit(ground, actor, params.id, { operation: operation.id, key: idempotencyKey, hash: requestHash }));
  http.route(api.discardLifeEvent, ({ actor, params }) => applications.discard(ground, actor, params.id));
};
