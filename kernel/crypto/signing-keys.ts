import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHardwareKeys } from './hardware-keys.ts';
import { intl } from './intl.ts';
import { openKeyFile } from './key-file.ts';
import type { KeyStore } from './key-store.ts';
import type { CryptoSuite } from './suite.ts';

/** The settings that say where a site's signing keys lie. */
export interface KeyPlace {
  dataFolder: string;
  keyPassphrase?: string | undefined;
  pkcs11: { module?: string | undefined; token?: string | undefined; pinFile?: string | undefined };
}

/** Keys of the token, and those that signed from a file before there was one: what they signed verifies on. */
const after = (former: KeyStore, token: KeyStore): KeyStore => ({
  ...token,
  find: async (kid) => (await former.find(kid)) ?? token.find(kid),
  all: async () => {
    const own = await token.all();
    const since = (purpose: string): string | null => own.find((key) => key.purpose === purpose)?.createdAt ?? null;
    return [...(await former.all()).map((key) => ({ ...key, retiredAt: key.retiredAt ?? since(key.purpose) })), ...own];
  },
});

/**
 * The key store `name` of a site: the token of `ZHENGWU_PKCS11_*` when it is set, else the encrypted file `keys/<name>.json` of the data
 * folder; without a passphrase (a test) keys that end with the process. New keys are the suite's, in a token always ES256. With a token
 * the keys of a file from before it still verify. Throws when only part of the token's settings is there.
 */
export const openSigningKeys = async ({ dataFolder, keyPassphrase, pkcs11: { module, token, pinFile } }: KeyPlace, name: string, suite: CryptoSuite = intl): Promise<KeyStore> => {
  const path = join(dataFolder, 'keys', `${name}.json`);
  if (module !== undefined && token !== undefined && pinFile !== undefined) {
    const keys = await openHardwareKeys({ module, token, pinFile });
    return keyPassphrase !== undefined && existsSync(path) ? after(await openKeyFile(path, keyPassphrase, suite), keys) : keys;
  }
  if (module !== undefined || token !== undefined || pinFile !== undefined) throw new Error('a hardware module needs ZHENGWU_PKCS11_MODULE, ZHENGWU_PKCS11_TOKEN and ZHENGWU_PKCS11_PIN_FILE together');
  return keyPassphrase === undefined ? openKeyFile(join(tmpdir(), `zhengwu-keys-${randomUUID()}`, `${name}.json`), randomUUID(), suite) : openKeyFile(path, keyPassphrase, suite);
};
