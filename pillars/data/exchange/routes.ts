import type { Http } from '@zhengwu/http';
import * as api from '@zhengwu/contracts';
import type { Site } from '@zhengwu/module';
import { Exchange, Running } from './exchange.ts';
import * as store from './store.ts';

export const routes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(api.readMembershipDocument, async () => {
    const node = await site.use(Running).node();
    const last = await database.as(database.system, (tx) => store.lastMembership(tx, node.identity.settings.instance), { readOnly: true });
    return { document: last?.document ?? null };
  });
  http.route(api.readServerEntry, async () => ({ entry: { ...(await site.use(Exchange).entry()) } }));
};
