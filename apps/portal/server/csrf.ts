import { createHmacSigner, type Secrets } from '@zhengwu/crypto';
import type { FastifyRequest } from 'fastify';

/** Tokens of forms: HMAC(session, form). They need no storage, and a cached public page carries none. */
export interface FormTokens {
  token(session: string, form: string): string;
  matches(session: string, form: string, given: string): boolean;
}

export const formTokens = (secrets: Secrets): FormTokens => {
  const signer = createHmacSigner(secrets, 'portal-form');
  return { token: (session, form) => signer.sign(session, form), matches: (session, form, given) => signer.verify(given, session, form) };
};

/** Whether a POST comes from our own pages: Sec-Fetch-Site where the browser sends it, and Origin. */
export const isSameOrigin = (request: FastifyRequest, origins: readonly string[]): boolean => {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = request.headers;
  if (origin === undefined) return site === 'same-origin';
  return origins.includes(origin) || origin === `${request.protocol}://${request.headers.host}`;
};
