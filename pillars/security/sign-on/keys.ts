import type { KeyObject } from 'node:crypto';
import type { KeyStore, SigningKey } from '@zhengwu/crypto';
import { ExternalSigningKey } from 'oidc-provider';

/** Purpose of the keys that sign what applications are told. */
export const PURPOSE = 'sign-on';
/** For how long a key that signs no more is still published; whatever it signed is over long before. */
const PUBLISHED_MS = 48 * 3_600_000;

/** A key of the key store, wherever its private half lies. */
class StoredKey extends ExternalSigningKey {
  readonly #key: SigningKey;
  constructor(key: SigningKey) {
    super();
    this.#key = key;
  }
  override get kid(): string {
    return this.#key.kid;
  }
  override set kid(_given: string) {
    // The key store's name for it is its name.
  }
  override get alg(): string {
    return this.#key.algorithm;
  }
  override set alg(_given: string) {
    // As above.
  }
  override keyObject(): KeyObject {
    return this.#key.publicKey;
  }
  override sign(content: Uint8Array): Promise<Uint8Array> {
    return this.#key.sign(Buffer.from(content));
  }
}

/** The keys to publish, the one that signs first; a key that was replaced stays for two days. */
export const keysOf = async (store: KeyStore, now: Date): Promise<{ keys: ExternalSigningKey[] }> => {
  const current = await store.current(PURPOSE);
  const isPublished = ({ purpose, kid, retiredAt }: SigningKey): boolean => purpose === PURPOSE && kid !== current.kid && retiredAt !== null && now.getTime() - Date.parse(retiredAt) < PUBLISHED_MS;
  return { keys: [current, ...(await store.all()).filter(isPublished)].map((key) => new StoredKey(key)) };
};
