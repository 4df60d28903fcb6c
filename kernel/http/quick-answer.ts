import type { FastifyReply, FastifyRequest } from 'fastify';
import { SMALLEST } from './answer.ts';
import { securityHeaders } from './headers.ts';
import type { ServerOptions } from './options.ts';
import { bodyTag } from './preconditions.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a short JSON text at once with every header in one list; false when the answer needs the long way, and nothing was sent. */
export type QuickAnswer = (request: FastifyRequest, reply: FastifyReply, status: number, text: string) => boolean;

const hasOwnHeaders = (reply: FastifyReply): boolean => {
  for (const _ in reply.getHeaders()) return true;
  return false;
};

/**
 * The short way for most answers of the API. The same headers leave as by the long way; what compresses, what the reader may
 * have already, what the handler gave headers of its own and what closes the connection goes the long way.
 */
export const createQuickAnswer = (options: Pick<ServerOptions, 'origin' | 'contentSecurityPolicy'>, closing: AbortSignal): QuickAnswer => {
  const { api } = securityHeaders(options.origin.startsWith('https:'), options.contentSecurityPolicy);
  const fixed = ['content-type', JSON_TYPE, ...Object.entries(api).flat()];
  return (request, reply, status, text) => {
    const { method, headers } = request.raw;
    if (method === 'HEAD' || text.length >= SMALLEST || headers['if-none-match'] !== undefined || closing.aborted || hasOwnHeaders(reply)) return false;
    const list = fixed.concat('x-request-id', request.id, 'content-length', String(Buffer.byteLength(text)));
    if (method === 'GET' && status === 200) list.push('etag', bodyTag(text));
    reply.hijack();
    reply.raw.writeHead(status, list).end(text);
    return true;
  };
};
