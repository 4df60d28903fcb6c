import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Media } from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import { compress, tagAnswer } from './answer.ts';
import { API_POLICY, securityHeaders } from './headers.ts';
import type { Metrics } from './metrics.ts';
import type { ServerOptions } from './options.ts';
import { refuseBlocked, tellRefusal } from './refusals.ts';

const nameOf = (request: FastifyRequest): string => {
  if (request.operationId !== '') return request.operationId;
  return request.routeOptions.url ?? 'unknown';
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
  const { 'cache-control': _, ...pageOnly } = headers.page;
  const patience = (options.requestSeconds ?? 30) * 1000;
  fastify.decorateRequest('operationId', '');
  fastify.addHook('onRequest', (request, reply, done) => {
    refuseBlocked(options, request.ip);
    if (hasBody(request.method) && request.routeOptions.config.raw !== true) watchArrival(request, reply, patience);
    done(request.raw.url?.includes('%00') ? common('request.malformed') : undefined);
  });
  const always = Object.entries(headers.api);
  fastify.addHook('onSend', (request, reply, payload, done) => {
    for (const [name, value] of always) if (!reply.hasHeader(name)) reply.header(name, value);
    reply.header('x-request-id', request.id);
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.startsWith('text/html') && reply.getHeader('content-security-policy') === API_POLICY) reply.headers(pageOnly);
    // What a 304 says replaces what the reader kept (RFC 9111 §3.2): it must not forbid the kept page its own scripts.
    if (reply.statusCode === 304) reply.removeHeader('content-security-policy');
    if (closing.aborted) reply.header('connection', 'close');
    finishPayload(request, reply, payload, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    const operation = nameOf(request);
    metrics.observe(operation, reply.statusCode, ms);
    options.log.answered({ requestId: request.id, method: request.method, operation, status: reply.statusCode, ms, code: request.problemCode === '' ? undefined : request.problemCode });
    tellRefusal(options, request, reply);
    done();
  });
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Operation of the route; empty outside the policy gate. */
    operationId: string;
  }
  interface FastifyContextConfig {
    /** Operation id of a route under the policy gate. */
    operation?: string;
    /** Why a route stands outside the policy gate. */
    open?: string;
    /** How answers and problems of this operation are written, where not as JSON. */
    media?: Media;
    /** The handler reads the body as a stream. */
    raw?: boolean;
  }
}
