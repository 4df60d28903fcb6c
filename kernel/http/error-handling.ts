import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Language } from '@zhengwu/contracts';
import { common, declaredErrors, toProblem } from '@zhengwu/errors';
import { negotiateLanguage } from '@zhengwu/i18n';
import { fail } from './errors.ts';
import { declaredFailure } from './failure.ts';
import type { Methods } from './methods.ts';
import type { ServerOptions } from './options.ts';

/** Statuses after which the rest of the request's body is not read, so that the connection cannot go on. */
const CUTS = new Set([408, 413]);

export const languageReader = (options: Pick<ServerOptions, 'language' | 'languageOf'>): ((request: FastifyRequest) => Language) =>
  options.languageOf ?? ((request) => negotiateLanguage(request.headers['accept-language'], options.language ?? 'zh-CN'));

const wantsPage = (request: FastifyRequest): boolean => {
  const accept = request.headers.accept ?? '';
  return accept.includes('text/html') && !accept.startsWith('application/json');
};

const retryAfter = (params: Readonly<Record<string, unknown>>): string => String(params['seconds'] ?? 2);

const answerFailure = async (error: unknown, request: FastifyRequest, reply: FastifyReply, options: ServerOptions): Promise<FastifyReply> => {
  const known = declaredFailure(error, request.routeOptions.bodyLimit ?? options.bodyLimit ?? 0);
  const language = languageReader(options)(request);
  const problem = toProblem(known ?? error, language, request.id);
  if (problem.status >= 500) {
    const about = { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url };
    options.log[known ? 'warn' : 'error'](about, 'request failed');
  }
  reply.code(problem.status).header('content-language', language).header('cache-control', 'no-store').header('x-request-id', request.id);
  reply.removeHeader('content-length').removeHeader('etag');
  if (CUTS.has(problem.status)) reply.header('connection', 'close');
  if (problem.status === 429 || problem.status === 503) reply.header('retry-after', retryAfter(known?.params ?? {}));
  request.problemCode = problem.code;
  if (options.errorPage && wantsPage(request)) {
    return reply.type('text/html; charset=utf-8').send(await options.errorPage(problem, request, language));
  }
  const { media } = request.routeOptions.config;
  if (!media) return reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  const { status, body, headers } = media.problem(problem);
  return reply.code(status).headers(headers ?? {}).type(media.type).send(JSON.stringify(body));
};

const describeProblem = (code: string): unknown => {
  const found = declaredErrors().find((e) => e.code === code);
  if (!found) throw common('request.not-found');
  return { code: found.code, status: found.status, zh: found.zh, en: found.en };
};

/** Turns everything thrown into problem+json (RFC 9457), or a page where one is asked for; serves the meaning of each code. */
export const addErrorHandling = (fastify: FastifyInstance, options: ServerOptions, methods: Methods): void => {
  fastify.decorateRequest('problemCode', '');
  fastify.setErrorHandler((error, request, reply) => answerFailure(error, request, reply, options));
  fastify.setNotFoundHandler((request, reply) => {
    const allowed = methods.at(request.raw.url ?? '');
    if (allowed.length === 0) return answerFailure(common('request.not-found'), request, reply, options);
    // RFC 9110 §15.5.6: a known address with another method names those it takes.
    reply.header('allow', allowed.join(', '));
    return answerFailure(fail('request.method', { method: request.method, allowed: allowed.join(', ') }), request, reply, options);
  });
  fastify.get<{ Params: { code: string } }>('/api/problems/:code', { config: { open: 'errors' } }, (request) => describeProblem(request.params.code));
};

/** Answers bytes that are not HTTP, headers that are too long, and requests that never end; then hangs up. */
export const answerBrokenRequest = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const failure =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? common('request.timeout')
    : error.code === 'HPE_HEADER_OVERFLOW' ? common('request.too-large', { limit: '16 KB' })
    : common('request.malformed');
  const id = randomUUID();
  const body = JSON.stringify(toProblem(failure, 'zh-CN', id));
  socket.end(
    `HTTP/1.1 ${failure.status} Error\r\ncontent-type: application/problem+json; charset=utf-8\r\nx-request-id: ${id}\r\nx-content-type-options: nosniff\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Code of the problem answered, for the access log; empty when all went well. */
    problemCode: string;
  }
}
