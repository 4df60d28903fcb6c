import 'reflect-metadata';
import { ExtendedKeyUsage, KeyUsageFlags, type JsonName } from '@peculiar/x509';
import { parseTagged, type HmacSigner } from '@zhengwu/crypto';
import { isUscc } from '@zhengwu/ids';
import { fail } from './errors.ts';

/** Whom a certificate names, as the registrar approved it; what the request says of a name is never taken over. */
export type Holder =
  /** `pseudonym` is made by `pseudonymOf`: a citizen number never stands in a certificate, which strangers may read. */
  | { kind: 'person'; name: string; pseudonym: string }
  | { kind: 'institution'; name: string; uscc: string }
  | { kind: 'device'; name: string; deviceId: string; institution: string; uscc: string };

/** Our own arc, from a UUID of ours (ITU-T X.667), so that nobody's registration is used; see docs/security/certificates.md. */
export const POLICY_ARC = '2.25.195581820381067091834985422717716303802';
export const policyOids = { person: `${POLICY_ARC}.1.1`, institution: `${POLICY_ARC}.1.2`, device: `${POLICY_ARC}.1.3` } as const;

const ORGANISATION_IDENTIFIER = '2.5.4.97';
const SERIAL_NUMBER = '2.5.4.5';

/** 160 bits of a keyed hash of the citizen number: the same person has the same one at this site, and nobody computes it without the key. */
export const pseudonymOf = (signer: HmacSigner, citizenNumber: string): string => {
  const value = parseTagged(signer.sign(citizenNumber))?.value;
  if (!value) throw new Error('the signer answers no tagged value');
  return value.toString('hex').slice(0, 40);
};

/** `NTRCN-` and the code: national trade register, China (ETSI EN 319 412-1 §5.1.4); the code itself by GB 32100. */
const organisation = (name: string, uscc: string): JsonName => {
  if (!isUscc(uscc)) throw fail('certificate.identifier-invalid', { identifier: uscc });
  return [{ O: [name] }, { [ORGANISATION_IDENTIFIER]: [`NTRCN-${uscc}`] }];
};

export interface Profile {
  subject: JsonName;
  policy: string;
  usage: number;
  extendedUsage: string[];
  years: number;
}

/** How a certificate for this holder looks. Throws `certificate.identifier-invalid`. */
export const profileOf = (holder: Holder): Profile => {
  const policy = policyOids[holder.kind];
  const client = [ExtendedKeyUsage.clientAuth];
  if (holder.kind === 'person') {
    const subject: JsonName = [{ C: ['CN'] }, { CN: [holder.name] }, { [SERIAL_NUMBER]: [holder.pseudonym] }];
    return { subject, policy, usage: KeyUsageFlags.digitalSignature, extendedUsage: client, years: 2 };
  }
  if (holder.kind === 'institution') {
    const subject: JsonName = [{ C: ['CN'] }, ...organisation(holder.name, holder.uscc), { CN: [holder.name] }];
    return { subject, policy, usage: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, extendedUsage: client, years: 3 };
  }
  const subject: JsonName = [{ C: ['CN'] }, ...organisation(holder.institution, holder.uscc), { CN: [holder.name] }, { [SERIAL_NUMBER]: [holder.deviceId] }];
  return { subject, policy, usage: KeyUsageFlags.digitalSignature, extendedUsage: client, years: 1 };
};
