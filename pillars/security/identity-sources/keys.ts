import { openSigningKeys, publicKeys, signJws, type KeyStore, type PublicKeySet } from '@zhengwu/crypto';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';

const PURPOSE = 'identity-sources.client';
const MINUTE = 60;

/** With what the site proves itself to sources. */
export interface ClientKeys {
  /** A signed assertion for the token endpoint (RFC 7523 §3), good for a minute. */
  assert(clientId: string, audience: string): Promise<string>;
  published(): Promise<PublicKeySet>;
}

/** Opened at first need: a site without sources has no such key. */
export const openClientKeys = (site: Site): ClientKeys => {
  let opened: Promise<KeyStore> | undefined;
  const keys = (): Promise<KeyStore> => (opened ??= openSigningKeys(site.config, 'identity-sources').catch((error: unknown) => {
    opened = undefined;
    throw error;
  }));
  return {
    assert: async (clientId, audience) => {
      const now = Math.floor(Date.now() / 1000);
      return signJws(await keys(), PURPOSE, { iss: clientId, sub: clientId, aud: audience, jti: uuidv7(), iat: now, nbf: now, exp: now + MINUTE });
    },
    published: async () => {
      const store = await keys();
      await store.current(PURPOSE);
      return publicKeys(store, PURPOSE);
    },
  };
};
