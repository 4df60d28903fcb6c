import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { addAnswerHooks } from './answer-hooks.ts';
import { addErrorHandling, answerBrokenRequest } from './error-handling.ts';
import type { Admission } from './admission.ts';
import { addCrowdControl } from './crowd.ts';
import { addHealth } from './health.ts';
import { acceptJson } from './json-bodies.ts';
import { createMethods, type Methods } from './methods.ts';
import { createMetrics } from './metrics.ts';
import { DEFAULT_BODY_LIMIT, type ServerOptions } from './options.ts';

export interface Server {
  readonly fastify: FastifyInstance;
  /** To be told of every operation, for 405. */
  readonly methods: Methods;
  /** Told of credentials that hold, where callers are let in by class. */
  readonly admission: Admission | undefined;
  /** Aborted when the server begins to close: long-lived answers should end. */
  readonly closing: AbortSignal;
  /** Starts to listen; port 0 picks a free one. Resolves to the address and port in use. */
  listen(at: { host: string; port: number }): Promise<{ address: string; port: number }>;
  /** Stops accepting, lets work in hand finish for `seconds`, then cuts what is left. Resolves to whether all finished. */
  close(seconds?: number): Promise<boolean>;
}

const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
};

const listenerOf = ({ headerSeconds = 10, tls }: ServerOptions) => {
  const limits = { headersTimeout: headerSeconds * 1000, connectionsCheckingInterval: Math.min(1000, headerSeconds * 500), maxHeaderSize: 16_384 };
  return tls ? { https: { ...tls, ...limits } } : { http: limits };
};

const openFastify = (options: ServerOptions): FastifyInstance =>
  fastify({
    logger: false,
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    requestTimeout: (options.uploadSeconds ?? 600) * 1000,
    keepAliveTimeout: 65_000,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256, ignoreTrailingSlash: false },
    ...listenerOf(options),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      const handle = request.server.errorHandler as unknown as (e: Error, q: FastifyRequest, p: typeof reply) => void;
      handle.call(request.server, error, request as FastifyRequest, reply);
    },
  }) as unknown as FastifyInstance;

const closeWithin = async (instance: FastifyInstance, seconds: number): Promise<boolean> => {
  let cut = false;
  const deadline = setTimeout(() => {
    cut = true;
    instance.server.closeAllConnections();
  }, seconds * 1000);
  await instance.close();
  clearTimeout(deadline);
  return !cut;
};

/** A hardened HTTP server: request ids, problem+json, security headers, ETags, gzip, health, metrics, graceful close. */
export const openServer = (options: ServerOptions): Server => {
  const instance = openFastify(options);
  const closing = new AbortController();
  const metrics = createMetrics(options.metrics);
  const methods = createMethods();
  instance.removeAllContentTypeParsers();
  acceptJson(instance, 'application/json');
  addErrorHandling(instance, options, methods);
  const admission = addCrowdControl(instance, options);
  addAnswerHooks(instance, options, metrics, closing.signal);
  addHealth(instance, { checks: options.ready ?? {}, closing: closing.signal, metrics, metricsToken: options.metricsToken });
  let closed: Promise<boolean> | undefined;
  return {
    fastify: instance,
    methods,
    admission,
    closing: closing.signal,
    async listen({ host, port }) {
      const address = await instance.listen({ host, port });
      const bound = instance.server.address();
      return { address, port: typeof bound === 'object' && bound ? bound.port : port };
    },
    close(seconds = 15) {
      closing.abort();
      closed ??= closeWithin(instance, seconds);
      return closed;
    },
  };
};
