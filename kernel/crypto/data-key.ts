import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { intl } from './intl.ts';
import { deriveKey, SCRYPT_COST, writeDurably } from './key-file.ts';

interface WrappedKey {
  version: 1;
  kdf: { name: 'scrypt'; N: number; r: number; p: number; salt: string };
  cipher: 'aes-256-gcm';
  key: string;
}

const CONTEXT = 'zhengwu-data-key-1';
const BYTES = 32;

const wrap = async (path: string, passphrase: string, secret: Buffer): Promise<void> => {
  const salt = randomBytes(16);
  const key = intl.seal(await deriveKey(passphrase, salt, SCRYPT_COST), secret, CONTEXT).value.toString('base64url');
  const file: WrappedKey = { version: 1, kdf: { name: 'scrypt', ...SCRYPT_COST, salt: salt.toString('base64url') }, cipher: 'aes-256-gcm', key };
  await writeDurably(path, JSON.stringify(file));
};

const unwrap = async (path: string, passphrase: string): Promise<Buffer | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const { kdf: { N, r, p, salt }, key } = JSON.parse(text) as WrappedKey;
    return intl.open(await deriveKey(passphrase, Buffer.from(salt, 'base64url'), { N, r, p }), { algorithm: intl.sealAlgorithm, value: Buffer.from(key, 'base64url') }, CONTEXT);
  } catch (cause) {
    throw new Error(`the key file ${path} does not open: wrong passphrase (ZHENGWU_KEY_PASSPHRASE), or the file was altered`, { cause });
  }
};

/** The data key in this file, base64url, or undefined without one. Throws when the passphrase is wrong. */
export const readDataKey = async (path: string, passphrase: string): Promise<string | undefined> => (await unwrap(path, passphrase))?.toString('base64url');

/**
 * The key from which everything else of a site is sealed and hashed, 256 random bits: kept in a file that the passphrase wraps
 * (scrypt, AES-256-GCM), made at the first start. The passphrase can so be changed and nothing has to be sealed anew.
 */
export const openDataKey = async (path: string, passphrase: string): Promise<string> => {
  const known = await readDataKey(path, passphrase);
  if (known !== undefined) return known;
  const made = randomBytes(BYTES);
  await wrap(path, passphrase, made);
  return made.toString('base64url');
};

/** Wraps the data key with another passphrase: a new file beside the old one, synced, in its place by a rename. Throws when `from` is wrong or there is none. */
export const rewrapDataKey = async (path: string, from: string, to: string): Promise<void> => {
  const secret = await unwrap(path, from);
  if (!secret) throw new Error(`there is no key file ${path}: a site makes it at its first start`);
  await wrap(path, to, secret);
};
