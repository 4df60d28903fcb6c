import { gm } from './gm.ts';
import { intl } from './intl.ts';
import type { CryptoSuite } from './suite.ts';

/** All suites whose values this build can check and open. */
export const suites: readonly CryptoSuite[] = [intl, gm];

/** The suite by the name of the setting `ZHENGWU_CRYPTO_SUITE`. */
export const suiteNamed = (name: CryptoSuite['name']): CryptoSuite => (name === 'gm' ? gm : intl);
