import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createBucket, peerOf, type Peer } from '@zhengwu/http';
import Provider, { errors, interactionPolicy, type Account, type Client, type Configuration, type ExternalSigningKey, type KoaContextWithOIDC } from 'oidc-provider';
import { openAdapter, type Memory } from './adapter.ts';
import { ACRS, CLAIMS, claimsOf, levelIn, SCOPES } from './claims.ts';
import { institutionDn } from './metadata.ts';
import { errorSource, leaveSource, leftSource } from './pages.ts';
import { subjectOf } from './subject.ts';
import * as store from './store.ts';

export interface ProviderGround extends Memory {
  issuer: string;
  /** Origin of the listener for client certificates. */
  tlsOrigin: string;
  keys: { keys: ExternalSigningKey[] };
  cookieKeys: string[];
  subjectFor(account: string, clientId: string): string;
  /** Hours for which people stay signed on at most. */
  hours: number;
  /** Successful requests for tokens of one application a minute. */
  tokensPerMinute: number;
}

const MINUTES = 60;

/** The level that this request needs: what the application was registered with, or more where it asks for more. */
export const neededLevel = (client: store.SignOnClient | null, params: Record<string, unknown>): number =>
  Math.max(client?.assurance ?? 3, levelIn(typeof params['acr_values'] === 'string' ? params['acr_values'] : undefined));

const policyOf = ({ database }: Memory) => {
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  // Core §5.5.1.1 lets acr_values be a wish; here it is a demand, as the registered level is.
  policy.get('login')?.checks.add(new Check('assurance', 'a stronger proof is needed', async (ctx) => {
    const { client, session, params } = ctx.oidc;
    if (session?.accountId === undefined || client === undefined) return Check.NO_NEED_TO_PROMPT;
    const needed = neededLevel(await store.clientOf(database, client.clientId), params ?? {});
    return levelIn(session.acr) < needed ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
  }));
  return policy;
};

const peerIn = (ctx: { req: IncomingMessage }): Peer | undefined => peerOf({ raw: ctx.req });
const certificateIn = (ctx: { req: IncomingMessage }): string | undefined => {
  const der = peerIn(ctx)?.certificate;
  return der ? new X509Certificate(der).toString() : undefined;
};

/** Chain, dates and revocation were judged by the listener; here counts whose certificate it is. */
const mtls = {
  enabled: true, certificateBoundAccessTokens: true, selfSignedTlsClientAuth: false, tlsClientAuth: true,
  getCertificate: certificateIn,
  certificateAuthorized: (ctx: { req: IncomingMessage }) => peerIn(ctx)?.kind === 'institution',
  certificateSubjectMatches: (ctx: { req: IncomingMessage }, property: string, expected: string) => {
    const uscc = peerIn(ctx)?.uscc;
    return property === 'tls_client_auth_subject_dn' && typeof uscc === 'string' && institutionDn(uscc) === expected;
  },
};

const findAccount = ({ database, tokensPerMinute }: ProviderGround) => {
  const take = createBucket(tokensPerMinute);
  return async (ctx: KoaContextWithOIDC, id: string): Promise<Account | undefined> => {
    const subject = subjectOf(id);
    if (!subject) return undefined;
    // Only who has authenticated as the application spends what it may: nobody else can use it up.
    if (ctx.oidc.route === 'token' && take(ctx.oidc.client?.clientId ?? '') > 0) throw new errors.CustomOIDCProviderError('temporarily_unavailable', 'too many requests for tokens of this application; try again in a minute');
    const person = await store.personOf(database, subject.account, subject.session);
    return person ? { accountId: id, claims: () => ({ sub: id, ...claimsOf(person) }) } : undefined;
  };
};

