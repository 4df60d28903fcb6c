import { hashToken } from '@zhengwu/crypto';
import { Identity, type From } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import { createRemoteJWKSet, customFetch, jwtVerify, type JWTPayload } from 'jose';
import { activeSource } from './beginning.ts';
import { hostsOf } from './addresses.ts';
import { fail } from './errors.ts';
import { guardedFetch } from './fetching.ts';
import { asPlatform, Opened } from './opened.ts';
import * as store from './store.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Logout tokens older than this are refused, and their ids remembered a little longer. */
const OLDEST = '2 minutes';
const REMEMBERED_MINUTES = 10;
const TOLERANCE_SECONDS = 30;
/** Signatures that anybody can check with a public key, and that are not broken. */
const ALGORITHMS = ['RS256', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];

const keySets = new WeakMap<object, ReturnType<typeof createRemoteJWKSet>>();

/** A logout token that holds (OpenID Connect Back-Channel Logout 1.0 §2.6); throws otherwise. */
const verified = async (site: Site, source: store.SourceRow, token: string): Promise<JWTPayload> => {
  const configuration = await site.use(Opened).connections.to(source);
  const { jwks_uri = '', issuer } = configuration.serverMetadata();
  const keys = keySets.get(configuration) ?? createRemoteJWKSet(new URL(jwks_uri), { [customFetch]: guardedFetch(hostsOf(source.settings), site.config.demo) as never });
  keySets.set(configuration, keys);
  const { payload } = await jwtVerify(token, keys, { issuer, audience: source.settings.clientId, algorithms: ALGORITHMS, typ: 'logout+jwt', maxTokenAge: OLDEST, clockTolerance: TOLERANCE_SECONDS, requiredClaims: ['jti', 'iat', 'exp'] });
  const { events } = payload;
  const isLogout = typeof events === 'object' && events !== null && typeof (events as Record<string, unknown>)[EVENT] === 'object';
  // A nonce would make it an ID token given again.
  if (!isLogout || 'nonce' in payload || (payload.sub === undefined && typeof payload['sid'] !== 'string')) throw new Error('not a logout token');
  return payload;
};

/** The source says that somebody signed out there: their sessions that came by it end here. Throws `identity-source.refused`. */
export const signOutFrom = async (site: Site, from: From, id: string, token: string): Promise<{ ended: number }> => {
  const source = await activeSource(site, id);
  const payload = await verified(site, source, token).catch((cause: unknown) => {
    site.log.warn({ source: id, err: cause }, 'a logout token was refused');
    throw fail('identity-source.refused', {}, { cause });
  });
  const { outside } = site.use(Identity);
  const ended = await asPlatform(site, async (tx) => {
    if (!(await store.seeLogout(tx, source.issuer, hashToken(String(payload.jti)), REMEMBERED_MINUTES))) throw fail('identity-source.refused');
    const meant = await store.sessionsMeant(tx, source.issuer, typeof payload['sid'] === 'string' ? payload['sid'] : null, payload.sub ?? null);
    const count = await outside.end(tx, meant.map(({ session }) => session));
    for (const account of new Set(meant.map((one) => one.account))) {
      await site.audit.recordFor(tx, { kind: 'public', address: from.address, requestId: from.requestId }, { event: 'identitySource.signedOut', subject: account, detail: { source: id } });
    }
    return count;
  });
  outside.forget();
  return { ended };
};
