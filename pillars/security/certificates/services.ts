import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, CertificatePolicyExtension, CRLDistributionPointsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, Extension,
  KeyUsageFlags, KeyUsagesExtension, SubjectKeyIdentifierExtension, X509Certificate, X509CertificateGenerator,
} from '@peculiar/x509';
import type { KeyStore, SigningKey } from '@zhengwu/crypto';
import type { Site } from '@zhengwu/module';
import { addressesOf } from './addresses.ts';
import type { Issuer } from './authority.ts';
import { cryptoKeyOf, mintSerial, pem, wholeSecond } from './keys.ts';
import { POLICY_ARC } from './profiles.ts';
import * as store from './store.ts';
import type { CertificateSuite } from './suites.ts';

/** The policy under which time-stamps are made. */
export const STAMP_POLICY = `${POLICY_ARC}.2.1`;
const NO_CHECK = '1.3.6.1.5.5.7.48.1.5';
const DAY_MS = 86_400_000;

/**
 * A delegated OCSP responder is trusted unchecked (RFC 6960 §4.2.2.2.1), so its certificate is short-lived; a time-stamp is verified
 * for as long as its certificate lasts, and that use alone may stand in it, critical (RFC 3161 §2.3).
 */
const kinds = {
  'ca-ocsp': { name: 'OCSP', days: 30, renewDays: 7, usage: ExtendedKeyUsage.ocspSigning, isCritical: false, extensions: () => [new Extension(NO_CHECK, false, new Uint8Array([5, 0]))] },
  'ca-tsa': {
    name: 'TSA', days: 3650, renewDays: 1825, usage: ExtendedKeyUsage.timeStamping, isCritical: true,
    extensions: (list: string) => [new CertificatePolicyExtension([STAMP_POLICY]), new CRLDistributionPointsExtension([list])],
  },
} as const;
export type ServicePurpose = keyof typeof kinds;

export interface Service {
  certificate: X509Certificate;
  key: SigningKey;
  suite: CertificateSuite;
}

const certify = async (issuer: Issuer, key: SigningKey, purpose: ServicePurpose, list: string, now: Date): Promise<X509Certificate> => {
  const { name, days, usage, isCritical, extensions } = kinds[purpose];
  const publicKey = await cryptoKeyOf(key.publicKey);
  const notBefore = wholeSecond(now);
  const wanted = new Date(notBefore.getTime() + days * DAY_MS);
  return X509CertificateGenerator.create({
    serialNumber: mintSerial(), subject: issuer.certificate.subject.replace(/Issuing CA/, name), issuer: issuer.certificate.subjectName,
    notBefore, notAfter: wanted < issuer.certificate.notAfter ? wanted : issuer.certificate.notAfter, publicKey, signingKey: issuer.privateKey, signingAlgorithm: issuer.suite.signing,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true), new ExtendedKeyUsageExtension([usage], isCritical),
      ...extensions(list), await SubjectKeyIdentifierExtension.create(publicKey), await AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey),
    ],
  });
};

/** Answers the services of an authority, each with a certificate that lasts; a new one has a new key. */
export const openServices = (site: Site, keys: KeyStore, issuer: Issuer): ((purpose: ServicePurpose) => Promise<Service>) => {
  const { database, clock } = site;
  const isLasting = (purpose: ServicePurpose, end: Date): boolean => end.getTime() - clock.now().getTime() > kinds[purpose].renewDays * DAY_MS || end.getTime() === issuer.certificate.notAfter.getTime();
  const { suite } = issuer;
  // What an authority before this one certified is not shown for this one.
  const isOurs = (certificate: X509Certificate): Promise<boolean> =>
    certificate.issuer === issuer.certificate.subject ? certificate.verify({ publicKey: issuer.certificate.publicKey, signatureOnly: true }).catch(() => false) : Promise.resolve(false);
  const make = async (purpose: ServicePurpose): Promise<Service> => {
    const current = await keys.current(purpose);
    const known = await store.serviceOf(database, current.kid);
    if (known && isLasting(purpose, known.not_after)) {
      const certificate = new X509Certificate(known.pem);
      if (await isOurs(certificate)) return { certificate, key: current, suite };
    }
    const key = known || current.algorithm !== suite.crypto.signatureAlgorithm ? await keys.rotate(purpose) : current;
    const certificate = await certify(issuer, key, purpose, addressesOf(site).revocationList, clock.now());
    await store.addService(database, { kid: key.kid, purpose, serial: certificate.serialNumber.toLowerCase(), pem: pem('CERTIFICATE', certificate.rawData), not_after: certificate.notAfter });
    return { certificate, key, suite };
  };
  const made = new Map<ServicePurpose, Promise<Service>>();
  return async (purpose) => {
    const known = made.get(purpose);
    const service = await known?.catch(() => undefined);
    if (known && service && isLasting(purpose, service.certificate.notAfter)) return service;
    if (made.get(purpose) === known) made.set(purpose, make(purpose));
    return made.get(purpose) as Promise<Service>;
  };
};
