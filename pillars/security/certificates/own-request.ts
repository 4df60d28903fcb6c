import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import type { SigningKey } from '@zhengwu/crypto';
import { cryptoKeyOf, signingKeyOf } from './keys.ts';
import { suiteSigning } from './suites.ts';

/** A PKCS#10 request (PEM) by a key of a key store, wherever it lies. It names nobody: whoever approves says whose it is. */
export const requestFor = async (key: SigningKey): Promise<string> => {
  const suite = suiteSigning(key.algorithm);
  const [publicKey, privateKey] = await Promise.all([cryptoKeyOf(key.publicKey), signingKeyOf(suite, key)]);
  const request = await Pkcs10CertificateRequestGenerator.create({ keys: { publicKey, privateKey } as CryptoKeyPair, signingAlgorithm: suite.signing });
  return `${request.toString('pem')}\n`;
};
