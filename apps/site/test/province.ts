import { generateKeyPairSync, sign } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { SourceSettings } from '@zhengwu/contracts';

/** A name that the type checker does not follow: the library comes without types. */
const LIBRARY: string = 'oidc-provider';

/** Somebody with an account of the province. */
export interface Resident {
  name?: string;
  citizenNumber?: string;
  acr?: string;
}

interface Interaction {
  uid: string;
  prompt: { name: string };
  params: Record<string, string>;
  session?: { accountId: string };
  grantId?: string;
}
interface Grant {
  addOIDCScope(scope: string): void;
  save(): Promise<string>;
}
interface Provider {
  callback(): (request: IncomingMessage, reply: ServerResponse) => void;
  interactionDetails(request: IncomingMessage, reply: ServerResponse): Promise<Interaction>;
  interactionFinished(request: IncomingMessage, reply: ServerResponse, result: object): Promise<void>;
  Grant: new (given: { accountId: string; clientId: string }) => Grant;
}

/** The province: oidc-provider, an implementation that is not ours, on this machine. Whoever comes is the resident that `at` names. */
export interface Province {
  issuer: string;
  residents: Map<string, Resident>;
  /** Who sits at the browser; null declines. */
  at: string | null;
  settings(over?: Partial<SourceSettings>): SourceSettings;
  /** Follows the browser from `address` until it is sent back to the portal; answers that address. */
  walk(address: string): Promise<URL>;
  /** A token under the province's own key. */
  sign(claims: object, type?: string): string;
  /** Turns the ID token that the province answers into another; null leaves it. */
  forge: ((claims: Record<string, unknown>, token: string) => string) | null;
  close(): Promise<void>;
}

export const REAL_NAME = 'urn:province:level:2';
export const TWO_FACTORS = 'urn:province:level:3';
const SECRET = 'a-secret-of-the-province-000000000000';


const configuration = (redirectUris: readonly string[], residents: Province['residents'], clientKeys: unknown, own: object) => ({
  jwks: { keys: [own] },
  ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
  clients: [
    { client_id: 'yunchuan', client_secret: SECRET, redirect_uris: redirectUris, post_logout_redirect_uris: [`${new URL(redirectUris[0] as string).origin}/`], token_endpoint_auth_method: 'client_secret_basic' },
    { client_id: 'yunchuan-key', redirect_uris: redirectUris, token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', jwks: clientKeys },
  ],
  claims: { openid: ['sub'], real_name: ['full_name', 'id_number', 'acr'], acr: null, sid: null, auth_time: null },
  scopes: ['openid', 'real_name'],
  acrValues: [REAL_NAME, TWO_FACTORS],
  clientDefaults: { require_auth_time: true },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: ['a-key-of-the-province'] },
  interactions: { url: (_: unknown, { uid }: Interaction) => `/interaction/${uid}` },
  findAccount: (_: unknown, id: string) => {
    const one = residents.get(id);
    return one && { accountId: id, claims: () => ({ sub: id, full_name: one.name, id_number: one.citizenNumber, acr: one.acr }) };
  },
});

const interact = async (provider: Provider, province: Province, request: IncomingMessage, reply: ServerResponse): Promise<void> => {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, reply);
  if (province.at === null) return provider.interactionFinished(request, reply, { error: 'access_denied', error_description: 'declined' });
  const resident = province.residents.get(province.at);
  if (prompt.name === 'login') return provider.interactionFinished(request, reply, { login: { accountId: province.at, ...(resident?.acr === undefined ? {} : { acr: resident.acr }) } });
  const grant = new provider.Grant({ accountId: session?.accountId ?? province.at, clientId: params['client_id'] as string });
  grant.addOIDCScope('openid real_name');
  return provider.interactionFinished(request, reply, { consent: grantId === undefined ? { grantId: await grant.save() } : {} });
};

/** Puts a forged ID token into what the token endpoint answers. */
const forgeOn = (reply: ServerResponse, province: Province): void => {
  const end = reply.end.bind(reply) as (body: string) => ServerResponse;
  reply.end = ((body: string | Buffer) => {
    const answer = JSON.parse(String(body)) as { id_token?: string };
    const { id_token: token } = answer;
    if (!province.forge || token === undefined) return end(String(body));
    const forged = JSON.stringify({ ...answer, id_token: province.forge(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>, token) });
    reply.setHeader('content-length', Buffer.byteLength(forged));
    return end(forged);
  }) as typeof reply.end;
};

/** One browser: cookies of this origin, redirects followed by hand. */
const walker = (issuer: string) => async (address: string): Promise<URL> => {
  const cookies = new Map<string, string>();
  let next = new URL(address);
  for (let step = 0; step < 12; step++) {
    if (next.origin !== issuer) return next;
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the province stopped at ${String(answer.status)}: ${(await answer.text()).slice(0, 400)}`);
    next = new URL(location, next);
  }
  throw new Error('the province sends the browser in a circle');
};

export const openProvince = async (redirectUris: readonly string[], clientKeys: unknown): Promise<Province> => {
  const { default: Library } = (await import(LIBRARY)) as { default: new (issuer: string, options: object) => Provider };
  const server = createServer();
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const residents: Province['residents'] = new Map();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Library(issuer, configuration(redirectUris, residents, clientKeys, { ...privateKey.export({ format: 'jwk' }), kid: 'province', alg: 'RS256', use: 'sig' }));
  const province: Province = {
    issuer, residents, at: null, walk: walker(issuer),
    forge: null,
    sign: (claims, type = 'JWT') => {
      const input = [{ alg: 'RS256', kid: 'province', typ: type }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
    },
    settings: (over = {}) => ({
      name: { zh: '省统一身份认证', en: 'Provincial account' }, issuer, clientId: 'yunchuan', auth: 'secret', scopes: ['openid', 'real_name'], acrValues: [], hosts: [], adopts: false,
      mapping: { name: 'full_name', citizenNumber: 'id_number', level: 'acr', levels: [{ value: REAL_NAME, identity: 2, proof: 1 }, { value: TWO_FACTORS, identity: 2, proof: 2 }] }, ...over,
    }),
    close: () => new Promise((done) => { server.close(() => { done(); }); server.closeAllConnections(); }),
  };
  const callback = provider.callback();
  server.on('request', (request, reply) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, province, request, reply).catch((error: unknown) => reply.writeHead(500).end(String(error)));
    else {
      if (request.url === '/token') forgeOn(reply, province);
      callback(request, reply);
    }
  });
  return province;
};

export const PROVINCE_SECRET = SECRET;
