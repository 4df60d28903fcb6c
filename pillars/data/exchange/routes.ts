import * as api from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { Exchange, Running } from './exchange.ts';
import { logRoutes } from './routes-log.ts';
import { clientNamed, listServices, readServiceForm, readSubsystemForm, subsystemNamed } from './registering.ts';
import { serviceKey } from './registry.ts';
import { stateOf } from './state.ts';
import * as store from './store.ts';

type Changing = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

const MOST_RIGHTS = 1000;

const publicRoutes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(api.readMembershipDocument, async () => {
    const node = await site.use(Running).node();
    const last = await database.as(database.system, (tx) => store.lastMembership(tx, node.identity.settings.instance), { readOnly: true });
    return { document: last?.document ?? null };
  });
  http.route(api.readServerEntry, async () => ({ entry: { ...(await site.use(Exchange).entry()) } }));
};

const servedRoutes = (site: Site, http: Http, changing: Changing): void => {
  const { registry, find } = site.use(Running);
  http.route(api.listExchangeSubsystems, async () => {
    const [registered, node] = [await registry.current(), await find()];
    const view = node?.holding.held();
    return { items: [...registered.subsystems.values()].map(({ id, name, connection, addresses, certificates }) => ({ id, name, connection, addresses, certificates, isMember: view?.server(node?.identity.settings.server ?? '')?.subsystems.includes(id) ?? false })) };
  });
  http.route(api.putExchangeSubsystem, async ({ actor, body }) => {
    const row = readSubsystemForm(body);
    await changing(async (tx) => {
      await store.putSubsystem(tx, row);
      await site.audit.recordFor(tx, actor, { event: 'exchange.subsystemPut', subject: row.id, detail: { connection: row.connection, addresses: row.addresses, certificates: row.certificates } });
    });
    return { id: row.id };
  });
  http.route(api.listExchangeServices, async () => ({ items: listServices(registry, await registry.current()) }));
  http.route(api.putExchangeService, async ({ actor, body }) => {
    const registered = await registry.current();
    const row = readServiceForm(body, registered, registered.services.get(serviceKey(body.subsystem, body.code)));
    await changing(async (tx) => {
      await store.putService(tx, row);
      await site.audit.recordFor(tx, actor, { event: 'exchange.servicePut', subject: `${row.subsystem}/${row.code}`, detail: { address: row.address, isOn: row.is_on } });
    });
    return { code: row.code };
  });
  http.route(api.dropExchangeService, async ({ actor, body }) => {
    const subsystem = subsystemNamed(body.subsystem, '/body/subsystem');
    await changing(async (tx) => {
      if (!(await store.dropService(tx, subsystem, body.code))) throw fail('exchange.unknown-service');
      await site.audit.recordFor(tx, actor, { event: 'exchange.serviceDropped', subject: `${subsystem}/${body.code}` });
    });
    return { dropped: true };
  });
};

const rightRoutes = (site: Site, http: Http, changing: Changing): void => {
  const { database } = site;
  http.route(api.listExchangeRights, async ({ query }) => {
    const rows = await database.as(database.system, store.rights, { readOnly: true });
    const asked = rows.filter(({ provider, service }) => (query.provider === undefined || provider === query.provider) && (query.service === undefined || service === query.service));
    return { items: asked.slice(0, MOST_RIGHTS).map((row) => ({ ...row, until: row.until?.toISOString() ?? null, givenAt: row.givenAt.toISOString() })) };
  });
  http.route(api.giveExchangeRight, async ({ actor, body }) => {
    const { reason, until, ...given } = body;
    const right = { ...given, subject: given.kind === 'subsystem' ? clientNamed(given.subject, '/body/subject') : given.subject, provider: subsystemNamed(given.provider, '/body/provider'), until: until === null ? null : new Date(until) };
    const { groups } = await site.use(Running).registry.current();
    if (right.kind === 'local' && !groups.some(({ provider, code }) => provider === right.provider && code === right.subject)) throw fail('exchange.unknown-group');
    return changing(async (tx) => {
      const id = await store.giveRight(tx, right, 'console', actor.name);
      await site.audit.recordFor(tx, actor, { event: 'exchange.rightGiven', subject: `${right.provider}/${right.service}`, detail: { ...right, until, reason } });
      return { id };
    });
  });
  http.route(api.withdrawExchangeRight, async ({ actor, params, body }) => {
    await changing(async (tx) => {
      const right = await store.withdrawRight(tx, params.id, actor.name);
      if (!right) throw fail('exchange.unknown-right');
      await site.audit.recordFor(tx, actor, { event: 'exchange.rightWithdrawn', subject: `${right.provider}/${right.service}`, detail: { subject: right.subject, method: right.method, path: right.path, reason: body.reason } });
    });
    return { withdrawn: true };
  });
  http.route(api.listExchangeGroups, async () => ({ items: await database.as(database.system, store.groups, { readOnly: true }) }));
  http.route(api.putExchangeGroup, async ({ actor, body }) => {
    const group = { ...body, provider: subsystemNamed(body.provider, '/body/provider'), members: body.members.map((one, at) => clientNamed(one, `/body/members/${at}`)) };
    await changing(async (tx) => {
      await store.putGroup(tx, group);
      await site.audit.recordFor(tx, actor, { event: 'exchange.groupPut', subject: `${group.provider}/${group.code}`, detail: { members: group.members } });
    });
    return { code: group.code };
  });
};

/** What the data centre's officers do with the node; the gate has checked the permission, and each change is recorded in its transaction. */
export const routes = (site: Site, http: Http): void => {
  const { database } = site;
  const changing: Changing = async (work) => {
    const done = await database.as(database.system, work);
    site.use(Running).registry.changed();
    return done;
  };
  publicRoutes(site, http);
  http.route(api.readExchangeState, () => stateOf(site));
  servedRoutes(site, http, changing);
  rightRoutes(site, http, changing);
  logRoutes(site, http);
};
