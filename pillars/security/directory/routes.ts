import * as api from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { endOfDay } from '@zhengwu/clock';
import { Directory } from './directory.ts';
import { orPropose, writePosts, writeRole } from './duties.ts';
import { fail } from './errors.ts';
import { Permissions } from './permissions.ts';
import { dutyRoutes } from './routes-duties.ts';
import { accessRoutes } from './routes-access.ts';
import { applicationRoutes } from './routes-applications.ts';
import { flowRoutes } from './routes-flow.ts';
import { historyRoutes } from './routes-history.ts';
import { reorganisationRoutes } from './routes-reorganisation.ts';
import { mandateRoutes } from './routes-mandates.ts';
import * as store from './store.ts';

/** The last moment of a day, in Beijing; null is now. */
const endOf = (day: string | undefined): Date | null => (day === undefined ? null : endOfDay(day));

const keeping = (site: Site, http: Http): void => {
  const directory = site.use(Directory);
  http.route(api.listDepartments, ({ actor, query }) => site.database.as(actor, async (tx) => ({
    items: (await store.departments(tx, endOf(query.on))).filter((row) => row.successor === null).map((row) => ({
      id: row.id, code: row.code, name: { zh: row.name_zh, en: row.name_en }, division: row.division, regionParent: row.region_parent, lineParent: row.line_parent, version: row.version,
    })),
  })));
  http.route(api.listPeople, ({ actor, query }) => site.database.as(actor, async (tx) => ({ items: await store.people(tx, query.q ?? '', query.department ?? null, endOf(query.on)) })));
  http.route(api.listPosts, ({ actor, query }) => site.database.as(actor, async (tx) => ({ items: await store.posts(tx, endOf(query.on)) })));
  http.route(api.putPersonPosts, async ({ actor, params, body: { reason, version, posts } }) => {
    const written = await orPropose(site, actor, { kind: 'posts', subject: params.id, change: { posts }, reason }, (tx) => writePosts(site, tx, params.id, { version, posts }, reason));
    directory.changed();
    if ('done' in written) return { ...written.done, proposal: null };
    const person = await site.database.as(actor, (tx) => store.person(tx, params.id));
    if (!person) throw fail('directory.unknown');
    return { ...person, proposal: written.proposed };
  });
  http.route(api.listRoles, ({ actor, query }) => site.database.as(actor, async (tx) => ({ items: await store.roles(tx, endOf(query.on)), permissions: site.use(Permissions).list() })));
  http.route(api.putRole, async ({ actor, params, body: { reason, version, name, grants } }) => {
    const unknown = grants.map((grant) => grant.permission).filter((permission) => !site.use(Permissions).has(permission));
    if (unknown.length > 0) throw fail('directory.unknown-permission', { permissions: unknown.join(', ') });
    const written = await orPropose(site, actor, { kind: 'role', subject: params.code, change: { name, grants }, reason }, (tx) => writeRole(site, tx, params.code, { version, name, grants }, reason));
    directory.changed();
    if ('done' in written) return { ...written.done, proposal: null };
    const role = (await site.database.as(actor, (tx) => store.roles(tx))).find((one) => one.code === params.code);
    if (!role) throw fail('directory.unknown');
    return { ...role, proposal: written.proposed };
  });
};

const standingIn = (site: Site, http: Http): void => {
  const directory = site.use(Directory);
  http.route(api.colleagues, async ({ actor, query }) => ({
    people: (await directory.colleagues(actor, query.q ?? '')).filter((one) => one.id !== actor.personId).map(({ id, name, department, posts }) => ({ id, name, department, posts })),
  }));
  http.route(api.listDelegations, ({ actor }) => site.database.as(actor, async (tx) => ({ items: await store.delegations(tx, actor.personId as string) })));
  http.route(api.createDelegation, async ({ actor, body }) => {
    const [starts, ends] = [Date.parse(body.startsAt), Date.parse(body.endsAt)];
    if (ends <= starts || ends <= Date.now() || body.to === actor.personId) throw fail('delegation.invalid');
    const made = await site.database.as(actor, async (tx) => {
      const id = uuidv7();
      const view = await store.insertDelegation(tx, { id, from: actor.personId as string, ...body });
      await store.settle(tx);
      await site.audit.record(tx, { event: 'delegation.created', subject: id, detail: { to: body.to, until: body.endsAt } });
      return view;
    });
    directory.changed();
    if (!made) throw common('access.not-found');
    return made;
  });
  http.route(api.endDelegation, async ({ actor, params }) => {
    const ended = await site.database.as(actor, async (tx) => {
      const done = await store.endDelegation(tx, params.id, actor.personId as string);
      if (done) await site.audit.record(tx, { event: 'delegation.ended', subject: params.id });
      return done;
    });
    if (!ended) throw fail('delegation.unknown');
    directory.changed();
    return { ended };
  });
};

export const routes = (site: Site, http: Http): void => {
  keeping(site, http);
  standingIn(site, http);
  mandateRoutes(site, http);
  dutyRoutes(site, http);
  historyRoutes(site, http);
  flowRoutes(site, http);
  accessRoutes(site, http);
  reorganisationRoutes(site, http);
  applicationRoutes(site, http);
};
