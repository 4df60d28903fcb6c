import type { Config } from '@zhengwu/config';
import { openSigningKeys, suiteNamed, type KeyStore, type SigningKey } from '@zhengwu/crypto';

/** Signing keys of a site that an operator renews: what was signed by the former ones verifies on. */
export interface SigningPurpose {
  /** As the operator calls them. */
  name: string;
  /** Name of the key store, and of the keys in it. */
  store: string;
  purpose: string;
  /** After how many months a new one is due (docs/security/keys.md). */
  months: number;
  /** Whether its algorithm is that of the site's suite; others read ES256 alone. */
  bySuite: boolean;
  /** How it is renewed where that is not `keys renew`. */
  otherwise?: 'ca' | 'itself';
}

export const signingPurposes: readonly SigningPurpose[] = [
  { name: 'licences', store: 'licences', purpose: 'licences', months: 24, bySuite: true },
  { name: 'audit', store: 'audit', purpose: 'audit', months: 24, bySuite: true },
  { name: 'sign-on', store: 'sign-on', purpose: 'sign-on', months: 12, bySuite: false },
  { name: 'identity-sources', store: 'identity-sources', purpose: 'identity-sources.client', months: 12, bySuite: false },
  { name: 'ca-issuing', store: 'certificates', purpose: 'ca-issuing', months: 60, bySuite: false, otherwise: 'ca' },
  { name: 'ca-ocsp', store: 'certificates', purpose: 'ca-ocsp', months: 1, bySuite: false, otherwise: 'itself' },
  { name: 'ca-tsa', store: 'certificates', purpose: 'ca-tsa', months: 60, bySuite: false, otherwise: 'itself' },
];

/** The store of these keys, as the site's modules open it. */
export const storeOf = (config: Config, { store, bySuite }: SigningPurpose): Promise<KeyStore> => openSigningKeys(config, store, bySuite ? suiteNamed(config.cryptoSuite) : undefined);

/** The key that signs for a purpose, if one was made. */
export const currentOf = async (store: KeyStore, { purpose: wanted }: Pick<SigningPurpose, 'purpose'>): Promise<SigningKey | undefined> =>
  (await store.all()).find(({ purpose, retiredAt }) => purpose === wanted && retiredAt === null);

/** The day, in UTC, so many months after a key was made. */
export const dueOf = (madeAt: string, months: number): string => {
  const due = new Date(madeAt);
  due.setUTCMonth(due.getUTCMonth() + months);
  return due.toISOString().slice(0, 10);
};
