import 'reflect-metadata';
import { CertificatePolicyExtension, X509Certificate } from '@peculiar/x509';
import { policyOids, type Holder } from './profiles.ts';
import './keys.ts';

/** Whom a certificate of this authority names. */
export interface Subject {
  kind: Holder['kind'];
  /** Pseudonym of a person, credit code of an institution, id of a device. */
  subject: string;
  name: string;
  uscc: string | null;
  notAfter: Date;
}

/** The library writes an arc above 2^53 as its base-128 digits in hex, in braces. */
const dotted = (oid: string): string =>
  oid.replace(/\{([0-9a-f]+)\}/g, (_, hex: string) => [...Buffer.from(hex, 'hex')].reduce((value, digit) => (value << 7n) | BigInt(digit & 0x7f), 0n).toString());

const kinds = Object.entries(policyOids) as [Holder['kind'], string][];

/**
 * Reads whom a certificate (DER) names, by the policy of its profile; undefined where it has none of ours, several, or a name that the
 * profile does not give. Says nothing about who signed it: the caller has checked the chain.
 */
export const subjectOf = (der: Uint8Array): Subject | undefined => {
  const certificate = new X509Certificate(new Uint8Array(der));
  const names = certificate.subjectName.toJSON();
  const policies = certificate.getExtension(CertificatePolicyExtension)?.policies.map(dotted) ?? [];
  const [kind, ...more] = kinds.filter(([, oid]) => policies.includes(oid)).map(([one]) => one);
  const only = (field: string): string | undefined => {
    const values = names.flatMap((one) => one[field] ?? []);
    return values.length === 1 ? values[0] : undefined;
  };
  const [name, number, organisation] = [only('CN'), only('2.5.4.5'), /^NTRCN-([0-9A-Z]{18})$/.exec(only('2.5.4.97') ?? '')?.[1]];
  const subject = kind === 'institution' ? organisation : number;
  if (kind === undefined || more.length > 0 || name === undefined || subject === undefined || (kind !== 'person' && organisation === undefined)) return undefined;
  return { kind, subject, name, uscc: organisation ?? null, notAfter: certificate.notAfter };
};
