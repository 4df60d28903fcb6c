import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension,
  SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator,
} from '@peculiar/x509';
import type { Issuer } from './authority.ts';
import { fail } from './errors.ts';
import { cryptoKeyOf, mintSerial, pem, wholeSecond } from './keys.ts';
import { international } from './suites.ts';

/** What a TLS listener of the site shows: certificate and issuing certificate, and the key. PEM. */
export interface ListenerCertificate {
  certificate: string;
  key: string;
  notAfter: Date;
}

const DAYS = 90;
const DAY = 86_400_000;
/** Clocks of devices may be behind. */
const SKEW = 3_600_000;

/** A new key and a certificate for it, for a listener under these names and addresses, good for 90 days; its key lives no longer than the process. Throws `certificate.no-tls`. */
export const issueListenerCertificate = async ({ certificate: issuer, privateKey, suite }: Issuer, hosts: readonly string[], now: Date): Promise<ListenerCertificate> => {
  if (suite !== international) throw fail('certificate.no-tls', { suite: suite.keyName });
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = await cryptoKeyOf(pair.publicKey);
  const wanted = wholeSecond(new Date(now.getTime() + DAYS * DAY));
  const notAfter = wanted < issuer.notAfter ? wanted : issuer.notAfter;
  const made = await X509CertificateGenerator.create({
    serialNumber: mintSerial(), subject: [{ CN: [hosts[0] ?? 'zhengwu'] }], issuer: issuer.subjectName, notBefore: wholeSecond(new Date(now.getTime() - SKEW)), notAfter,
    publicKey, signingKey: privateKey, signingAlgorithm: suite.signing,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true), new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) ? 'ip' as const : 'dns' as const, value }))),
      await SubjectKeyIdentifierExtension.create(publicKey), await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: pem('CERTIFICATE', made.rawData) + pem('CERTIFICATE', issuer.rawData), key: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string, notAfter };
};
