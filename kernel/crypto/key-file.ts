import { createPrivateKey, createPublicKey, randomBytes, randomUUID, scrypt, type JsonWebKey } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { intl } from './intl.ts';
import type { KeyStore, SigningKey } from './key-store.ts';
import { openBytes, sealBytes } from './seal.ts';
import type { CryptoSuite } from './suite.ts';

interface StoredKey extends Omit<SigningKey, 'privateKey' | 'publicKey'> {
  jwk: JsonWebKey;
}
interface KeyFile {
  version: 1;
  kdf: { name: 'scrypt'; N: number; r: number; p: number; salt: string };
  cipher: 'aes-256-gcm';
  keys: string;
}

const CONTEXT = 'zhengwu-key-file-1';
/** What a guess at a passphrase costs: about 32 MiB and 0.1 s. */
export const SCRYPT_COST = { N: 2 ** 15, r: 8, p: 1 };
const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
export const deriveKey = (passphrase: string, salt: Buffer, cost: typeof SCRYPT_COST): Promise<Buffer> =>
  derive(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: 256 * cost.N * cost.r });

/** Whole or not at all: a new file beside, synced, renamed, the folder synced. For the owner only. */
export const writeDurably = async (path: string, content: string): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
};

const revive = ({ jwk, ...rest }: StoredKey): SigningKey => {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  return { ...rest, privateKey, publicKey: createPublicKey(privateKey) };
};

const makeKey = async (purpose: string, suite: CryptoSuite): Promise<SigningKey> => {
  const pair = suite.generateKey();
  const kid = await calculateJwkThumbprint(pair.publicKey.export({ format: 'jwk' }) as JWK);
  return { kid, purpose, algorithm: suite.signatureAlgorithm, ...pair, createdAt: new Date().toISOString(), retiredAt: null };
};

interface Unlocked {
  key: Buffer;
  salt: Buffer;
  cost: typeof SCRYPT_COST;
  keys: SigningKey[];
}

const unlock = async (path: string, passphrase: string): Promise<Unlocked> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) {
    const salt = randomBytes(16);
    return { salt, cost: SCRYPT_COST, key: await deriveKey(passphrase, salt, SCRYPT_COST), keys: [] };
  }
  const file = JSON.parse(text) as KeyFile;
  const salt = Buffer.from(file.kdf.salt, 'base64url');
  const { N, r, p } = file.kdf;
  const cost = { N, r, p };
  const key = await deriveKey(passphrase, salt, cost);
  try {
    const keys = JSON.parse(openBytes(key, Buffer.from(file.keys, 'base64url'), CONTEXT).toString()) as StoredKey[];
    return { key, salt, cost, keys: keys.map(revive) };
  } catch (cause) {
    throw new Error(`the key file ${path} does not open: wrong passphrase (ZHENGWU_KEY_PASSPHRASE), or the file was altered`, { cause });
  }
};

/**
 * Signing keys in one file, encrypted (scrypt, AES-256-GCM), written durably, readable by the owner only.
 * Throws when the passphrase is wrong. One process per file.
 */
export const openKeyFile = async (path: string, passphrase: string, suite: CryptoSuite = intl): Promise<KeyStore> => {
  const { key, salt, cost, keys } = await unlock(path, passphrase);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const save = (next: readonly SigningKey[]): Promise<void> => {
    const stored = next.map(({ kid, purpose, algorithm, createdAt, retiredAt, privateKey }): StoredKey => ({ kid, purpose, algorithm, createdAt, retiredAt, jwk: privateKey.export({ format: 'jwk' }) }));
    const sealed = sealBytes(key, Buffer.from(JSON.stringify(stored)), CONTEXT).toString('base64url');
    const file: KeyFile = { version: 1, kdf: { name: 'scrypt', ...cost, salt: salt.toString('base64url') }, cipher: 'aes-256-gcm', keys: sealed };
    return writeDurably(path, JSON.stringify(file));
  };
  const currentOf = (purpose: string): SigningKey | undefined => keys.find((k) => k.purpose === purpose && k.retiredAt === null);
  const renew = async (purpose: string): Promise<SigningKey> => {
    const made = await makeKey(purpose, suite);
    const next = keys.map((k) => (k.purpose === purpose && k.retiredAt === null ? { ...k, retiredAt: made.createdAt } : k));
    await save([...next, made]);
    keys.splice(0, keys.length, ...next, made);
    return made;
  };
  return {
    current: async (purpose) => currentOf(purpose) ?? inTurn(async () => currentOf(purpose) ?? renew(purpose)),
    find: async (kid) => keys.find((k) => k.kid === kid),
    all: async () => [...keys],
    rotate: (purpose) => inTurn(() => renew(purpose)),
  };
};
