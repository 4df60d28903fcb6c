import { hash, verify } from '@node-rs/argon2';
import { isBanned } from './banned.ts';
import type { IsBreached } from './breached.ts';
import { fail } from './errors.ts';

/** The library's code for argon2id. */
const ARGON2ID = 2;
/** OWASP password storage: argon2id, 19 MiB, 2 passes, 1 lane. */
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

let decoy: Promise<string> | undefined;

/** Checks a password; without an account the same work is done against a decoy, so that time tells nothing. */
export const verifyPassword = async (stored: string | null, password: string): Promise<boolean> => {
  const against = stored ?? (await (decoy ??= hashPassword('no account has this password')));
  const matches = await verify(against, password);
  return stored !== null && matches;
};

/** Too short, the name, one character over and over, or what everybody tries first. */
export const isWeak = async (password: string, username: string): Promise<boolean> =>
  password.length < 8 || password.toLowerCase() === username.toLowerCase() || new Set(password).size < 3 || isBanned(password, username);

/** Throws `account.weak-password` at `path` for a password that is weak or known to be breached. */
export const refuseWeak = async (isBreached: IsBreached, password: string, username: string, path: string): Promise<void> => {
  if ((await isWeak(password, username)) || (await isBreached(password))) throw fail('account.weak-password', {}, { issues: [{ path, code: 'account.weak-password' }] });
};
