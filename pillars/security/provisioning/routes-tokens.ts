import * as api from '@zhengwu/contracts';
import { hashToken, mintToken } from '@zhengwu/crypto';
import { Directory } from '@zhengwu/directory';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { PERMISSION } from './client.ts';
import { fail } from './errors.ts';
import * as store from './store-tokens.ts';

const HOUR_MS = 3_600_000;

/** What the system administrator does for clients: tokens, shown once, and first passwords of joiners. */
export const tokenRoutes = (site: Site, http: Http): void => {
  const { database, audit, clock } = site;
  http.route(api.provisioningState, async ({ actor }) => {
    const clients = await database.as(actor, (tx) => store.clients(tx, PERMISSION), { readOnly: true });
    const waiting = await database.as(database.system, store.waiting, { readOnly: true });
    return { address: `${site.config.origins.site}/scim/v2`, clients, waiting };
  });
  http.route(api.makeToken, ({ actor, params, body }) => database.as(actor, async (tx) => {
    const application = await store.clientId(tx, params.clientId, PERMISSION);
    if (!application) throw fail('provisioning.no-client');
    const token = mintToken();
    const at = clock.now().getTime();
    const endsAt = new Date(at + body.days * 24 * HOUR_MS);
    await store.insertToken(tx, { id: uuidv7(), application, hash: hashToken(token), institution: body.institution, by: actor.personId as string, byName: actor.name, endsAt, othersEndAt: new Date(at + body.overlapHours * HOUR_MS) });
    await audit.record(tx, { event: 'application.tokenMade', subject: params.clientId, detail: { ...body, endsAt: endsAt.toISOString() } });
    return { token, endsAt: endsAt.toISOString() };
  }));
  http.route(api.endToken, ({ actor, params }) => database.as(actor, async (tx) => {
    const client = await store.closeToken(tx, params.id);
    if (client === null) throw fail('provisioning.no-token');
    await audit.record(tx, { event: 'application.tokenEnded', subject: client, detail: { token: params.id } });
    return { ended: true };
  }));
  http.route(api.handPassword, ({ actor, params }) => database.as(database.system, async (tx) => {
    const password = (await store.isWaiting(tx, params.id)) ? await site.use(Directory).flow.reopenAccount?.(tx, params.id) : null;
    if (!password) throw fail('provisioning.has-password');
    await audit.recordFor(tx, actor, { event: 'people.passwordHanded', subject: params.id });
    return { password };
  }));
};
