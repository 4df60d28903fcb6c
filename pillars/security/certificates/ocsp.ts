import { createHash } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';
import * as asn1js from 'asn1js';
import { AlgorithmIdentifier, BasicOCSPResponse, Certificate, OCSPRequest, OCSPResponse, ResponseBytes, SingleResponse, type CertID, type Extension } from 'pkijs';
import type { Issuer } from './authority.ts';
import { wholeSecond } from './keys.ts';
import { reasonNumber, type RevocationReason } from './revocation-list.ts';
import type { Service } from './services.ts';
import { derSignature, national } from './suites.ts';

/** Where a certificate stands, as OCSP says it. */
export type Status = 'good' | 'unknown' | { at: Date; reason: RevocationReason };

const BASIC = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
/** More certificates than this in one question are refused. */
const MOST = 20;
/** RFC 9654 §2.1 lets a nonce have up to 128 octets; its encoding adds two or three. */
const LONGEST_NONCE = 131;
/** Minutes that an answer is good for. */
export const ANSWER_MINUTES = 60;
const hashes: Readonly<Record<string, string>> = { '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512', [national.digestOid]: 'sm3' };

/** A question that could be read. */
export interface StatusQuestion {
  certificates: CertID[];
  nonce: Extension | undefined;
}

/** Reads a question (RFC 6960 §4.1); undefined for what is none, or asks too much. */
export const readQuestion = (der: Buffer): StatusQuestion | undefined => {
  try {
    const { tbsRequest } = OCSPRequest.fromBER(new Uint8Array(der).buffer);
    const nonce = tbsRequest.requestExtensions?.find(({ extnID }) => extnID === NONCE);
    const certificates = tbsRequest.requestList.map(({ reqCert }) => reqCert);
    if (certificates.length < 1 || certificates.length > MOST || (nonce?.extnValue.valueBlock.valueHexView.length ?? 0) > LONGEST_NONCE) return undefined;
    return { certificates, nonce };
  } catch {
    return undefined;
  }
};

/** Serial number of a certificate that a question names: lower-case hex, as certificates here have it. */
export const serialOf = ({ serialNumber }: CertID): string => Buffer.from(serialNumber.valueBlock.valueHexView).toString('hex').replace(/^(00)+(?=..)/, '');

const parsed = new WeakMap<X509Certificate, Certificate>();
/** A certificate of the authority, read once. */
const read = (certificate: X509Certificate): Certificate => {
  const known = parsed.get(certificate) ?? Certificate.fromBER(certificate.rawData);
  parsed.set(certificate, known);
  return known;
};

/** Whether a question means certificates of this issuer: name and key in the hash that it chose. */
export const isOf = ({ certificate }: Issuer): ((id: CertID) => boolean) => {
  const { subject, subjectPublicKeyInfo } = read(certificate);
  const [name, key] = [Buffer.from(subject.toSchema().toBER()), Buffer.from(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView)];
  return ({ hashAlgorithm, issuerNameHash, issuerKeyHash }) => {
    const hash = hashes[hashAlgorithm.algorithmId];
    if (hash === undefined) return false;
    const equals = (expected: Buffer, given: asn1js.OctetString): boolean => createHash(hash).update(expected).digest().equals(Buffer.from(given.valueBlock.valueHexView));
    return equals(name, issuerNameHash) && equals(key, issuerKeyHash);
  };
};

const context = (tagNumber: number): { tagClass: 3; tagNumber: number } => ({ tagClass: 3, tagNumber });

const certStatusOf = (status: Status): asn1js.BaseBlock => {
  if (status === 'good') return new asn1js.Primitive({ idBlock: context(0) });
  if (status === 'unknown') return new asn1js.Primitive({ idBlock: context(2) });
  return new asn1js.Constructed({
    idBlock: context(1),
    value: [
      new asn1js.GeneralizedTime({ valueDate: wholeSecond(status.at) }),
      new asn1js.Constructed({ idBlock: context(0), value: [new asn1js.Enumerated({ value: reasonNumber(status.reason) })] }),
    ],
  });
};

/** An answer without certificates: RFC 6960 §4.2.1, 1 malformed, 2 internal error. */
export const errorAnswer = (status: 1 | 2): Buffer => Buffer.from(new OCSPResponse({ responseStatus: new asn1js.Enumerated({ value: status }) }).toSchema().toBER());

/** The signed answer of the delegated responder, DER. Times are whole seconds. */
export const answerQuestion = async ({ certificate, key, suite }: Service, { certificates, nonce }: StatusQuestion, statuses: readonly Status[], now: Date): Promise<Buffer> => {
  const basic = new BasicOCSPResponse();
  const own = read(certificate);
  const at = wholeSecond(now);
  basic.tbsResponseData.responderID = own.subject;
  basic.tbsResponseData.producedAt = at;
  basic.tbsResponseData.responses = certificates.map((certID, index) => new SingleResponse({
    certID, certStatus: certStatusOf(statuses[index] ?? 'unknown'), thisUpdate: at, nextUpdate: new Date(at.getTime() + ANSWER_MINUTES * 60_000),
  }));
  if (nonce) basic.tbsResponseData.responseExtensions = [nonce];
  basic.certs = [own];
  basic.signatureAlgorithm = new AlgorithmIdentifier({ algorithmId: suite.signatureOid });
  basic.tbsResponseData.tbsView = new Uint8Array(basic.tbsResponseData.toSchema(true).toBER());
  basic.signature = new asn1js.BitString({ valueHex: derSignature(await key.sign(Buffer.from(basic.tbsResponseData.tbsView))) });
  const bytes = new asn1js.OctetString({ valueHex: basic.toSchema().toBER() });
  return Buffer.from(new OCSPResponse({ responseStatus: new asn1js.Enumerated({ value: 0 }), responseBytes: new ResponseBytes({ responseType: BASIC, response: bytes }) }).toSchema().toBER());
};
