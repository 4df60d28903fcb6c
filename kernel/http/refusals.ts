import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerOptions } from './options.ts';
import { fail } from './errors.ts';

/** Statuses by which an input is refused for what it holds. */
const FOR_INPUT = new Set([400, 422]);

/** Throws `address.blocked` while the address is not to be answered. */
export const refuseBlocked = ({ blockedFor }: Pick<ServerOptions, 'blockedFor'>, address: string): void => {
  const seconds = blockedFor?.(address) ?? 0;
  if (seconds > 0) throw fail('address.blocked', { seconds });
};

/** Tells the defence of an answer of 4xx or 5xx. */
export const tellRefusal = ({ refused }: Pick<ServerOptions, 'refused'>, request: FastifyRequest, { statusCode: status }: FastifyReply): void => {
  if (status < 400 || refused === undefined) return;
  const actor = request.actor ?? null;
  refused({
    operation: request.operationId, path: request.raw.url ?? '', status, code: request.problemCode, address: actor?.address ?? request.ip, actor, requestId: request.id,
    params: request.params as Record<string, unknown> | undefined,
    ...(FOR_INPUT.has(status) ? { input: { params: request.params, query: request.query, body: request.body } } : {}),
  });
};
