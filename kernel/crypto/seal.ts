import { createSecretKey, hkdfSync } from 'node:crypto';
import { intl } from './intl.ts';
import { formatTagged, parseTagged, suiteOf, type CryptoSuite } from './suite.ts';
import { suites } from './suites.ts';

export interface Sealer {
  /** Encrypts and authenticates `text`, bound to `context` (such as the row it belongs to). */
  seal(text: string, context: string): string;
  /** What was sealed, by whichever suite; throws when it was altered, sealed under another key or bound to another context. */
  open(sealed: string, context: string): string;
}

/**
 * Seals small secrets that must be read again (one-time-password seeds, provider keys) with a key of its own per `purpose`, by `suite`.
 * A sealed value names its algorithm, so what another suite sealed before the setting was changed still opens.
 */
export const createSealer = (secret: string | Buffer, purpose: string, suite: CryptoSuite = intl): Sealer => {
  // A key object is prepared once; bytes would be at every use, for four times the time.
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'zhengwu-seal', purpose, 32)));
  return {
    seal: (text, context) => formatTagged(suite.seal(key, Buffer.from(text), context)),
    open(sealed, context) {
      const tagged = parseTagged(sealed);
      const maker = tagged && suiteOf(tagged.algorithm, suites);
      if (!maker) throw new Error('a sealed value has an unknown form');
      return maker.open(key, tagged, context).toString();
    },
  };
};
