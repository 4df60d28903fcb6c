import { randomUUID } from 'node:crypto';
import { createServer as plainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as tlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { TLSSocket } from 'node:tls';
import { TLS_RULES } from '@zhengwu/tls';
import { admitSystem, fingerprintOn } from './admission.ts';
import type { Answer, Consume } from './consumer.ts';
import { Fault, writeFault } from './faults.ts';
import { FRAME_TYPE, readFrame, writeFrame } from './frame.ts';
import { writeClient } from './identifiers.ts';
import { listClients } from './metadata.ts';
import { spoolRules, type Node } from './node.ts';
import type { Provider } from './provider.ts';
import { spool, unspool } from './spool.ts';
import { traceFor } from './tracing.ts';
import type { Peer } from './view.ts';
import { pairs, readRequest } from './wire.ts';

export interface Listener {
  port: number;
  close(seconds: number): Promise<void>;
}

const MOST_CONNECTIONS = 4000;
/** Headers and requests that come slower are cut off; bodies may take as long as they flow. */
const TIMES = { headersTimeout: 15_000, requestTimeout: 0, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5000, maxHeaderSize: 32_768 };
const IDLE_MS = 120_000;

const sendFault = (response: ServerResponse, error: Fault, accept: string | undefined): void => {
  if (response.headersSent) return void response.destroy();
  const { status, headers, body } = writeFault(error, accept);
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  response.end(body);
};

const asFault = (node: Node, error: unknown, side: 'ClientProxy' | 'ServerProxy'): Fault => {
  if (error instanceof Fault) return error;
  const detail = randomUUID();
  node.site.log.error({ err: error, detail }, 'a message of the exchange failed');
  return new Fault(`Server.${side}.InternalError`, 'the node failed', detail, error);
};

const isBodiless = (method: string | undefined, status: number): boolean => method === 'HEAD' || status === 204 || status === 304;

const sendAnswer = async (node: Node, request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): Promise<void> => {
  const flat = headers.flatMap(([name, value]) => [name, value]);
  if (isBodiless(request.method, status) || body === null) {
    response.writeHead(status, isBodiless(request.method, status) ? flat : [...flat, 'Content-Length', '0']);
    response.end();
    return;
  }
  response.writeHead(status, [...flat, 'Content-Length', String(body.size)]);
  const bytes = await unspool(node.site.files, body);
  if (Buffer.isBuffer(bytes)) response.end(bytes);
  else await pipeline(bytes, response);
};

const consume = async (node: Node, consumer: Consume, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const target = request.url ?? '';
  if (request.method === 'GET' && /^\/listClients(?:$|\?)/.test(target)) {
    const body = Buffer.from(JSON.stringify(listClients(node.holding.view(), new URL(target, 'http://node').searchParams)));
    response.writeHead(200, { 'Content-Type': 'application/json;charset=utf-8', 'Content-Length': body.length }).end(body);
    return;
  }
  const read = readRequest(request.method ?? '', target, pairs(request.rawHeaders));
  const client = writeClient(read.client);
  admitSystem((await node.registry.current()).subsystems.get(client), client, request.socket);
  const body = await spool(request, spoolRules(node));
  await sendAnswer(node, request, response, await consumer(read, body));
};

const onSystems = (node: Node, consumer: Consume) => (request: IncomingMessage, response: ServerResponse): void => {
  consume(node, consumer, request, response).catch((error: unknown) => sendFault(response, asFault(node, error, 'ClientProxy'), request.headers.accept));
};

/** The node that calls, by the certificate that it proved; throws for one that the federation does not know. */
const peerOn = (node: Node, request: IncomingMessage): Peer => {
  const shown = fingerprintOn(request.socket);
  const peer = shown === null ? undefined : node.holding.view().byCertificate(shown);
  if (!peer || !(request.socket as TLSSocket).authorized) throw new Fault('Server.ServerProxy.SslAuthenticationFailed', 'the certificate shown is not one of a node of this federation', randomUUID());
  return peer;
};

const MESSAGES = '/exchange/v1/messages';
const TRACE = /^\/exchange\/v1\/trace\/([\w%.~-]{1,300})$/;

const provide = async (node: Node, provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const peer = peerOn(node, request);
  const asked = TRACE.exec(request.url ?? '')?.[1];
  if (request.method === 'GET' && asked !== undefined) {
    const body = Buffer.from(JSON.stringify(await traceFor(node, peer, decodeURIComponent(asked))));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    return;
  }
  if (request.method !== 'POST' || request.url !== MESSAGES) throw new Fault('Client.BadRequest', 'a node takes messages only', randomUUID());
  const { frame, rest } = await readFrame(request);
  if (frame.kind !== 'request') throw new Fault('Client.BadRequest', 'a node takes requests only', randomUUID());
  const { envelope, body } = await provider.receive(peer, frame, rest);
  const head = writeFrame(envelope);
  response.writeHead(200, { 'content-type': FRAME_TYPE, 'content-length': head.length + (body?.size ?? 0) });
  if (body === null) return void response.end(head);
  const bytes = await unspool(node.site.files, body);
  if (Buffer.isBuffer(bytes)) return void response.end(Buffer.concat([head, bytes]));
  response.write(head);
  await pipeline(bytes, response);
};

const onNodes = (node: Node, provider: Provider) => (request: IncomingMessage, response: ServerResponse): void => {
  provide(node, provider, request, response).catch((error: unknown) => {
    if (response.headersSent) return void response.destroy();
    const { type, message, detail } = asFault(node, error, 'ServerProxy');
    // What is left of the request is not read: the connection ends with the answer.
    response.writeHead(200, { 'content-type': FRAME_TYPE, ...(request.complete ? {} : { connection: 'close' }) });
    response.end(writeFrame({ kind: 'fault', type, message, detail }));
  });
};

const listen = (server: Server | TlsServer, host: string, port: number): Promise<Listener> => new Promise((resolve, reject) => {
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(IDLE_MS);
  server.once('error', reject);
  server.listen(port, host, () => {
    server.off('error', reject);
    resolve({
      port: (server.address() as AddressInfo).port,
      close: (seconds) => new Promise((closed) => {
        const deadline = setTimeout(() => server.closeAllConnections(), seconds * 1000);
        server.close(() => (clearTimeout(deadline), closed()));
        server.closeIdleConnections();
      }),
    });
  });
});

const secureContext = ({ identity: { listener }, holding }: Node) => ({ ...TLS_RULES, key: listener.key, cert: listener.certificate, ca: holding.held()?.document.servers.map(({ tls }) => tls.ca) ?? [] });

export interface Ports {
  host: string;
  /** For other nodes, over mutual TLS. */
  nodes: number;
  /** For information systems over mutual TLS, and plain; 0: none. */
  systems: number;
  plain: number;
}

/** Opens the listeners of a node; a port of -1 is any free one, 0 is none. */
export const openListeners = async (node: Node, consumer: Consume, provider: Provider, { host, nodes, systems, plain }: Ports): Promise<{ nodes: Listener | null; systems: Listener | null; plain: Listener | null }> => {
  const real = (port: number): number => Math.max(port, 0);
  const open = async (port: number, make: () => Server | TlsServer): Promise<Listener | null> => (port === 0 ? null : listen(make(), host, real(port)));
  const forNodes = tlsServer({ ...TIMES, ...secureContext(node), requestCert: true, rejectUnauthorized: false }, onNodes(node, provider));
  node.holding.onChange(() => forNodes.setSecureContext(secureContext(node)));
  // Systems show certificates of their own making: what counts is that one was registered.
  const forSystems = (): TlsServer => tlsServer({ ...TIMES, ...TLS_RULES, key: node.identity.listener.key, cert: node.identity.listener.certificate, requestCert: true, rejectUnauthorized: false }, onSystems(node, consumer));
  return { nodes: await open(nodes, () => forNodes), systems: await open(systems, forSystems), plain: await open(plain, () => plainServer(TIMES, onSystems(node, consumer))) };
};
