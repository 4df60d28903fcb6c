import type { Actor, Text } from '@zhengwu/contracts';
import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Site } from '@zhengwu/module';
import * as client from 'openid-client';
import { fail } from './errors.ts';
import { asPlatform, Opened, redirectUri } from './opened.ts';
import * as store from './store.ts';

/** How long a browser may take to the source and back. */
const MINUTES = 10;

/** What a journey keeps for its end. */
export interface JourneySecrets {
  nonce: string;
  verifier: string;
}

/** Signing in, linking to an account that is signed in, or proving that it is still its holder. */
export type Purpose = { kind: 'enter' } | { kind: 'link' | 'prove'; actor: Actor };

/** A path of the portal, as the portal itself checks it: nothing that a browser reads as another host. */
export const ownPath = (given: string): string => (/^\/(?![/\\])[^\s\\]*$/.test(given) && given.length < 1000 ? given : '/my');

export const activeSource = async (site: Site, id: string): Promise<store.SourceRow> => {
  const source = await asPlatform(site, (tx) => store.sourceById(tx, id));
  if (!source?.active) throw fail('identity-source.unknown');
  return source;
};

/** Where to send the browser, and what only that browser is given, so that nobody can end a journey that another began (login CSRF). */
export const begin = async (site: Site, id: string, purpose: Purpose, next: string): Promise<{ address: string; binding: string; name: Text }> => {
  const source = await activeSource(site, id);
  const { connections, sealer } = site.use(Opened);
  const configuration = await connections.to(source);
  const [state, binding, nonce, verifier] = [mintToken(), mintToken(), client.randomNonce(), client.randomPKCECodeVerifier()];
  const { scopes, acrValues, name } = source.settings;
  const parameters = {
    redirect_uri: redirectUri(site, id), response_type: 'code', scope: scopes.join(' '), state, nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    ...(acrValues.length > 0 ? { acr_values: acrValues.join(' ') } : {}), ...(purpose.kind === 'prove' ? { prompt: 'login', max_age: '0' } : {}),
  };
  const stateHash = hashToken(state);
  await asPlatform(site, (tx) => store.insertJourney(tx, stateHash, {
    binding_hash: hashToken(binding), source: id, purpose: purpose.kind, secrets: sealer.seal(JSON.stringify({ nonce, verifier } satisfies JourneySecrets), `journey ${stateHash}`), next: ownPath(next),
    account: purpose.kind === 'enter' ? null : purpose.actor.accountId, session: purpose.kind === 'enter' ? null : purpose.actor.sessionId, begun_at: site.clock.now(),
  }, MINUTES));
  return { address: client.buildAuthorizationUrl(configuration, parameters).href, binding, name };
};