/** The grant of this session; a new one where the application is the city's own, or the person has agreed to all of it before. */
const loadExistingGrant = ({ database }: Memory) => async (ctx: KoaContextWithOIDC) => {
  const { provider, session, client, result } = ctx.oidc;
  if (!session || !client) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const grant = known === undefined ? undefined : await provider.Grant.find(known);
  const subject = subjectOf(session.accountId);
  if (result?.consent || !subject || session.accountId === undefined) return grant;
  const asked = [...ctx.oidc.requestParamOIDCScopes];
  const has = new Set(grant?.getOIDCScope().split(' '));
  // Nobody can tell who a client without a key is: people are asked each time (OWASP ASVS 5.0 V10.7.1).
  if (client.clientAuthMethod === 'none') return undefined;
  if (grant && asked.every((scope) => has.has(scope))) return grant;
  const own = (await store.clientOf(database, client.clientId))?.own === true;
  const agreed = new Set(own ? SCOPES : await database.as(database.system, (tx) => store.consentOf(tx, subject.account, client.clientId)));
  if (!asked.every((scope) => agreed.has(scope))) return grant;
  const made = grant ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  made.addOIDCScope(asked.join(' '));
  await made.save();
  return made;
};

/** The provider sends nothing itself: what goes out to applications goes by job, and is tried again. */
const sendNothing = (): Promise<Response> => Promise.resolve(new Response(null, { status: 204 }));

const featuresOf = (): Configuration['features'] => ({
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  resourceIndicators: { enabled: false },
  revocation: { enabled: true },
  backchannelLogout: { enabled: true },
  mTLS: mtls,
  rpInitiatedLogout: { enabled: true, logoutSource: leaveSource, postLogoutSuccessSource: leftSource },
  externalSigningSupport: { enabled: true, ack: 'experimental-01' },
});

const aliasesOf = (tlsOrigin: string, issuer: string): Record<string, string> => {
  const at = (path: string): string => `${tlsOrigin}${new URL(issuer).pathname}${path}`;
  return { token_endpoint: at('/token'), userinfo_endpoint: at('/me'), revocation_endpoint: at('/token/revocation'), pushed_authorization_request_endpoint: at('/request') };
};

/** The OpenID provider of this site: code with PKCE alone, no shared secrets, ES256, pairwise subjects, everything ending with the console's session. */
export const openProvider = (ground: ProviderGround): Provider => {
  const { issuer, hours } = ground;
  const isHttps = issuer.startsWith('https:');
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isHttps, signed: true } as const;
  const whole = hours * MINUTES * MINUTES;
  const provider = new Provider(issuer, {
    adapter: openAdapter(ground), jwks: ground.keys as never, features: featuresOf(),
    acrValues: ACRS, claims: CLAIMS as never, scopes: [...SCOPES], subjectTypes: ['pairwise'], responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt', 'tls_client_auth', 'none'],
    clientDefaults: { grant_types: ['authorization_code', 'refresh_token'], id_token_signed_response_alg: 'ES256', response_types: ['code'], token_endpoint_auth_method: 'private_key_jwt' },
    enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'PS256', 'EdDSA'], idTokenSigningAlgValues: ['ES256'], userinfoSigningAlgValues: ['ES256'] },
    allowOmittingSingleRegisteredRedirectUri: false, acceptQueryParamAccessTokens: false, enableHttpPostMethods: false, clockTolerance: 5,
    cookies: { names: { session: 'zw_sso', interaction: 'zw_sso_step', resume: 'zw_sso_resume' }, keys: ground.cookieKeys, long: { ...cookie, path: new URL(issuer).pathname }, short: cookie },
    pkce: { required: () => true },
    pairwiseIdentifier: (_ctx: unknown, id: string, client: Client) => ground.subjectFor(subjectOf(id)?.account ?? id, client.clientId),
    findAccount: findAccount(ground), loadExistingGrant: loadExistingGrant(ground) as never,
    issueRefreshToken: (_ctx: unknown, client: Client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false, rotateRefreshToken: () => true, clientBasedCORS: () => false, fetch: sendNothing,
    interactions: { policy: policyOf(ground), url: (_ctx, { uid }) => `${new URL(issuer).pathname}/interaction/${uid}` },
    discovery: { mtls_endpoint_aliases: aliasesOf(ground.tlsOrigin, issuer), ui_locales_supported: ['zh-CN', 'en'] },
    renderError: errorSource,
    ttl: { AccessToken: 10 * MINUTES, AuthorizationCode: MINUTES, IdToken: 10 * MINUTES, Interaction: 30 * MINUTES, RefreshToken: whole, Grant: whole, Session: whole },
  } satisfies Configuration);
  provider.proxy = true;
  return provider;
};
