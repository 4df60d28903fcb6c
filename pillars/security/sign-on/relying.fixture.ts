import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';

/** A browser that keeps cookies by name and path and follows nothing by itself. */
export interface Browser {
  cookies: Map<string, string>;
  go(address: string, init?: RequestInit): Promise<Response>;
  /** Follows redirects within the site; answers the first page, or the first address outside. */
  follow(address: string, init?: RequestInit): Promise<{ address: string; page: string | null; status: number; policy: string | null }>;
}

/** At the site of this origin, signed in by the cookie. */
export const openBrowser = (origin: string, cookie = ''): Browser => {
  const cookies = new Map(cookie === '' ? [] : [[cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]]);
  const go = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(address, origin), { ...init, redirect: 'manual', headers: { accept: 'text/html', 'accept-language': 'zh-CN', ...(init.headers as object), cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '' || line.includes('1970')) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const follow: Browser['follow'] = async (address, init) => {
    const response = await go(address, init);
    const location = response.headers.get('location');
    if (location === null) return { address, page: await response.text(), status: response.status, policy: response.headers.get('content-security-policy') };
    const next = new URL(location, origin).href;
    return next.startsWith(`${origin}/sso`) ? follow(next) : { address: next, page: null, status: response.status, policy: null };
  };
  return { cookies, go, follow };
};

/** An application outside, by an independent implementation of the standard. */
export const openRelyingParty = (issuer: string, clientId: string, auth: oidc.ClientAuth): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(issuer), clientId, { id_token_signed_response_alg: 'ES256' }, auth, { execute: [oidc.allowInsecureRequests] });

export interface Asking {
  address: string;
  checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string };
}
export const ask = async (config: oidc.Configuration, redirectUri: string, scope: string, more: Record<string, string> = {}): Promise<Asking> => {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [randomUUID(), randomUUID()];
  const url = oidc.buildAuthorizationUrl(config, { redirect_uri: redirectUri, scope, state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more });
  return { address: url.href, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } };
};

/** A key pair of an application: what it registers, and what it signs with. */
export const newKeys = async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return { jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }] }, key };
};

/** Takes logout tokens as an application does; `answer` is the status it answers with. */
export const openListener = async (): Promise<{ address: string; tokens: string[]; answer: { status: number }; server: Server }> => {
  const [tokens, answer] = [[] as string[], { status: 200 }];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      tokens.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/backchannel`, tokens, answer, server };
};
