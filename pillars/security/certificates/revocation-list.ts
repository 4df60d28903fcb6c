import 'reflect-metadata';
import { AuthorityKeyIdentifierExtension, X509CrlGenerator, X509CrlReason } from '@peculiar/x509';
import type { Issuer } from './authority.ts';
import { ECDSA, pem, wholeSecond } from './keys.ts';

/** RFC 5280 §5.3.1; `certificateHold` is a suspension, which may end. */
export type RevocationReason = Exclude<keyof typeof X509CrlReason, 'unspecified' | 'removeFromCRL' | 'cACompromise'>;

export interface Revoked {
  serial: string;
  at: Date;
  reason: RevocationReason;
}

/** The list of what is revoked or suspended, as PEM; good until `now` plus `hours`. */
export const issueRevocationList = async ({ certificate, privateKey }: Issuer, revoked: readonly Revoked[], now: Date, hours = 24): Promise<string> => {
  const thisUpdate = wholeSecond(now);
  const list = await X509CrlGenerator.create({
    issuer: certificate.subjectName, thisUpdate, nextUpdate: new Date(thisUpdate.getTime() + hours * 3_600_000),
    entries: revoked.map(({ serial, at, reason }) => ({ serialNumber: serial, revocationDate: wholeSecond(at), reason: X509CrlReason[reason] })),
    signingKey: privateKey, signingAlgorithm: ECDSA,
    extensions: [await AuthorityKeyIdentifierExtension.create(certificate.publicKey)],
  });
  return pem('X509 CRL', list.rawData);
};
