import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { Problem, type AnyOperation } from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import type { PolicyRule } from './types.ts';

const plain = (schema: unknown): unknown => (schema === undefined ? undefined : JSON.parse(JSON.stringify(schema)));

const CODES: Readonly<Record<number, string>> = { 400: 'request.malformed', 401: 'session.expired', 403: 'access.denied', 404: 'access.not-found', 409: 'conflict.stale', 422: 'request.invalid' };

const problems = (): Record<string, unknown> => {
  const content = { 'application/problem+json': { schema: plain(Problem) } };
  return Object.fromEntries(Object.entries(CODES).map(([status, code]) => [status, { description: common(code as 'access.denied').message, content }]));
};

const headersOf = (operation: AnyOperation): unknown =>
  operation.idempotent
    ? { type: 'object', required: ['idempotency-key'], properties: { 'idempotency-key': { type: 'string', minLength: 8, maxLength: 128, description: 'A repeat with the same key and content gets the same answer' } } }
    : undefined;

/** The route schema from which OpenAPI is written; validation does not use it. */
export const routeSchema = (operation: AnyOperation, rule: PolicyRule): FastifySchema => {
  const who = typeof rule.who === 'string' ? rule.who : rule.who.join(', ');
  const parts = { params: plain(operation.params), querystring: plain(operation.query), headers: headersOf(operation) };
  const body = operation.raw ? undefined : plain(operation.body);
  const schema: Record<string, unknown> = {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.id.split('.')[0]],
    description: `Who: ${who}${rule.permission === undefined ? '' : `; permission: ${rule.permission}`}.`,
    ...(operation.raw ? { consumes: ['application/octet-stream'] } : {}),
    ...(operation.media ? { consumes: [operation.media.type, 'application/json'], produces: [operation.media.type] } : {}),
    security: who === 'public' ? [] : who === 'application' ? [{ application: [] }] : [{ official: [] }, { citizen: [], portal: [] }],
    response: { [operation.status ?? 200]: { description: 'Done', ...(plain(operation.response) as object) }, ...problems() },
  };
  for (const [name, part] of Object.entries({ ...parts, body })) if (part !== undefined) schema[name] = part;
  return schema as FastifySchema;
};

/** Over TLS the cookie's name has the prefix that ties it to the host. */
const securitySchemes = (origin: string) => ({
  official: { type: 'apiKey', in: 'cookie', name: origin.startsWith('https:') ? '__Host-zw_console' : 'zw_console', description: 'Session of an official; changes also need x-csrf-token' },
  citizen: { type: 'apiKey', in: 'header', name: 'x-zhengwu-citizen', description: 'Session of a citizen, passed on by the portal' },
  application: { type: 'http', scheme: 'bearer', description: 'Token of an application' },
  portal: { type: 'apiKey', in: 'header', name: 'x-zhengwu-portal', description: 'Credential of the portal' },
}) as const;

/** Serves OpenAPI 3.1 at /api/openapi.json, written from the operations. */
export const addOpenApi = async (fastify: FastifyInstance, { title, version, origin }: { title?: string; version?: string; origin: string }): Promise<void> => {
  await fastify.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: title ?? 'Zhengwu', version: version ?? '0.1.0', description: 'Errors are problem+json (RFC 9457) with a stable code; /api/problems/{code} explains each.' },
      servers: [{ url: origin }],
      components: { securitySchemes: securitySchemes(origin) },
    },
  });
  let text: string | undefined;
  fastify.get('/api/openapi.json', { config: { open: 'openapi' }, schema: { hide: true } }, (_, reply) => {
    text ??= JSON.stringify(fastify.swagger());
    return reply.type('application/json; charset=utf-8').send(text);
  });
};
