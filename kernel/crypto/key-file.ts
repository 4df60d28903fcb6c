import { createPrivateKey, createPublicKey, randomBytes, randomUUID, scrypt, type JsonWebKey, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { intl } from './intl.ts';
import { suiteFor, thumbprint, type KeyStore, type SigningKey } from './key-store.ts';
import { alone, stampOf } from './own-file.ts';
import { suiteOf, type CryptoSuite } from './suite.ts';
import { suites } from './suites.ts';

interface StoredKey extends Pick<SigningKey, 'kid' | 'purpose' | 'algorithm' | 'createdAt' | 'retiredAt'> {
  jwk?: JsonWebKey;
  /** DER, base64url: keys on SM2, for which there is no JWK. */
  pkcs8?: string;
}
/** A key of the file: its private half is here. */
type FileKey = SigningKey & { privateKey: KeyObject };
interface KeyFile {
  version: 1;
  kdf: { name: 'scrypt'; N: number; r: number; p: number; salt: string };
  cipher: string;
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

const keyFrom = (facts: Omit<StoredKey, 'jwk' | 'pkcs8'>, privateKey: KeyObject): FileKey => {
  const suite = suiteFor(facts);
  return { ...facts, privateKey, publicKey: createPublicKey(privateKey), sign: async (content) => suite.sign(privateKey, content).value };
};

const revive = ({ jwk, pkcs8 = '', ...facts }: StoredKey): FileKey =>
  keyFrom(facts, jwk ? createPrivateKey({ key: jwk, format: 'jwk' }) : createPrivateKey({ key: Buffer.from(pkcs8, 'base64url'), format: 'der', type: 'pkcs8' }));

const storedFrom = ({ kid, purpose, algorithm, createdAt, retiredAt, privateKey }: FileKey): StoredKey => {
  const facts = { kid, purpose, algorithm, createdAt, retiredAt };
  return algorithm === 'ES256' ? { ...facts, jwk: privateKey.export({ format: 'jwk' }) } : { ...facts, pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url') };
};

const makeKey = (purpose: string, suite: CryptoSuite): FileKey => {
  const { privateKey, publicKey } = suite.generateKey();
  return keyFrom({ kid: thumbprint(publicKey), purpose, algorithm: suite.signatureAlgorithm, createdAt: new Date().toISOString(), retiredAt: null }, privateKey);
};

interface Unlocked {
  key: Buffer;
  salt: Buffer;
  cost: typeof SCRYPT_COST;
  keys: FileKey[];
}

/** A key is derived once for each salt: reading the file anew then costs no scrypt. */
const unlock = async (path: string, passphrase: string, known?: Unlocked): Promise<Unlocked> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined && known) return known;
  if (text === undefined) {
    const salt = randomBytes(16);
    return { salt, cost: SCRYPT_COST, key: await deriveKey(passphrase, salt, SCRYPT_COST), keys: [] };
  }
  const file = JSON.parse(text) as KeyFile;
  const salt = Buffer.from(file.kdf.salt, 'base64url');
  const { N, r, p } = file.kdf;
  const cost = { N, r, p };
  const key = known?.salt.equals(salt) ? known.key : await deriveKey(passphrase, salt, cost);
  try {
    const sealed = { algorithm: file.cipher, value: Buffer.from(file.keys, 'base64url') };
    const keys = JSON.parse((suiteOf(file.cipher, suites) ?? intl).open(key, sealed, CONTEXT).toString()) as StoredKey[];
    return { key, salt, cost, keys: keys.map(revive) };
  } catch (cause) {
    throw new Error(`the key file ${path} does not open: wrong passphrase (ZHENGWU_KEY_PASSPHRASE), or the file was altered`, { cause });
  }
};

const fileFrom = ({ key, salt, cost }: Unlocked, keys: readonly FileKey[], suite: CryptoSuite): KeyFile => {
  const sealed = suite.seal(key, Buffer.from(JSON.stringify(keys.map(storedFrom))), CONTEXT);
  return { version: 1, kdf: { name: 'scrypt', ...cost, salt: salt.toString('base64url') }, cipher: sealed.algorithm, keys: sealed.value.toString('base64url') };
};

/**
 * Signing keys in one file, encrypted (scrypt, then the cipher of `suite`), written durably, readable by the owner only. New keys are
 * the suite's; those of another suite stay and sign until they are rotated. Several processes may use it: a change of one is seen by
 * the others at the next use. Throws when the passphrase is wrong.
 */
export const openKeyFile = async (path: string, passphrase: string, suite: CryptoSuite = intl): Promise<KeyStore> => {
  let seen = await stampOf(path);
  let held = await unlock(path, passphrase);
  const load = async (): Promise<readonly FileKey[]> => {
    const now = await stampOf(path);
    if (now !== '' && now !== seen) [held, seen] = [await unlock(path, passphrase, held), now];
    return held.keys;
  };
  const currentOf = async (purpose: string): Promise<FileKey | undefined> => (await load()).find((k) => k.purpose === purpose && k.retiredAt === null);
  const renew = async (purpose: string): Promise<FileKey> => {
    const made = makeKey(purpose, suite);
    const next = [...(await load()).map((k) => (k.purpose === purpose && k.retiredAt === null ? { ...k, retiredAt: made.createdAt } : k)), made];
    await writeDurably(path, JSON.stringify(fileFrom(held, next, suite)));
    [held, seen] = [{ ...held, keys: next }, await stampOf(path)];
    return made;
  };
  return {
    place: path,
    algorithm: suite.signatureAlgorithm,
    current: async (purpose) => (await currentOf(purpose)) ?? alone(path, async () => (await currentOf(purpose)) ?? renew(purpose)),
    find: async (kid) => (await load()).find((k) => k.kid === kid),
    all: async () => [...(await load())],
    rotate: (purpose) => alone(path, () => renew(purpose)),
  };
};
