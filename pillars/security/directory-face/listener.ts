import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { hostname } from 'node:os';
import { createSecureContext, type SecureContext } from 'node:tls';
import { Authority } from '@zhengwu/certificates';
import { isOwnMachine } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { baseOf } from './base.ts';
import { Connection } from './connection.ts';
import { Session } from './session.ts';
import { topDivision } from './store.ts';
import { openTree } from './tree.ts';

const MOST_CONNECTIONS = 500;
const MOST_PER_ADDRESS = 100;
/** An application binds for each of its users from one address. */
const BINDS_A_MINUTE = 120;
const MINUTE = 60_000;
const RENEW_BEFORE_MS = 30 * 86_400_000;

export interface LdapListener {
  port: number;
  base: string;
  /** How many are connected now. */
  connections(): number;
  /** When the certificate of StartTLS ends; null until somebody asked for it. */
  tlsUntil(): Date | null;
  close(): Promise<void>;
}

/** How many binds each address tried in this minute. */
const bindCounter = (): ((address: string) => boolean) => {
  let [minute, counts] = [0, new Map<string, number>()];
  return (address) => {
    const now = Math.floor(Date.now() / MINUTE);
    if (now !== minute) [minute, counts] = [now, new Map()];
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count <= BINDS_A_MINUTE;
  };
};

/** The certificate for StartTLS: made at the first request for it and anew before it ends. */
const tlsOf = (site: Site, hosts: readonly string[]) => {
  let made: { context: SecureContext; notAfter: Date } | null = null;
  return {
    until: (): Date | null => made?.notAfter ?? null,
    context: async (): Promise<SecureContext> => {
      if (!made || made.notAfter.getTime() - site.clock.now().getTime() < RENEW_BEFORE_MS) {
        const { certificate, key, notAfter } = await site.use(Authority).forListener(hosts);
        made = { context: createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' }), notAfter };
      }
      return made.context;
    },
  };
};

const listen = (server: Server, host: string, port: number): Promise<number> => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(port, host, () => {
    server.off('error', reject);
    resolve((server.address() as AddressInfo).port);
  });
});

/** Names under which clients reach the listener; OpenLDAP's clients put the machine's own name for localhost. */
const hostsOf = (host: string, origin: string): string[] => [...new Set([new URL(origin).hostname, ...(host === '0.0.0.0' || host === '::' ? [] : [host]), 'localhost', '127.0.0.1', hostname()])];

/** Opens the directory over LDAP version 3 (RFC 4511), to be read. */
export const openLdap = async (site: Site, { host, port }: { host: string; port: number }): Promise<LdapListener> => {
  const division = await site.database.as(site.database.system, topDivision, { readOnly: true });
  const base = baseOf(site.config.ldapBase, division?.en ?? '', site.config.demo);
  const tree = openTree(base, division?.zh ?? 'Zhengwu');
  const tls = tlsOf(site, hostsOf(host, site.config.origins.site));
  const mayBind = bindCounter();
  const connections = new Map<Connection, string>();
  const server = createServer({ noDelay: true }, (socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if ([...connections.values()].filter((one) => one === address).length >= MOST_PER_ADDRESS) return void socket.destroy();
    const line = (connection: Connection): Session => new Session(site, tree, {
      address, requestId: randomUUID(), isLocal: isOwnMachine(address), isEncrypted: () => connection.isEncrypted(), send: (message) => connection.send(message),
      isAbandoned: (id) => connection.isAbandoned(id), mayBind: () => mayBind(address),
    });
    const connection = new Connection(socket, line, tls, (error) => site.log.warn({ err: error }, 'an LDAP request failed'));
    connections.set(connection, address);
    socket.once('close', () => connections.delete(connection));
  });
  server.maxConnections = MOST_CONNECTIONS;
  const bound = await listen(server, host, port);
  return {
    port: bound, base, connections: () => connections.size, tlsUntil: tls.until,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const connection of connections.keys()) connection.disconnect('unavailable', 'the server is stopping');
    }),
  };
};
