import * as api from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { newSecret } from './applications.ts';
import { fail } from './errors.ts';
import { Permissions } from './permissions.ts';
import * as store from './store.ts';
import * as outer from './store-applications.ts';

/** Groups of people, and applications that use this site in their own name. */
export const applicationRoutes = (site: Site, http: Http): void => {
  const { database, audit } = site;
  http.route(api.listGroups, ({ actor }) => database.as(actor, async (tx) => ({ items: await outer.groups(tx) })));
  http.route(api.putGroup, ({ actor, params, body }) => database.as(actor, async (tx) => {
    await store.because(tx, body.reason);
    const group = await outer.putOneGroup(tx, params.code, body);
    if (!group) throw fail('directory.changed');
    await audit.record(tx, { event: 'group.changed', subject: params.code, detail: { members: body.members, reason: body.reason } });
    return group;
  }));
  http.route(api.dropGroup, ({ actor, params }) => database.as(actor, async (tx) => {
    if (!(await outer.dropOneGroup(tx, params.code))) throw fail('directory.unknown');
    await audit.record(tx, { event: 'group.dropped', subject: params.code });
    return { dropped: true };
  }));
  http.route(api.listApplications, ({ actor }) => database.as(actor, async (tx) => ({ items: await outer.applications(tx), permissions: site.use(Permissions).list().map((one) => one.permission) })));
  http.route(api.putApplication, ({ actor, params, body }) => database.as(actor, async (tx) => {
    const unknown = body.permissions.filter((permission) => !site.use(Permissions).has(permission));
    if (unknown.length > 0) throw fail('directory.unknown-permission', { permissions: unknown.join(', ') });
    const application = await outer.putOneApplication(tx, params.clientId, body);
    if (!application) throw fail('directory.changed');
    await audit.record(tx, { event: 'application.changed', subject: params.clientId, detail: body });
    return application;
  }));
  http.route(api.renewSecret, ({ actor, params }) => database.as(actor, async (tx) => {
    const { secret, hash } = newSecret();
    if (!(await outer.keepSecret(tx, params.clientId, hash))) throw fail('directory.unknown');
    await audit.record(tx, { event: 'application.secretRenewed', subject: params.clientId });
    return { secret };
  }));
};
