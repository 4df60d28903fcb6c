import { randomUUID } from 'node:crypto';
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

/**
 * The key store `name` of a site: the token of `ZHENGWU_PKCS11_*` when it is set, else the encrypted file `keys/<name>.json` of the data
 * folder; without a passphrase (a test) keys that end with the process. New keys are the suite's, in a token always ES256.
 * Throws when only part of the token's settings is there.
 */
export const openSigningKeys = ({ dataFolder, keyPassphrase, pkcs11: { module, token, pinFile } }: KeyPlace, name: string, suite: CryptoSuite = intl): Promise<KeyStore> => {
  if (module !== undefined && token !== undefined && pinFile !== undefined) return openHardwareKeys({ module, token, pinFile });
  if (module !== undefined || token !== undefined || pinFile !== undefined) throw new Error('a hardware module needs ZHENGWU_PKCS11_MODULE, ZHENGWU_PKCS11_TOKEN and ZHENGWU_PKCS11_PIN_FILE together');
  return keyPassphrase === undefined
    ? openKeyFile(join(tmpdir(), `zhengwu-keys-${randomUUID()}`, `${name}.json`), randomUUID(), suite)
    : openKeyFile(join(dataFolder, 'keys', `${name}.json`), keyPassphrase, suite);
};
