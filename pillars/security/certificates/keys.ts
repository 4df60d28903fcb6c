import 'reflect-metadata';
import { createPublicKey, randomBytes, webcrypto, type KeyObject } from 'node:crypto';
import { cryptoProvider } from '@peculiar/x509';
import type { SigningKey } from '@zhengwu/crypto';
import { CryptoEngine, setEngine } from 'pkijs';
import { national, type CertificateSuite } from './suites.ts';

/** A key that WebCrypto itself does not hold: one on SM2, or one that cannot leave a hardware module. */
type Held = { key: KeyObject } | { signer: SigningKey };
const held = new WeakMap<object, Held>();
const { subtle: own } = webcrypto;
const sm2 = national.crypto;

const handleOf = (type: 'public' | 'private', { signing: { name, namedCurve } }: CertificateSuite, key: Held): CryptoKey => {
  const handle = { type, extractable: 'key' in key, algorithm: { name, namedCurve }, usages: [type === 'public' ? 'verify' : 'sign'] };
  held.set(handle, key);
  return handle as unknown as CryptoKey;
};
const plain = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;
const bytesOf = (source: BufferSource): Buffer => (ArrayBuffer.isView(source) ? Buffer.from(source.buffer, source.byteOffset, source.byteLength) : Buffer.from(source));
const isSm2 = (algorithm: unknown): boolean => (algorithm as { name?: string }).name === national.signing.name;

const other: Pick<SubtleCrypto, 'sign' | 'verify'> & { generateKey: (...given: unknown[]) => Promise<unknown>; exportKey: (...given: unknown[]) => Promise<unknown>; importKey: (...given: unknown[]) => Promise<unknown> } = {
  sign: async (algorithm, key, content) => {
    const known = held.get(key);
    if (!known) return own.sign(algorithm as never, key as never, content as never);
    const bytes = bytesOf(content);
    return plain('signer' in known ? await known.signer.sign(bytes) : sm2.sign(known.key, bytes).value);
  },
  verify: async (algorithm, key, signature, content) => {
    const known = held.get(key);
    return known && 'key' in known ? sm2.verify(known.key, bytesOf(content), { algorithm: sm2.signatureAlgorithm, value: bytesOf(signature) }) : own.verify(algorithm as never, key as never, signature as never, content as never);
  },
  generateKey: async (algorithm, ...rest) => {
    if (!isSm2(algorithm)) return own.generateKey(algorithm as never, ...(rest as [boolean, never]));
    const { privateKey, publicKey } = sm2.generateKey();
    return { privateKey: handleOf('private', national, { key: privateKey }), publicKey: handleOf('public', national, { key: publicKey }) };
  },
  exportKey: async (format, key) => {
    const known = held.get(key as object);
    return known && 'key' in known ? plain(known.key.export({ format: 'der', type: format as 'spki' })) : own.exportKey(format as never, key as never);
  },
  importKey: async (format, bytes, algorithm, ...rest) =>
    isSm2(algorithm) && format === 'spki' ? handleOf('public', national, { key: createPublicKey({ key: bytesOf(bytes as BufferSource), format: 'der', type: 'spki' }) }) : own.importKey(format as never, bytes as never, algorithm as never, ...(rest as [boolean, never])),
};

/** WebCrypto, with keys on SM2 and keys of a hardware module beside its own. */
export const subtle = new Proxy(own, { get: (target, name) => (Object.hasOwn(other, name) ? Reflect.get(other, name) : (Reflect.get(target, name) as () => unknown).bind(target)) }) as unknown as SubtleCrypto;
cryptoProvider.set({ getRandomValues: webcrypto.getRandomValues.bind(webcrypto), subtle } as unknown as Crypto);
setEngine('zhengwu', new CryptoEngine({ name: 'zhengwu', crypto: webcrypto as unknown as Crypto }));

/** A stored key in the form that signs certificates, or is certified. */
export const cryptoKeyOf = (key: KeyObject): Promise<CryptoKey> => {
  const type = key.type === 'private' ? 'private' : 'public';
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return Promise.resolve(handleOf(type, national, { key }));
  return own.importKey('jwk', key.export({ format: 'jwk' }), { name: 'ECDSA', namedCurve: 'P-256' }, true, [type === 'private' ? 'sign' : 'verify']) as Promise<CryptoKey>;
};

/** What signs for a key of the key store: the key itself, or a handle to it in its hardware module. */
export const signingKeyOf = (suite: CertificateSuite, key: SigningKey): Promise<CryptoKey> => {
  if (key.algorithm !== suite.crypto.signatureAlgorithm) throw new Error(`the key ${key.kid} signs ${key.algorithm}; this authority signs ${suite.crypto.signatureAlgorithm}`);
  return key.privateKey ? cryptoKeyOf(key.privateKey) : Promise.resolve(handleOf('private', suite, { signer: key }));
};

/** A fresh pair of keys of a suite. */
export const makeKeys = ({ signing }: CertificateSuite): Promise<CryptoKeyPair> => subtle.generateKey(signing, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

/** A serial number in hex: 16 octets, positive, 126 random bits (RFC 5280 §4.1.2.2 allows 20 octets). */
export const mintSerial = (): string => {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets.toString('hex');
};

/** PEM with the label OpenSSL expects and a final newline, so that files may be joined. */
export const pem = (label: 'CERTIFICATE' | 'X509 CRL', der: ArrayBuffer): string =>
  `-----BEGIN ${label}-----\n${(Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

/** Certificates hold whole seconds. */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

export const addYears = (at: Date, years: number): Date => {
  const later = new Date(at);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
};
