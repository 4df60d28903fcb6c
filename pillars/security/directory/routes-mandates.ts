import * as api from '@zhengwu/contracts';
import { endOfDay } from '@zhengwu/clock';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';

/** Mandates between citizens and companies: offered, accepted, ended from either side. */
export const mandateRoutes = (site: Site, http: Http): void => {
  const directory = site.use(Directory);
  const asPlatform = site.database.system;
  http.route(api.listMandates, ({ actor }) => site.database.as(asPlatform, async (tx) => ({ items: await store.mandates(tx, actor.personId as string, actor.subjects) })));
  http.route(api.createMandate, async ({ actor, body }) => {
    if (!actor.subjects.includes(body.principal)) throw fail('mandate.not-acting');
    const agent = await directory.principals.byIdentifier(body.agentCitizenNumber);
    if (!agent || agent.name !== body.agentName.trim()) throw fail('mandate.agent-unknown');
    if (agent.id === body.principal || agent.id === actor.personId) throw fail('mandate.self');
    const id = uuidv7();
    const made = await site.database.as(asPlatform, async (tx) => {
      await store.insertMandate(tx, {
        id, principal: body.principal, agent: agent.id, basis: body.basis, services: body.services ?? null, endsAt: body.endsOn ? endOfDay(body.endsOn).toISOString() : null,
      });
      await site.audit.recordFor(tx, actor, { event: 'mandate.offered', subject: id, detail: { principal: body.principal, agent: agent.id } });
      return store.mandate(tx, actor.personId as string, id);
    });
    if (!made) throw fail('mandate.unknown');
    return made;
  });
  http.route(api.acceptMandate, async ({ actor, params }) => {
    const accepted = await site.database.as(asPlatform, async (tx) => {
      if (!(await store.acceptMandate(tx, params.id, actor.personId as string))) throw fail('mandate.unknown');
      await site.audit.recordFor(tx, actor, { event: 'mandate.accepted', subject: params.id });
      return store.mandate(tx, actor.personId as string, params.id);
    });
    directory.changed();
    if (!accepted) throw fail('mandate.unknown');
    return accepted;
  });
  http.route(api.endMandate, async ({ actor, params }) => {
    await site.database.as(asPlatform, async (tx) => {
      if (!(await store.endMandate(tx, params.id, actor.personId as string, actor.subjects))) throw fail('mandate.unknown');
      await site.audit.recordFor(tx, actor, { event: 'mandate.ended', subject: params.id });
    });
    directory.changed();
    return { ended: true };
  });
};
