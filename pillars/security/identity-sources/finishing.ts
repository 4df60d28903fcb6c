import type { BodyOf, finishOutside } from '@zhengwu/contracts';
import { hashToken, isSameText } from '@zhengwu/crypto';
import type { Site } from '@zhengwu/module';
import * as client from 'openid-client';
import { activeSource, type JourneySecrets } from './beginning.ts';
import { isIncomplete, vouchedBy, type Vouched } from './claims.ts';
import { fail } from './errors.ts';
import { asPlatform, Opened, redirectUri } from './opened.ts';
import * as store from './store.ts';

/** A clock may differ by this much where somebody had to sign in after the journey began. */
const SKEW_MS = 60_000;

/** A journey that ended well: who the source says it was. */
export interface Arrival {
  journey: store.JourneyRow;
  source: store.SourceRow;
  vouched: Vouched;
  authenticatedAt: Date;
  sid: string | null;
}

/** Takes the journey of this state, if this browser began it and for this source. */
const takeJourney = async (site: Site, id: string, { state, binding }: BodyOf<typeof finishOutside>): Promise<{ journey: store.JourneyRow; secrets: JourneySecrets }> => {
  const stateHash = hashToken(state);
  const journey = await asPlatform(site, (tx) => store.takeJourney(tx, stateHash));
  if (!journey || journey.source !== id || !isSameText(journey.binding_hash, hashToken(binding))) throw fail('identity-source.over');
  return { journey, secrets: JSON.parse(site.use(Opened).sealer.open(journey.secrets, `journey ${stateHash}`)) as JourneySecrets };
};

/** The address the browser came back to, put together from what the portal read: nothing else of it counts. */
const cameBackTo = (site: Site, id: string, { state, code, iss, error }: BodyOf<typeof finishOutside>): URL => {
  const address = new URL(redirectUri(site, id));
  for (const [name, value] of Object.entries({ state, code, iss, error })) if (value !== undefined) address.searchParams.set(name, value);
  return address;
};

/** What the source says for the code; its tokens are kept nowhere and leave this function for nobody. Checked on the way: state, issuer of the answer (RFC 9207), signature, issuer, audience, nonce and times of the ID token. */
const redeem = async (site: Site, source: store.SourceRow, body: BodyOf<typeof finishOutside>, { nonce, verifier }: JourneySecrets) => {
  const configuration = await site.use(Opened).connections.to(source);
  try {
    const tokens = await client.authorizationCodeGrant(configuration, cameBackTo(site, source.id, body), { expectedState: body.state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true });
    const claims = tokens.claims();
    if (!claims) throw new Error('no ID token');
    const asksMore = isIncomplete(claims, source.settings) && configuration.serverMetadata().userinfo_endpoint !== undefined;
    // The ID token's word counts before that of userinfo.
    const more = asksMore ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    return { subject: claims.sub, claims: { ...more, ...claims } as Readonly<Record<string, unknown>> };
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError && error.error === 'access_denied') throw fail('identity-source.declined');
    site.log.warn({ source: source.id, err: error }, 'a sign-in by an outside source was refused');
    throw fail('identity-source.refused', {}, { cause: error });
  }
};

/** Ends a journey. Throws `identity-source.over`, `.declined`, `.refused`, `.unreachable`; in each case its state is used. */
export const arrive = async (site: Site, id: string, body: BodyOf<typeof finishOutside>): Promise<Arrival> => {
  const { journey, secrets } = await takeJourney(site, id, body);
  const source = await activeSource(site, id);
  const { subject, claims } = await redeem(site, source, body, secrets);
  const { auth_time, sid } = claims;
  const told = typeof auth_time === 'number' ? auth_time * 1000 : null;
  // max_age=0 was asked: a source that does not say when, or says before, has proved nothing now (OpenID Connect Core §3.1.2.1).
  if (journey.purpose === 'prove' && (told === null || told < journey.begun_at.getTime() - SKEW_MS)) throw fail('identity-source.refused');
  return {
    journey, source, vouched: vouchedBy(subject, claims, source.settings), sid: typeof sid === 'string' ? sid.slice(0, 200) : null,
    authenticatedAt: new Date(told ?? site.clock.now().getTime()),
  };
};
