import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { common } from '@zhengwu/errors';
import { tooLarge } from './body.ts';
import { securityHeaders } from './headers.ts';
import type { HttpOptions } from './options.ts';
import { createBucket, isOwnMachine } from './rate.ts';

/** A protocol whose wire format a standard fixes, served by a handler of its own under one prefix. */
export interface Mounted {
  /** Path under which everything is handed over: `/sso`. */
  prefix: string;
  /** Name in the log, the metrics and the defence's observations. */
  name: string;
  /** Why it stands outside the policy gate. */
  reason: string;
  methods: readonly HTTPMethods[];
  /** Largest body in bytes, by what the request says; the handler must stop reading there too. */
  bodyLimit: number;
  /** Requests a minute of one address, this machine aside; they count here and not among the strangers'. */
  perMinute: number;
  /** Writes the whole answer to `reply.raw`. What it throws before it has written is answered as any other error. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** Reads at most the limit: a body that says no length is measured by the handler. */
const refuseLong = ({ headers }: FastifyRequest, limit: number): void => {
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
};

const writeHeaders = (request: FastifyRequest, reply: FastifyReply, headers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
  reply.raw.setHeader('x-request-id', request.id);
};

/** Adds the routes of a mounted protocol: rate, size, security headers, request id; blocked addresses, log and metrics are every route's. */
export const addMounted = (fastify: FastifyInstance, mounted: Mounted, options: Pick<HttpOptions, 'origin' | 'rateLimits' | 'contentSecurityPolicy'>): void => {
  const { prefix, name, reason, methods, bodyLimit, perMinute, handle } = mounted;
  const take = options.rateLimits ? createBucket(perMinute) : undefined;
  const { api } = securityHeaders(options.origin.startsWith('https:'), options.contentSecurityPolicy);
  void fastify.register((instance, _, done) => {
    instance.removeAllContentTypeParsers();
    instance.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
    instance.route({
      method: [...methods], url: `${prefix}/*`, config: { open: reason, mounted: true }, bodyLimit, schema: { hide: true } as object,
      onRequest: (request, _reply, next) => {
        request.operationId = name;
        const seconds = take === undefined || isOwnMachine(request.ip) ? 0 : take(request.ip);
        if (seconds > 0) throw common('rate.limited', { seconds });
        refuseLong(request, bodyLimit);
        next();
      },
      handler: async (request, reply) => {
        writeHeaders(request, reply, api);
        await handle(request, reply);
        reply.hijack();
        return reply;
      },
    });
    done();
  });
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Has a rate of its own, so that it does not count among the strangers' requests. */
    mounted?: boolean;
  }
}
