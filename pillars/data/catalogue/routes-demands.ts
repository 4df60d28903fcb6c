import type { AuditEntry } from '@zhengwu/audit';
import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { answer, assign, demandView, raise, supply, takeBack } from './demands.ts';
import { selectDemands } from './store-demands.ts';

/** Demands and the list of what each department supplies; each change is recorded in its transaction. */
export const demandRoutes = (site: Site, http: Http): void => {
  const { database, audit } = site;
  const change = <T>(actor: Actor, entry: Omit<AuditEntry, 'subject'>, work: (tx: Tx) => Promise<T>, subjectOf: (done: T) => string): Promise<T> => database.as(database.system, async (tx) => {
    const done = await work(tx);
    await audit.recordFor(tx, actor, { ...entry, subject: subjectOf(done) });
    return done;
  });
  http.route(api.raiseDemand, ({ actor, body }) => change(actor, { event: 'catalogue.demanded', detail: { title: body.title, basis: body.basis } }, async (tx) => ({ id: await raise(tx, actor, body) }), ({ id }) => id));
  http.route(api.listDemands, ({ actor, query }) => database.as(actor, async (tx) => ({ items: (await selectDemands(tx, query.open ?? null)).map((one) => demandView(site, actor, one)) }), { readOnly: true }));
  http.route(api.assignDemand, ({ actor, params, body }) => change(actor, { event: 'catalogue.demandAssigned', detail: body }, async (tx) => ({ dueDay: await assign(site, tx, actor, params.id, body.provider) }), () => params.id));
  http.route(api.answerDemand, ({ actor, params, body }) => change(actor, { event: 'catalogue.demandAnswered', detail: { ...body } }, async (tx) => {
    await answer(tx, actor, params.id, { ...body, outcome: body.outcome as 'met' });
    return {};
  }, () => params.id));
  http.route(api.withdrawDemand, ({ actor, params, body }) => change(actor, { event: 'catalogue.demandWithdrawn', detail: body }, async (tx) => {
    await takeBack(tx, actor, params.id, body.reason);
    return {};
  }, () => params.id));
  // Counts alone, the same for every reader.
  http.route(api.listSupply, () => database.as(database.system, async (tx) => ({ items: await supply(site, tx) }), { readOnly: true }));
};
