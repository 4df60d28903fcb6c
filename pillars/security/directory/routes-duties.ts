import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { decide } from './duties.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import * as rules from './store-duties.ts';

/** Separation of duties: who the three administrators are, the rules, and what waits for a second one. */
export const dutyRoutes = (site: Site, http: Http): void => {
  const directory = site.use(Directory);
  http.route(api.listDuties, ({ actor }) => site.database.as(actor, async (tx) => ({
    duties: await rules.duties(tx), exclusions: await rules.exclusions(tx), proposals: await rules.proposals(tx, actor.personId as string), mine: await rules.dutiesOf(tx, actor.personId as string),
  })));
  http.route(api.putExclusion, ({ actor, params, body: { reason, ...rule } }) => site.database.as(actor, async (tx) => {
    const written = await rules.putExclusion(tx, params.code, rule);
    if (written.fixed) throw fail('duty.fixed');
    await store.settle(tx);
    await site.audit.record(tx, { event: 'duty.ruleChanged', subject: params.code, detail: { ...rule, reason } });
    return written;
  }));
  http.route(api.dropExclusion, ({ actor, params }) => site.database.as(actor, async (tx) => {
    if (!(await rules.dropExclusion(tx, params.code))) throw fail('duty.unknown-rule');
    await store.settle(tx);
    await site.audit.record(tx, { event: 'duty.ruleDropped', subject: params.code });
    return { dropped: true };
  }));
  http.route(api.decideProposal, async ({ actor, params, body }) => {
    const status = await decide(site, actor, params.id, body);
    directory.changed();
    return { status };
  });
};
