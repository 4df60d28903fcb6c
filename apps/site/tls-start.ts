import { isIP } from 'node:net';
import { DEMO_TLS_PORT, type Config } from '@zhengwu/config';
import { Authority } from '@zhengwu/certificates';
import { Devices } from '@zhengwu/devices';
import { isZhengwuError } from '@zhengwu/errors';
import type { HttpServer } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { openTls, type TlsListener } from './tls.ts';

const hostsOf = ({ host, origins }: Config): string[] => {
  const named = new URL(origins.tls).hostname.replace(/^\[|\]$/g, '');
  const bound = isIP(host) && !['0.0.0.0', '::'].includes(host) ? [host] : [];
  return [...new Set([named, 'localhost', '127.0.0.1', ...bound])];
};

/**
 * Opens the listener for client certificates; undefined where there is to be none. A demonstration whose usual port is taken, or whose
 * authority certifies no listener, says so and goes on without; a port that somebody chose must work.
 */
export const startTls = async ({ config, log, use }: Site, http: HttpServer): Promise<TlsListener | undefined> => {
  const port = config.ports.tls;
  if (port === 0) return undefined;
  const isUnasked = config.demo && port === DEMO_TLS_PORT;
  const tls = await openTls({ http, authority: use(Authority), devices: use(Devices), log, hosts: hostsOf(config), requestSeconds: config.limits.requestSeconds, connectionsPerAddress: config.limits.connectionsPerAddress }).catch((error: unknown) => {
    if (!isUnasked || !isZhengwuError(error) || error.code !== 'certificate.no-tls') throw error;
    log.warn('an authority on SM2 certifies no TLS listener here; this demonstration goes on without one for client certificates');
  });
  if (!tls) return undefined;
  try {
    await tls.listen({ host: config.host, port });
    return tls;
  } catch (error) {
    await tls.close(0);
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    if (!isUnasked) throw new Error(`the port ${port} for client certificates is in use: stop what listens there, or set ZHENGWU_PORT_TLS to another port`, { cause: error });
    log.warn(`the port ${port} for client certificates is in use; this demonstration goes on without (ZHENGWU_PORT_TLS chooses another)`);
    return undefined;
  }
};
