import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { bucketPlace } from './bucket.ts';
import { boundTo, Connections, isOf, type Opened } from './connections.ts';
import { fail } from './errors.ts';
import { asPlatform } from './ground.ts';
import { openMysql } from './mysql-client.ts';
import { knock } from './over-http.ts';
import { sftpPlace } from './over-sftp.ts';
import * as store from './store-connections.ts';
import { openClient } from './table-client.ts';
import { problemOf } from './viewing.ts';

/** Throws what keeps us out. */
const reach = async (to: Opened): Promise<void> => {
  if (isOf(to, 'postgres')) return (await openClient(to, true)).end();
  if (isOf(to, 'mysql')) return (await openMysql(to, true)).close();
  if (isOf(to, 'http')) return knock(to);
  if (isOf(to, 'sftp')) return (await sftpPlace(to, '.', 'none', Date.now)).close?.();
  const place = bucketPlace(to as Opened<'s3'>, 'none/', 'none');
  try {
    await place.list();
  } finally {
    place.close?.();
  }
};

const attempt = async (site: Site, actor: Actor, code: string): Promise<api.ResponseOf<typeof api.tryAdapterConnection>> => {
  const to = await asPlatform(site, async (tx) => {
    const found = await site.use(Connections).find(tx, code, 'postgres', 'mysql', 'http', 's3', 'sftp');
    await site.audit.recordFor(tx, actor, { event: 'adapter.tried', subject: code });
    return found;
  });
  try {
    await reach(to);
    return { problem: null };
  } catch (error) {
    if (!isZhengwuError(error)) throw error;
    return { problem: problemOf({ code: error.code, params: { ...error.params } }) };
  }
};

/** A secret goes to the address for which it was told, and to no other: a connection that leads elsewhere is told it anew. */
const put = (site: Site, actor: Actor, code: string, { name, reach: to, secret, version }: api.BodyOf<typeof api.putAdapterConnection>): Promise<{ version: number }> => asPlatform(site, async (tx) => {
  const { sealer, check } = site.use(Connections);
  check(to);
  const before = await store.holdConnection(tx, code);
  if ((before?.version ?? 0) !== version) throw fail('adapter.changed', { flow: code });
  if (before?.secret && secret === undefined && JSON.stringify(before.reach, Object.keys(before.reach).sort()) !== JSON.stringify(to, Object.keys(to).sort())) throw fail('adapter.secret', { connection: code });
  const now = await store.putConnection(tx, { code, name, reach: to, secret: secret === undefined ? (before?.secret ?? null) : sealer.seal(secret, boundTo(code)), by: actor.name });
  await site.audit.recordFor(tx, actor, { event: 'adapter.connected', subject: code, detail: { version: now, reach: to, hasNewSecret: secret !== undefined } });
  return { version: now };
});

export const connectionRoutes = (site: Site, http: Http): void => {
  http.route(api.listAdapterConnections, () => asPlatform(site, async (tx) => ({
    items: (await store.connections(tx)).map(({ code, name, reach: to, secret, version, by, at }) => ({ code, name, reach: to, hasSecret: secret !== null, version, by, at: at.toISOString() })),
  })));
  http.route(api.putAdapterConnection, ({ actor, params, body }) => put(site, actor, params.code, body));
  http.route(api.tryAdapterConnection, ({ actor, params }) => attempt(site, actor, params.code));
};
