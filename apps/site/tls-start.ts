import { isIP } from 'node:net';
import { DEMO_TLS_PORT, type Config } from '@zhengwu/config';
import { Authority } from '@zhengwu/certificates';
import { Devices } from '@zhengwu/devices';
import type { HttpServer } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { openTls, type TlsListener } from './tls.ts';

const hostsOf = ({ host, origins }: Config): string[] => {
  const named = new URL(origins.tls).hostname.replace(/^\[|\]$/g, '');
  const bound = isIP(host) && !['0.0.0.0', '::'].includes(host) ? [host] : [];
  return [...new Set([named, 'localhost', '127.0.0.1', ...bound])];
};

/**
 * Opens the listener for client certificates; undefined where there is to be none. A demonstration whose usual port is taken says so and
 * goes on without; a port that somebody chose must be free.
 */
export const startTls = async ({ config, log, use }: Site, http: HttpServer): Promise<TlsListener | undefined> => {
  const port = config.ports.tls;
  if (port === 0) return undefined;
  const tls = await openTls({ http, authority: use(Authority), devices: use(Devices), log, hosts: hostsOf(config), requestSeconds: config.limits.requestSeconds });
  try {
    await tls.listen({ host: config.host, port });
    return tls;
  } catch (error) {
    await tls.close(0);
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    if (!config.demo || port !== DEMO_TLS_PORT) throw new Error(`the port ${port} for client certificates is in use: stop what listens there, or set ZHENGWU_PORT_TLS to another port`, { cause: error });
    log.warn(`the port ${port} for client certificates is in use; this demonstration goes on without (ZHENGWU_PORT_TLS chooses another)`);
    return undefined;
  }
};
