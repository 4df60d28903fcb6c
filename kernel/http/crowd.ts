import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { common, toProblem } from '@zhengwu/errors';
import { createAdmission, watchLag, type Admission } from './admission.ts';
import { languageReader } from './error-handling.ts';
import { fail } from './errors.ts';
import { securityHeaders } from './headers.ts';
import type { ServerOptions } from './options.ts';
import { createBucket, isOwnMachine } from './rate.ts';

/** Connections of all callers together. */
const MOST_CONNECTIONS = 10_000;

/** Hangs up on an address that holds more than `most` connections; `isExempt` for our own machine and proxies, behind which everybody stands. */
export const capConnections = (server: HttpServer, most: number, isExempt: (address: string) => boolean): void => {
  const held = new Map<string, number>();
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (isExempt(address)) return;
    const count = (held.get(address) ?? 0) + 1;
    if (count > most) return void socket.destroy();
    held.set(address, count);
    socket.once('close', () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left > 0) held.set(address, left);
      else held.delete(address);
    });
  });
};

/** What a request brings to show who sends it; undefined where it brings nothing. */
export const credentialsOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined => {
  const { cookie, authorization } = headers;
  const citizen = headers['x-zhengwu-citizen'];
  if (typeof citizen === 'string' && citizen !== '') return `citizen ${citizen}`;
  return cookie ?? authorization;
};

/** Puts a request off the short way: under a flood the refusals must cost next to nothing. */
const putOff = (options: ServerOptions): ((request: FastifyRequest, reply: FastifyReply) => void) => {
  const { api } = securityHeaders(options.origin.startsWith('https:'), options.contentSecurityPolicy);
  const fixed = ['content-type', 'application/problem+json; charset=utf-8', ...Object.entries(api).flat()];
  const languageOf = languageReader(options);
  return (request, reply) => {
    const seconds = 2 + Math.floor(Math.random() * 4);
    const language = languageOf(request);
    const text = JSON.stringify(toProblem(fail('server.busy', { seconds }), language, request.id));
    request.problemCode = 'server.busy';
    reply.hijack();
    reply.raw.writeHead(503, [...fixed, 'content-language', language, 'x-request-id', request.id, 'retry-after', String(seconds), 'content-length', String(Buffer.byteLength(text))]).end(text);
  };
};

const isFor = (request: FastifyRequest, what: string): boolean => request.routeOptions.config.open === what;

/** Lets requests in by class: when there are too many, strangers are put off first, officials last. */
const admit = (fastify: FastifyInstance, admission: Admission, options: ServerOptions): void => {
  const refuse = putOff(options);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isFor(request, 'health')) return done();
    admission.enter(admission.classOf(credentialsOf(request)), (slot) => {
      if (slot === null) return refuse(request, reply);
      if (reply.raw.destroyed) admission.leave(slot);
      else reply.raw.once('close', () => admission.leave(slot));
      done();
    });
  });
};

/** Holds strangers to `perMinute` requests of everything together, by address. Operations count where the reader's own address is known. */
const limitStrangers = (fastify: FastifyInstance, perMinute: number): void => {
  const take = createBucket(perMinute);
  fastify.addHook('onRequest', (request, _, done) => {
    const isCounted = request.routeOptions.config.operation === undefined && request.routeOptions.config.mounted !== true && !isFor(request, 'health') && credentialsOf(request) === undefined && !isOwnMachine(request.ip);
    const seconds = isCounted ? take(request.ip) : 0;
    done(seconds > 0 ? (common('rate.limited', { seconds }) as Error) : undefined);
  });
};

/** Puts the server's limits on crowds in place: connections by address, requests in hand by class, strangers' requests a minute. */
export const addCrowdControl = (fastify: FastifyInstance, options: ServerOptions): Admission | undefined => {
  const proxies = new Set(options.trustedProxies ?? []);
  if (options.connectionsPerAddress) capConnections(fastify.server, options.connectionsPerAddress, (address) => isOwnMachine(address) || proxies.has(address));
  const admission = options.mostInFlight ? createAdmission({ mostInFlight: options.mostInFlight }) : undefined;
  if (admission) {
    admit(fastify, admission, options);
    const stop = watchLag(admission);
    fastify.addHook('onClose', (_, done) => (stop(), done()));
  }
  if (options.strangersPerMinute) limitStrangers(fastify, options.strangersPerMinute);
  return admission;
};
