import { acknowledgePolicy, myGovernance, policyReaders } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { reading, today } from './keeping.ts';
import { openStates } from './registers/all.ts';
import * as store from './store-duties.ts';
import { entryById } from './store.ts';

/** What the registers ask of each official. Lists of people run as system, behind the permission or for oneself alone. */
export const dutyRoutes = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(myGovernance, ({ actor }) => reading(site, database.system, async (tx) => {
    const person = actor.personId ?? '';
    const day = today(site);
    const due = await store.dueFor(tx, person, openStates, day);
    return { toRead: await store.toRead(tx, person), due: due.map(({ due: dueAt, ...one }) => ({ ...one, dueAt, overdue: dueAt < day })) };
  }));
  http.route(acknowledgePolicy, ({ actor, params }) => database.as(actor, async (tx) => {
    if (!(await store.isPublished(tx, params.id))) throw fail('governance.not-published');
    await store.acknowledge(tx, params.id, actor.personId ?? '');
    await audit.record(tx, { event: 'governance.acknowledged', subject: params.id });
    return { acknowledged: true };
  }));
  http.route(policyReaders, async ({ actor, params }) => {
    const entry = await reading(site, actor, (tx) => entryById(tx, params.id));
    if (!entry) throw fail('governance.unknown');
    return reading(site, database.system, (tx) => store.readers(tx, params.id));
  });
};
