import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { checkSettings } from './settings.ts';
import { fail } from './errors.ts';
import { demandOf, demandProof } from './interaction.ts';
import { Provided, PREFIX } from './provided.ts';
import { speakProtocol } from './protocol.ts';
import * as store from './store.ts';
import * as clients from './store-clients.ts';

const keepers = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(api.listSignOn, ({ actor }) => database.as(actor, async (tx) => ({ issuer: site.use(Provided).issuer, items: await clients.list(tx) }), { readOnly: true }));
  http.route(api.putSignOn, ({ actor, params: { clientId }, body }) => {
    checkSettings(body);
    return database.as(actor, async (tx) => {
      if (!(await clients.isApplication(tx, clientId))) throw fail('sign-on.unknown-application', { client: clientId });
      const before = await clients.one(tx, clientId);
      if (!(await clients.put(tx, clientId, body, actor.name))) throw fail('sign-on.changed');
      const after = await clients.one(tx, clientId);
      if (!after) throw fail('sign-on.changed');
      await audit.record(tx, { event: 'signOn.clientChanged', subject: clientId, detail: { from: before, to: after } });
      return after;
    });
  });
  http.route(api.dropSignOn, ({ actor, params: { clientId } }) => database.as(actor, async (tx) => {
    const dropped = await clients.drop(tx, clientId);
    if (dropped) await audit.record(tx, { event: 'signOn.clientDropped', subject: clientId });
    return { dropped };
  }));
  http.route(api.rotateSignOnKey, async ({ actor }) => {
    const kid = await site.use(Provided).rotate();
    await database.as(actor, (tx) => audit.record(tx, { event: 'signOn.keyRotated', subject: kid }));
    return { kid };
  });
};

const own = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(api.signOnReady, async ({ actor, params: { uid } }) => {
    const found = await (await site.use(Provided).provider()).Interaction.find(uid);
    const client = found ? await store.clientOf(database, String(found.params['client_id'])) : null;
    if (!found || !client) throw fail('sign-on.gone');
    const now = Date.now();
    demandProof(actor, demandOf(found, client, now), now);
    return { next: `${PREFIX}/interaction/${uid}` };
  });
  http.route(api.listSignOnConsents, ({ actor }) => database.as(database.system, async (tx) => ({ items: await clients.consents(tx, actor.accountId as string) }), { readOnly: true }));
  http.route(api.withdrawSignOnConsent, ({ actor, params: { clientId } }) => database.as(database.system, async (tx) => {
    const withdrawn = await clients.withdraw(tx, actor.accountId as string, clientId);
    if (withdrawn) await audit.recordFor(tx, actor, { event: 'signOn.withdrawn', subject: clientId });
    return { withdrawn };
  }));
};

export const routes = (site: Site, http: Http): void => {
  keepers(site, http);
  own(site, http);
  speakProtocol(site, http);
};
