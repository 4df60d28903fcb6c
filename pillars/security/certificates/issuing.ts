import 'reflect-metadata';
import {
  AuthorityInfoAccessExtension, AuthorityKeyIdentifierExtension, BasicConstraintsExtension, CertificatePolicyExtension, CRLDistributionPointsExtension, ExtendedKeyUsageExtension,
  KeyUsagesExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator, type Extension,
} from '@peculiar/x509';
import type { Issuer } from './authority.ts';
import { addYears, mintSerial, pem, wholeSecond } from './keys.ts';
import { profileOf, type Holder } from './profiles.ts';
import { readRequest } from './request.ts';

export interface Order {
  holder: Holder;
  /** PKCS#10, PEM. */
  request: string;
  /** Public addresses that the certificate names: revocation list, OCSP, certificate of the issuer. */
  revocationList: string;
  status?: string;
  issuerCertificate?: string;
  now: Date;
}

export interface Issued {
  /** Lower-case hex. */
  serial: string;
  certificate: string;
  notBefore: Date;
  notAfter: Date;
}

const accessTo = ({ status, issuerCertificate }: Order): Extension[] =>
  status === undefined || issuerCertificate === undefined ? [] : [new AuthorityInfoAccessExtension({ ocsp: [status], caIssuers: [issuerCertificate] })];

/** Signs a certificate for an approved holder; it never outlives the issuing certificate. Throws what `readRequest` and `profileOf` throw. */
export const issueCertificate = async ({ certificate: issuer, privateKey, suite }: Issuer, order: Order): Promise<Issued> => {
  const { holder, request, revocationList, now } = order;
  const { publicKey } = await readRequest(request, suite);
  const { subject, policy, usage, extendedUsage, years } = profileOf(holder);
  const notBefore = wholeSecond(now);
  const wanted = addYears(notBefore, years);
  const notAfter = wanted < issuer.notAfter ? wanted : issuer.notAfter;
  const serial = mintSerial();
  const made = await X509CertificateGenerator.create({
    serialNumber: serial, subject, issuer: issuer.subjectName, notBefore, notAfter, publicKey, signingKey: privateKey, signingAlgorithm: suite.signing,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true), new KeyUsagesExtension(usage, true), new ExtendedKeyUsageExtension(extendedUsage),
      new CertificatePolicyExtension([policy]), new CRLDistributionPointsExtension([revocationList]), ...accessTo(order),
      await SubjectKeyIdentifierExtension.create(publicKey), await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { serial, certificate: pem('CERTIFICATE', made.rawData), notBefore, notAfter };
};
