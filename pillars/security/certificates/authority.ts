import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectKeyIdentifierExtension, X509Certificate,
  X509CertificateGenerator, type JsonName,
} from '@peculiar/x509';
import { openKeyFile, type KeyStore } from '@zhengwu/crypto';
import { fail } from './errors.ts';
import { addYears, cryptoKeyOf, ECDSA, mintSerial, pem, signingKeyOf, wholeSecond } from './keys.ts';

export const ROOT_PURPOSE = 'ca-root';
export const ISSUING_PURPOSE = 'ca-issuing';
const ROOT_YEARS = 20;
const ISSUING_YEARS = 10;
const CA_USAGE = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;

export interface NewAuthority {
  /** The government whose authority it is, as it shall stand in the certificates. */
  name: string;
  /** A demo authority says so in the name of both its certificates. */
  demo: boolean;
  /** Where the root key goes: outside `dataFolder`, encrypted under `passphrase`. The running site never opens it. */
  rootFile: string;
  passphrase: string;
  dataFolder: string;
  /** Keeps the issuing key. */
  keys: KeyStore;
  now: Date;
}

/** What signs for a site: its issuing certificate and key. */
export interface Issuer {
  certificate: X509Certificate;
  privateKey: CryptoKey;
}

const isInside = (folder: string, path: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
};

const nameOf = ({ name, demo }: NewAuthority, role: string): JsonName =>
  [{ C: ['CN'] }, { O: [name] }, { CN: [`${demo ? '演示 DEMO · ' : ''}${name} ${role}`] }];

/**
 * Makes a root and an issuing authority signed by it, and answers both certificates as PEM. The root's key is written to `rootFile`,
 * its certificate beside it as `<rootFile>.crt`. Throws `certificate.root-inside` and `certificate.root-exists`; then nothing was written.
 */
export const beginAuthority = async (wish: NewAuthority): Promise<{ root: string; issuing: string }> => {
  if (isInside(wish.dataFolder, wish.rootFile)) throw fail('certificate.root-inside');
  for (const path of [wish.rootFile, `${wish.rootFile}.crt`]) if (existsSync(path)) throw fail('certificate.root-exists', { path });
  const rootKey = await (await openKeyFile(wish.rootFile, wish.passphrase)).current(ROOT_PURPOSE);
  const issuingKey = await wish.keys.current(ISSUING_PURPOSE);
  const [signingKey, rootPublic, issuingPublic] = await Promise.all([signingKeyOf(rootKey), cryptoKeyOf(rootKey.publicKey), cryptoKeyOf(issuingKey.publicKey)]);
  const notBefore = wholeSecond(wish.now);
  const rootName = nameOf(wish, 'Root CA');
  const root = await X509CertificateGenerator.create({
    serialNumber: mintSerial(), subject: rootName, issuer: rootName, notBefore, notAfter: addYears(notBefore, ROOT_YEARS),
    publicKey: rootPublic, signingKey, signingAlgorithm: ECDSA,
    extensions: [new BasicConstraintsExtension(true, 1, true), new KeyUsagesExtension(CA_USAGE, true), await SubjectKeyIdentifierExtension.create(rootPublic)],
  });
  const issuing = await X509CertificateGenerator.create({
    serialNumber: mintSerial(), subject: nameOf(wish, 'Issuing CA'), issuer: root.subjectName, notBefore, notAfter: addYears(notBefore, ISSUING_YEARS),
    publicKey: issuingPublic, signingKey, signingAlgorithm: ECDSA,
    extensions: [
      new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(CA_USAGE, true),
      await SubjectKeyIdentifierExtension.create(issuingPublic), await AuthorityKeyIdentifierExtension.create(rootPublic),
    ],
  });
  const made = { root: pem('CERTIFICATE', root.rawData), issuing: pem('CERTIFICATE', issuing.rawData) };
  await writeFile(`${wish.rootFile}.crt`, made.root, { flag: 'wx' });
  return made;
};

/** The issuing authority from its certificate and the site's key store; throws when the store's key is not the certificate's. */
export const openIssuer = async (keys: KeyStore, certificate: string): Promise<Issuer> => {
  const parsed = new X509Certificate(certificate);
  const key = await keys.current(ISSUING_PURPOSE);
  const spki = key.publicKey.export({ format: 'der', type: 'spki' });
  if (!spki.equals(Buffer.from(parsed.publicKey.rawData))) throw new Error('the issuing key in the key store is not the one in the issuing certificate');
  return { certificate: parsed, privateKey: await signingKeyOf(key) };
};
