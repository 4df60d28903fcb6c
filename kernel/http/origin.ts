import type { FastifyRequest } from 'fastify';
import type { Actor } from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import type { Authenticator } from './types.ts';

const isUnsafe = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/** Refuses what a browser says comes from another site (Fetch Metadata, Origin). Requests without either are no browser's. */
const refuseForeign = (request: FastifyRequest, origins: ReadonlySet<string>): boolean => {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  if (site !== undefined && site !== 'same-origin') throw common('csrf.forged');
  if (site === undefined && origin !== undefined && !origins.has(origin)) throw common('csrf.forged');
  return site !== undefined || origin !== undefined;
};

/**
 * CSRF: an unsafe request must come from our own pages. With a cookie session it must also say so
 * (Sec-Fetch-Site or Origin) and carry the session's token in `x-csrf-token`.
 */
export const checkOrigin = async (
  request: FastifyRequest,
  actor: Actor | undefined,
  { origins, authenticator }: { origins: ReadonlySet<string>; authenticator: Authenticator },
): Promise<void> => {
  if (!isUnsafe(request.method)) return;
  const saysWhence = refuseForeign(request, origins);
  if (actor?.kind !== 'official' || request.headers.cookie === undefined) return;
  const token = request.headers['x-csrf-token'];
  if (!saysWhence || typeof token !== 'string' || !(await authenticator.verifyCsrf(token, actor, request))) throw common('csrf.forged');
};
