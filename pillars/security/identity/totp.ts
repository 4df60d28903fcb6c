import { generateSecret, generateURI, verify } from 'otplib';

/** RFC 6238 §5.2: steps of 30 s. */
const STEP_SECONDS = 30;

/** A new shared secret of 160 bits (RFC 4226 §4 R6), base32. */
export const newSecret = (): string => generateSecret({ length: 20 });

/** The `otpauth:` address that authenticators read from a QR code. */
export const secretUri = (issuer: string, account: string, secret: string): string => generateURI({ issuer, label: account, secret });

/** The time step at which `code` is right and which lies after `last`; null when there is none. `either` steps before and after its own a code still counts: at 0 it lives for its 30 s. */
export const stepOf = async (secret: string, code: string, last: number, now: number, either = 0): Promise<number | null> => {
  if (!/^\d{6}$/.test(code)) return null;
  const result = await verify({ secret, token: code, epoch: Math.floor(now / 1000), epochTolerance: either * STEP_SECONDS });
  // A step that was used, and those before it, are good no more (RFC 6238 §5.2).
  return result.valid && 'timeStep' in result && result.timeStep > last ? result.timeStep : null;
};
