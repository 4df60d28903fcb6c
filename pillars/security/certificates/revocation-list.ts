import 'reflect-metadata';
import { AuthorityKeyIdentifierExtension, Extension, X509CrlGenerator, X509CrlReason } from '@peculiar/x509';
import { Integer } from 'asn1js';
import type { Issuer } from './authority.ts';
import { pem, wholeSecond } from './keys.ts';

/** RFC 5280 §5.3.1; `certificateHold` is a suspension, which may end. */
export type RevocationReason = Exclude<keyof typeof X509CrlReason, 'unspecified' | 'removeFromCRL' | 'cACompromise'>;

export interface Revoked {
  serial: string;
  at: Date;
  reason: RevocationReason;
}

/** Hours that a list is good for. */
export const LIST_HOURS = 24;
const CRL_NUMBER = '2.5.29.20';

/** The list of what is revoked or suspended, DER; good until `now` plus a day. Each has a higher number than the one before (RFC 5280 §5.2.3). */
export const makeRevocationList = async ({ certificate, privateKey, suite }: Issuer, revoked: readonly Revoked[], now: Date, number: number): Promise<Buffer> => {
  const thisUpdate = wholeSecond(now);
  const list = await X509CrlGenerator.create({
    issuer: certificate.subjectName, thisUpdate, nextUpdate: new Date(thisUpdate.getTime() + LIST_HOURS * 3_600_000),
    entries: revoked.map(({ serial, at, reason }) => ({ serialNumber: serial, revocationDate: wholeSecond(at), reason: X509CrlReason[reason] })),
    signingKey: privateKey, signingAlgorithm: suite.signing,
    extensions: [await AuthorityKeyIdentifierExtension.create(certificate.publicKey), new Extension(CRL_NUMBER, false, Integer.fromBigInt(BigInt(number)).toBER())],
  });
  return Buffer.from(list.rawData);
};

/** The same as PEM. */
export const issueRevocationList = async (issuer: Issuer, revoked: readonly Revoked[], now: Date): Promise<string> =>
  pem('X509 CRL', new Uint8Array(await makeRevocationList(issuer, revoked, now, now.getTime())).buffer);

/** The number that stands for a reason in lists and answers. */
export const reasonNumber = (reason: RevocationReason): number => X509CrlReason[reason];
