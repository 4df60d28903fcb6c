import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { subjectOf, type Authority } from '@zhengwu/certificates';
import type { Devices } from '@zhengwu/devices';
import { toProblem } from '@zhengwu/errors';
import { capConnections, isOwnMachine, markPeer, type HttpServer, type Peer } from '@zhengwu/http';
import { negotiateLanguage } from '@zhengwu/i18n';
import type { Log } from '@zhengwu/log';
import { fail } from './tls-errors.ts';

/** What the listener for client certificates stands on. */
export interface TlsGround {
  http: Pick<HttpServer, 'fastify'>;
  authority: Pick<Authority, 'chain' | 'forListener' | 'isRevoked'>;
  devices: Pick<Devices, 'admit'>;
  log: Log;
  /** Names and addresses under which clients reach it. */
  hosts: readonly string[];
  /** Seconds within which a request must arrive whole. */
  requestSeconds: number;
  /** Connections that one address may hold, and which addresses may hold more; this machine where nothing else is said. */
  connectionsPerAddress: number;
  isExempt?: (address: string) => boolean;
}

export interface TlsListener {
  listen(at: { host: string; port: number }): Promise<{ port: number }>;
  close(seconds?: number): Promise<void>;
}

interface Known {
  peer: Peer;
  notAfter: Date;
}

const MOST_CONNECTIONS = 2000;
const RENEW_MS = 12 * 3_600_000;
const RENEW_BEFORE_MS = 30 * 86_400_000;

/** The holder of the certificate that this handshake proved; null without one. Throws `tls.certificate-refused` for one that is not ours or has no profile. */
const holderOn = (socket: TLSSocket): Known | null => {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return null;
  const found = socket.authorized ? subjectOf(certificate.raw) : undefined;
  if (!found) throw fail('tls.certificate-refused');
  const { kind, subject, name, uscc, notAfter } = found;
  return { peer: { kind, serial: certificate.serialNumber.toLowerCase(), subject, name, uscc, certificate: certificate.raw, address: socket.remoteAddress ?? '' }, notAfter };
};

const refuse = (request: IncomingMessage, response: ServerResponse, error: unknown, log: Log): void => {
  const id = randomUUID();
  const language = negotiateLanguage(request.headers['accept-language'], 'zh-CN');
  const problem = toProblem(error, language, id);
  if (problem.status >= 500) log.error({ err: error, requestId: id }, 'a client certificate could not be judged');
  const body = JSON.stringify(problem);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'content-language': language, 'cache-control': 'no-store',
    'x-content-type-options': 'nosniff', 'x-request-id': id, connection: 'close',
  });
  response.end(body);
};

/** Judges the certificate of a connection once, and at each request whether it still holds. */
const createJudge = ({ authority, devices }: TlsGround) => {
  const known = new WeakMap<TLSSocket, Known | null>();
  return async (socket: TLSSocket): Promise<void> => {
    const found = known.get(socket) ?? holderOn(socket);
    known.set(socket, found);
    if (!found) return;
    if (found.notAfter.getTime() < Date.now() || (await authority.isRevoked(found.peer.serial))) throw fail('tls.certificate-refused');
    if (found.peer.kind === 'device') await devices.admit(found.peer);
    markPeer(socket, found.peer);
  };
};

/**
 * The site's listener for client certificates: TLS 1.2 or later, the site's own authority, the same operations as the plain listener. A
 * certificate is asked for and not demanded; one that is shown must be ours, in force and, for a device, admitted, or nothing is handled.
 */
export const openTls = async (ground: TlsGround): Promise<TlsListener> => {
  const { http: { fastify }, authority, log, hosts, requestSeconds, connectionsPerAddress, isExempt = isOwnMachine } = ground;
  let own = await authority.forListener(hosts);
  const ca = await authority.chain();
  const contextOf = () => ({ key: own.key, cert: own.certificate, ca, minVersion: 'TLSv1.2' as const });
  const judge = createJudge(ground);
  const server = createServer({
    ...contextOf(), requestCert: true, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], handshakeTimeout: 10_000,
    headersTimeout: 10_000, requestTimeout: requestSeconds * 1000, connectionsCheckingInterval: 1000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384,
  }, (request, response) => {
    judge(request.socket as TLSSocket).then(() => fastify.routing(request, response), (error: unknown) => refuse(request, response, error, log));
  });
  capConnections(server, connectionsPerAddress, isExempt);
  server.maxConnections = MOST_CONNECTIONS;
  server.on('tlsClientError', (error) => log.debug({ err: error }, 'a TLS handshake failed'));
  const renewing = setInterval(() => {
    if (own.notAfter.getTime() - Date.now() > RENEW_BEFORE_MS) return;
    authority.forListener(hosts).then((next) => server.setSecureContext((own = next, contextOf())), (error: unknown) => log.error({ err: error }, 'the certificate of the TLS listener was not renewed'));
  }, RENEW_MS);
  renewing.unref();
  return {
    listen: ({ host, port }) => new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve({ port: (server.address() as AddressInfo).port });
      });
    }),
    close: (seconds = 15) => new Promise((resolve) => {
      clearInterval(renewing);
      const deadline = setTimeout(() => server.closeAllConnections(), seconds * 1000);
      server.close(() => (clearTimeout(deadline), resolve()));
      server.closeIdleConnections();
    }),
  };
};
