import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { common } from '@zhengwu/errors';
import { compress, tagAnswer } from './answer.ts';
import { securityHeaders } from './headers.ts';
import type { Metrics } from './metrics.ts';
import type { ServerOptions } from './options.ts';

const nameOf = (request: FastifyRequest): string => {
  const { config, url } = request.routeOptions;
  return config.operation ?? url ?? 'unknown';
};

const hasBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/** Gives an ordinary request `seconds` to arrive whole; answers 408 and hangs up otherwise. */
const watchArrival = (request: FastifyRequest, reply: FastifyReply, milliseconds: number): void => {
  const timer = setTimeout(() => {
    if (reply.sent || request.raw.complete) return;
    reply.send(common('request.timeout'));
    reply.raw.once('finish', () => request.raw.destroy());
  }, milliseconds);
  timer.unref();
  request.raw.once('end', () => clearTimeout(timer));
  request.raw.once('close', () => clearTimeout(timer));
};

const finishPayload = (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (error: Error | null, payload?: unknown) => void): void => {
  if (tagAnswer(request, reply, payload)) {
    reply.code(304).removeHeader('content-length').removeHeader('content-type');
    return done(null, '');
  }
  if (request.headers['accept-encoding'] === undefined) return done(null, payload);
  compress(request, reply, payload).then((small) => done(null, small ?? payload), (error: Error) => done(error));
};

/** Request ids, security headers, ETags, compression, access log and metrics on every answer. */
export const addAnswerHooks = (fastify: FastifyInstance, options: ServerOptions, metrics: Metrics, closing: AbortSignal): void => {
  const headers = securityHeaders(options.origin.startsWith('https:'), options.contentSecurityPolicy);
  const patience = (options.requestSeconds ?? 30) * 1000;
  fastify.addHook('onRequest', (request, reply, done) => {
    metrics.inFlight(1);
    reply.raw.once('close', () => metrics.inFlight(-1));
    if (hasBody(request.method) && request.routeOptions.config.raw !== true) watchArrival(request, reply, patience);
    done(/%00/.test(request.raw.url ?? '') ? common('request.malformed') : undefined);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    const set = isPage ? headers.page : headers.api;
    for (const name in set) if (!reply.hasHeader(name)) reply.header(name, set[name]);
    reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    if (closing.aborted) reply.header('connection', 'close');
    finishPayload(request, reply, payload, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    const operation = nameOf(request);
    metrics.observe(operation, reply.statusCode, ms);
    if (options.log.isLevelEnabled('info')) {
      const code = request.problemCode === '' ? undefined : request.problemCode;
      options.log.info({ requestId: request.id, method: request.method, operation, status: reply.statusCode, ms, code }, 'answered');
    }
    done();
  });
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Operation id of a route under the policy gate. */
    operation?: string;
    /** Why a route stands outside the policy gate. */
    open?: string;
    /** The handler reads the body as a stream. */
    raw?: boolean;
  }
}
