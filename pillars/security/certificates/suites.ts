import 'reflect-metadata';
import { diAlgorithm, diAsnSignatureFormatter, AsnEcSignatureFormatter, type X509Certificate } from '@peculiar/x509';
import { gm, intl, type CryptoSuite } from '@zhengwu/crypto';
import { container } from 'tsyringe';
import { createCMSECDSASignature } from 'pkijs';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import * as asn1js from 'asn1js';

/** What certificates, lists, answers and stamps must know of a family of algorithms. */
export interface CertificateSuite {
  /** What signs and digests. */
  readonly crypto: CryptoSuite;
  /** How its keys are called, for people. */
  readonly keyName: string;
  /** Key and signature in the words of the X.509 library. */
  readonly signing: { readonly name: string; readonly namedCurve: string; readonly hash: string };
  readonly signatureOid: string;
  readonly digestOid: string;
}

/** ECDSA on P-256 with SHA-256 (RFC 5758). */
export const international: CertificateSuite = {
  crypto: intl, keyName: 'P-256', signing: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }, signatureOid: '1.2.840.10045.4.3.2', digestOid: '2.16.840.1.101.3.4.2.1',
};
/** SM2 with SM3 (GM/T 0006-2012, GM/T 0015-2012); the user id is the default of GM/T 0009. */
export const national: CertificateSuite = {
  crypto: gm, keyName: 'SM2', signing: { name: 'SM2', namedCurve: 'SM2', hash: 'SM3' }, signatureOid: '1.2.156.10197.1.501', digestOid: '1.2.156.10197.1.401',
};

/** The suite whose keys sign as `algorithm` (JWS `alg`). */
export const suiteSigning = (algorithm: string): CertificateSuite => (algorithm === gm.signatureAlgorithm ? national : international);

/** The suite of a public key as the library names it; undefined for keys of neither. */
export const suiteOfAlgorithm = (algorithm: object): CertificateSuite | undefined => {
  const { name, namedCurve } = algorithm as { name?: string; namedCurve?: string };
  return [international, national].find(({ signing }) => signing.name === name && signing.namedCurve === namedCurve);
};

/** The suite of an authority, by the key of its certificate. */
export const suiteOfCertificate = (certificate: X509Certificate): CertificateSuite => {
  const suite = suiteOfAlgorithm(certificate.publicKey.algorithm);
  if (!suite) throw new Error(`no suite has the key of ${certificate.subject}`);
  return suite;
};

/** A raw signature (r‖s) as SEQUENCE of two INTEGER (RFC 3279 §2.2.3, GM/T 0009 §7.3). */
export const derSignature = (raw: Buffer): ArrayBuffer => createCMSECDSASignature(new Uint8Array(raw).buffer);

const CURVE_OID = '1.2.156.10197.1.301';
const EC_KEY_OID = '1.2.840.10045.2.1';
const curve = new asn1js.ObjectIdentifier({ value: CURVE_OID }).toBER();
const { name: SM2 } = national.signing;

/** Tells the X.509 library how keys and signatures of SM2 are written. */
container.registerInstance(diAlgorithm, {
  toAsnAlgorithm: (algorithm: { name: string; hash?: unknown }) =>
    algorithm.name !== SM2 ? null : 'hash' in algorithm ? new AlgorithmIdentifier({ algorithm: national.signatureOid }) : new AlgorithmIdentifier({ algorithm: EC_KEY_OID, parameters: curve }),
  toWebAlgorithm: ({ algorithm, parameters }: AlgorithmIdentifier) => {
    if (algorithm === national.signatureOid) return { name: SM2, hash: { name: national.signing.hash } };
    return algorithm === EC_KEY_OID && parameters && Buffer.from(parameters).equals(Buffer.from(curve)) ? { name: SM2, namedCurve: national.signing.namedCurve } : null;
  },
});
const formatter = new AsnEcSignatureFormatter();
container.registerInstance(diAsnSignatureFormatter, {
  toAsnSignature: (algorithm: { name: string }, signature: ArrayBuffer) => (algorithm.name === SM2 ? formatter.toAsnSignature({ ...algorithm, name: 'ECDSA' } as never, signature) : null),
  toWebSignature: (algorithm: { name: string }, signature: ArrayBuffer) => (algorithm.name === SM2 ? formatter.toWebSignature({ ...algorithm, name: 'ECDSA' } as never, signature) : null),
});
