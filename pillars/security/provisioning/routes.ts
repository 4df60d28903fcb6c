import * as api from '@zhengwu/contracts';
import type { Call, Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { clientOf, type Client } from './client.ts';
import { resourceType, resourceTypes, schema, schemas, serviceConfig } from './discovery.ts';
import * as groups from './groups.ts';
import { listed, versionOf, type Query } from './reading.ts';
import { project, type Json } from './resource.ts';
import { tokenRoutes } from './routes-tokens.ts';
import { Group, User, type ResourceType } from './schema.ts';
import * as store from './store.ts';
import * as users from './users.ts';

/** A resource as it is answered: with its version, and its address when it is new (RFC 7644 §3.3, §3.14). */
const answer = (type: ResourceType, { reply, query, operation }: Pick<Call, 'reply' | 'query' | 'operation'>, client: Client, row: { id: string; version: number }, resource: Json): Json => {
  reply.header('etag', versionOf(row.version));
  if (operation.status === 201) reply.header('location', `${client.base}${type.endpoint}/${row.id}`);
  return project(resource, type, (query ?? {}) as Query);
};

const discoveryRoutes = (site: Site, http: Http): void => {
  const base = `${site.config.origins.site}/scim/v2`;
  http.route(api.scimConfig, () => serviceConfig(base));
  http.route(api.scimResourceTypes, () => resourceTypes(base));
  http.route(api.scimResourceType, ({ params }) => resourceType(base, params.id));
  http.route(api.scimSchemas, () => schemas(base));
  http.route(api.scimSchema, ({ params }) => schema(base, params.id));
};

const userRoutes = (site: Site, http: Http): void => {
  const done = (call: Pick<Call, 'reply' | 'query' | 'operation'>, client: Client, row: store.OfficialRow): Json => answer(User, call, client, row, users.userOf(client)(row));
  http.route(api.scimUsers, ({ actor, query }) => {
    const client = clientOf(site, actor);
    return listed(site.database, client, User, query, store.OFFICIALS, (tx, asked) => store.officials(tx, client.reach, asked), users.userOf(client));
  });
  http.route(api.scimUser, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await users.readUser(site, client, call.params.id));
  });
  http.route(api.scimCreateUser, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await users.createUser(site, client, call.body));
  });
  http.route(api.scimReplaceUser, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await users.replaceUser(site, client, call.params.id, call.ifMatch, call.body));
  });
  http.route(api.scimChangeUser, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await users.changeUser(site, client, call.params.id, call.ifMatch, call.body));
  });
  http.route(api.scimRemoveUser, async ({ actor, params, ifMatch }) => {
    await users.removeUser(site, clientOf(site, actor), params.id, ifMatch);
    return null;
  });
};

const groupRoutes = (site: Site, http: Http): void => {
  const done = (call: Pick<Call, 'reply' | 'query' | 'operation'>, client: Client, row: store.GroupRow): Json => answer(Group, call, client, row, groups.groupOf(client)(row));
  http.route(api.scimGroups, ({ actor, query }) => {
    const client = clientOf(site, actor);
    return listed(site.database, client, Group, query, store.GROUPS, (tx, asked) => store.groups(tx, client.reach, asked), groups.groupOf(client));
  });
  http.route(api.scimGroup, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await groups.readGroup(site, client, call.params.id));
  });
  http.route(api.scimCreateGroup, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await groups.createGroup(site, client, call.body));
  });
  http.route(api.scimReplaceGroup, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await groups.replaceGroup(site, client, call.params.id, call.ifMatch, call.body));
  });
  http.route(api.scimChangeGroup, async (call) => {
    const client = clientOf(site, call.actor);
    return done(call, client, await groups.changeGroup(site, client, call.params.id, call.ifMatch, call.body));
  });
  http.route(api.scimRemoveGroup, async ({ actor, params, ifMatch }) => {
    await groups.removeGroup(site, clientOf(site, actor), params.id, ifMatch);
    return null;
  });
};

export const routes = (site: Site, http: Http): void => {
  discoveryRoutes(site, http);
  userRoutes(site, http);
  groupRoutes(site, http);
  tokenRoutes(site, http);
};
