import * as api from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { Directory } from './directory.ts';
import { fail } from './errors.ts';
import { Permissions } from './permissions.ts';
import { mandateRoutes } from './routes-mandates.ts';
import * as store from './store.ts';

const keeping = (site: Site, http: Http): void => {
  const directory = site.use(Directory);
  http.route(api.listDepartments, ({ actor }) => site.database.as(actor, async (tx) => ({
    items: (await store.departments(tx)).map((row) => ({
      id: row.id, code: row.code, name: { zh: row.name_zh, en: row.name_en }, division: row.division, regionParent: row.region_parent, lineParent: row.line_parent, version: row.version,
    })),
  })));
  http.route(api.listPeople, ({ actor, query }) => site.database.as(actor, async (tx) => ({ items: await store.people(tx, query.q ?? '', query.department ?? null) })));
  http.route(api.listPosts, ({ actor }) => site.database.as(actor, async (tx) => ({ items: await store.posts(tx) })));
  http.route(api.putPersonPosts, async ({ actor, params, body }) => {
    const person = await site.database.as(actor, async (tx) => {
      if (!(await store.person(tx, params.id))) throw fail('directory.unknown');
      if (!(await store.assignPosts(tx, params.id, body.posts, body.version))) throw fail('directory.changed');
      await site.audit.record(tx, { event: 'directory.postsAssigned', subject: params.id, detail: { posts: body.posts, reason: body.reason } });
      return store.person(tx, params.id);
    });
    directory.changed();
    if (!person) throw fail('directory.unknown');
    return person;
  });
  http.route(api.listRoles, ({ actor }) => site.database.as(actor, async (tx) => ({ items: await store.roles(tx), permissions: site.use(Permissions).list() })));
  http.route(api.putRole, async ({ actor, params, body }) => {
    const unknown = body.grants.map((grant) => grant.permission).filter((permission) => !site.use(Permissions).has(permission));
    if (unknown.length > 0) throw fail('directory.unknown-permission', { permissions: unknown.join(', ') });
    const role = await site.database.as(actor, async (tx) => {
      const written = await store.changeRole(tx, params.code, body);
      if (!written) throw fail('directory.changed');
      await site.audit.record(tx, { event: 'directory.roleChanged', subject: params.code, detail: { grants: body.grants, reason: body.reason } });
      return written;
    });
    directory.changed();
    return role;
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
};
