import 'reflect-metadata';
import { randomBytes, webcrypto, type KeyObject } from 'node:crypto';
import { cryptoProvider } from '@peculiar/x509';
import type { SigningKey } from '@zhengwu/crypto';
import { CryptoEngine, setEngine } from 'pkijs';

/** Keys that cannot leave a hardware module, by the handle that stands for each of them. */
const remote = new WeakMap<object, SigningKey>();
const { subtle } = webcrypto;
const sign = async (...[algorithm, key, content]: Parameters<typeof subtle.sign>): Promise<ArrayBuffer | Uint8Array> =>
  (await remote.get(key)?.sign(Buffer.from(content as ArrayBuffer))) ?? subtle.sign(algorithm, key, content);

/** WebCrypto with one difference: keys of a hardware module sign there. */
const face = { getRandomValues: webcrypto.getRandomValues.bind(webcrypto), subtle: new Proxy(subtle, { get: (target, name) => (name === 'sign' ? sign : (Reflect.get(target, name) as () => unknown).bind(target)) }) };
cryptoProvider.set(face as unknown as Crypto);
setEngine('zhengwu', new CryptoEngine({ name: 'zhengwu', crypto: face as unknown as Crypto }));

export const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A stored P-256 key in the form that signs certificates. */
export const cryptoKeyOf = (key: KeyObject): Promise<CryptoKey> =>
  webcrypto.subtle.importKey('jwk', key.export({ format: 'jwk' }), ECDSA, true, [key.type === 'private' ? 'sign' : 'verify']) as Promise<CryptoKey>;

/** What signs for a key of the key store: the key itself, or a handle to it in its hardware module. */
export const signingKeyOf = async (key: SigningKey): Promise<CryptoKey> => {
  if (key.privateKey) return cryptoKeyOf(key.privateKey);
  if (key.algorithm !== 'ES256') throw new Error(`the key ${key.kid} signs ${key.algorithm}; certificates are signed with ES256`);
  const handle = { type: 'private', extractable: false, algorithm: { name: ECDSA.name, namedCurve: ECDSA.namedCurve }, usages: ['sign'] };
  remote.set(handle, key);
  return handle as unknown as CryptoKey;
};

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
