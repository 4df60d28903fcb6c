import * as api from '@zhengwu/contracts';
import { createHmacSigner } from '@zhengwu/crypto';

/** One raw request with the credentials of its sender; headers given win over them. */
export type Send = (method: string, path: string, more?: { headers?: Record<string, string>; body?: string | Buffer }) => Promise<Response>;
export type Person = api.Client & { send: Send };

/** People who use a site over HTTP: citizens through the portal's credential, officials with their session. */
export interface Clients {
  citizen(account: string, onBehalfOf?: string): Promise<Person & { token: string }>;
  official(account: string): Promise<Person>;
  /** The portal for whoever holds this token; for nobody with an empty one. */
  portal(token: string): api.Client;
  /** Streams a file to an upload grant. */
  upload(grant: { address: string; token: string }, body: Buffer): Promise<Response>;
}

/** The smallest PNG that is one: a white pixel. */
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==', 'base64');

const ADDRESS = '203.0.113.9';

const senderTo = (origin: string, credentials: (method: string, path: string) => Record<string, string>): Send => (method, path, { headers, body } = {}) => {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) };
  return fetch(origin + path, { method, headers: { ...credentials(method, path), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...sent });
};

export const clientsOf = (origin: string, portalSecret: string, password: string): Clients => {
  const signer = createHmacSigner(portalSecret, 'portal-credential');
  const credential = (method: string, path: string, token: string, behalf: string): Record<string, string> => {
    const seconds = String(Math.floor(Date.now() / 1000));
    const signed = signer.sign(seconds, method, path, ADDRESS, token, behalf);
    return { 'x-zhengwu-portal': `${seconds}.${signed}`, 'x-zhengwu-address': ADDRESS, ...(token ? { 'x-zhengwu-citizen': token } : {}), ...(behalf ? { 'x-zhengwu-on-behalf-of': behalf } : {}) };
  };
  const portal = (token: string, behalf = ''): api.Client => api.createClient({ origin, headers: ({ method, path }) => credential(method, path, token, behalf) });
  return {
    portal: (token) => portal(token),
    citizen: async (account, onBehalfOf) => {
      const { token } = await portal('').call(api.citizenSignIn, { body: { account, password } });
      return { ...portal(token, onBehalfOf), token, send: senderTo(origin, (method, path) => credential(method, path, token, onBehalfOf ?? '')) };
    },
    official: async (account) => {
      const response = await fetch(origin + api.signIn.path, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account, password }) });
      if (!response.ok) throw new Error(`sign-in of ${account}: ${response.status} ${await response.text()}`);
      const { csrf } = (await response.json()) as { csrf: string };
      const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
      const headers = () => ({ cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' });
      return { ...api.createClient({ origin, headers }), send: senderTo(origin, headers) };
    },
    upload: (grant, body) => fetch(origin + grant.address, {
      method: 'PUT', body: new Uint8Array(body), headers: { 'content-type': 'application/octet-stream', 'x-upload-token': grant.token, ...credential('PUT', grant.address, '', '') },
    }),
  };
};
