import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectKeyIdentifierExtension, X509Certificate,
  X509CertificateGenerator, type JsonName,
} from '@peculiar/x509';
import { openKeyFile, type KeyStore, type SigningKey } from '@zhengwu/crypto';
import { fail } from './errors.ts';
import { addYears, cryptoKeyOf, makeKeys, mintSerial, pem, signingKeyOf, wholeSecond } from './keys.ts';
import { writeOnce, type Chain } from './place.ts';
import { suiteOfCertificate, suiteSigning, type CertificateSuite } from './suites.ts';

export const ROOT_PURPOSE = 'ca-root';
export const ISSUING_PURPOSE = 'ca-issuing';
const ROOT_YEARS = 20;
const ISSUING_YEARS = 10;
const CA_USAGE = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;

interface Named {
  /** The government whose authority it is, as it shall stand in the certificates. */
  name: string;
  /** A demo authority says so in the name of both its certificates. */
  demo: boolean;
  now: Date;
}

export interface NewAuthority extends Named {
  /** Where the root key goes: outside `dataFolder`, encrypted under `passphrase`. The running site never opens it. */
  rootFile: string;
  passphrase: string;
  dataFolder: string;
  /** Keeps the issuing key; the authority is of the suite whose keys it makes. */
  keys: KeyStore;
}

/** What signs for a site: its issuing certificate and key, and the suite of both. */
export interface Issuer {
  certificate: X509Certificate;
  privateKey: CryptoKey;
  suite: CertificateSuite;
}

interface Pair {
  publicKey: CryptoKey;
  privateKey: CryptoKey;
}

const isInside = (folder: string, path: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
};

const nameOf = ({ name, demo }: Named, role: string): JsonName =>
  [{ C: ['CN'] }, { O: [name] }, { CN: [`${demo ? '演示 DEMO · ' : ''}${name} ${role}`] }];

const signIssuing = async (root: Issuer, subject: JsonName | string, publicKey: CryptoKey, now: Date): Promise<X509Certificate> => {
  const notBefore = wholeSecond(now);
  const wanted = addYears(notBefore, ISSUING_YEARS);
  return X509CertificateGenerator.create({
    serialNumber: mintSerial(), subject, issuer: root.certificate.subjectName, notBefore, notAfter: wanted < root.certificate.notAfter ? wanted : root.certificate.notAfter,
    publicKey, signingKey: root.privateKey, signingAlgorithm: root.suite.signing,
    extensions: [
      new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(CA_USAGE, true),
      await SubjectKeyIdentifierExtension.create(publicKey), await AuthorityKeyIdentifierExtension.create(root.certificate.publicKey),
    ],
  });
};

const signBoth = async (named: Named, suite: CertificateSuite, root: Pair, issuing: CryptoKey): Promise<Chain> => {
  const notBefore = wholeSecond(named.now);
  const rootName = nameOf(named, 'Root CA');
  const certificate = await X509CertificateGenerator.create({
    serialNumber: mintSerial(), subject: rootName, issuer: rootName, notBefore, notAfter: addYears(notBefore, ROOT_YEARS),
    publicKey: root.publicKey, signingKey: root.privateKey, signingAlgorithm: suite.signing,
    extensions: [new BasicConstraintsExtension(true, 1, true), new KeyUsagesExtension(CA_USAGE, true), await SubjectKeyIdentifierExtension.create(root.publicKey)],
  });
  const made = await signIssuing({ certificate, privateKey: root.privateKey, suite }, nameOf(named, 'Issuing CA'), issuing, named.now);
  return { root: pem('CERTIFICATE', certificate.rawData), issuing: pem('CERTIFICATE', made.rawData) };
};

/** The issuing key for a new authority: one that an authority of another suite left behind is not taken over. */
const keyOfSuite = async (keys: KeyStore, { crypto }: CertificateSuite): Promise<SigningKey> => {
  const kept = await keys.current(ISSUING_PURPOSE);
  return kept.algorithm === crypto.signatureAlgorithm ? kept : keys.rotate(ISSUING_PURPOSE);
};

/**
 * Makes a root and an issuing authority signed by it, and answers both certificates as PEM. The root's key is written to `rootFile`,
 * its certificate beside it as `<rootFile>.crt`. Throws `certificate.root-inside` and `certificate.root-exists`; then nothing was written.
 */
export const beginAuthority = async (wish: NewAuthority): Promise<Chain> => {
  if (isInside(wish.dataFolder, wish.rootFile)) throw fail('certificate.root-inside');
  for (const path of [wish.rootFile, `${wish.rootFile}.crt`]) if (existsSync(path)) throw fail('certificate.root-exists', { path });
  const suite = suiteSigning(wish.keys.algorithm);
  const rootKey = await (await openKeyFile(wish.rootFile, wish.passphrase, suite.crypto)).current(ROOT_PURPOSE);
  const issuingKey = await keyOfSuite(wish.keys, suite);
  const [privateKey, publicKey, issuing] = await Promise.all([signingKeyOf(suite, rootKey), cryptoKeyOf(rootKey.publicKey), cryptoKeyOf(issuingKey.publicKey)]);
  const made = await signBoth(wish, suite, { privateKey, publicKey }, issuing);
  await writeOnce(`${wish.rootFile}.crt`, made.root);
  return made;
};

/** An authority for a demonstration: its root key is forgotten as soon as it has signed. */
export const beginDemoAuthority = async (name: string, keys: KeyStore, now: Date): Promise<Chain> => {
  const suite = suiteSigning(keys.algorithm);
  return signBoth({ name, demo: true, now }, suite, await makeKeys(suite), await cryptoKeyOf((await keyOfSuite(keys, suite)).publicKey));
};

/** A new issuing certificate for the same name and key, signed by the root in `rootFile`. Throws `certificate.root-foreign` and `certificate.root-locked`. */
export const renewIssuing = async (chain: Chain, rootFile: string, passphrase: string, now: Date): Promise<Chain> => {
  const [root, issuing] = [new X509Certificate(chain.root), new X509Certificate(chain.issuing)];
  if (!existsSync(rootFile)) throw fail('certificate.root-foreign', { path: rootFile });
  const keys = await openKeyFile(rootFile, passphrase).catch((cause: unknown) => {
    throw fail('certificate.root-locked', { path: rootFile }, { cause });
  });
  const key = await keys.current(ROOT_PURPOSE);
  const spki = key.publicKey.export({ format: 'der', type: 'spki' });
  if (!spki.equals(Buffer.from(root.publicKey.rawData))) throw fail('certificate.root-foreign', { path: rootFile });
  const suite = suiteOfCertificate(root);
  const publicKey = await issuing.publicKey.export(suite.signing, ['verify']);
  const made = await signIssuing({ certificate: root, privateKey: await signingKeyOf(suite, key), suite }, issuing.subject, publicKey, now);
  return { root: chain.root, issuing: pem('CERTIFICATE', made.rawData) };
};

/** The issuing authority from its certificate and the site's key store; throws when the store's key is not the certificate's. */
export const openIssuer = async (keys: KeyStore, certificate: string): Promise<Issuer> => {
  const parsed = new X509Certificate(certificate);
  const key = await keys.current(ISSUING_PURPOSE);
  const spki = key.publicKey.export({ format: 'der', type: 'spki' });
  if (!spki.equals(Buffer.from(parsed.publicKey.rawData))) throw new Error('the issuing key in the key store is not the one in the issuing certificate');
  const suite = suiteOfCertificate(parsed);
  return { certificate: parsed, privateKey: await signingKeyOf(suite, key), suite };
};
