import 'reflect-metadata';
import {
  Attribute, CertificateChoices, CertificateSet, CMSVersion, ContentInfo, DigestAlgorithmIdentifiers, EncapsulatedContent, EncapsulatedContentInfo, id_signedData,
  IssuerAndSerialNumber, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
} from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  Accuracy, id_ct_tstInfo, MessageImprint, PKIFailureInfo, PKIFailureInfoFlags, PKIStatus, PKIStatusInfo, TimeStampReq, TimeStampResp, TSTInfo, TSTInfoVersion,
} from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509';
import type { X509Certificate } from '@peculiar/x509';
import * as asn1js from 'asn1js';
import { fail } from './errors.ts';
import { wholeSecond } from './keys.ts';
import { STAMP_POLICY, type Service } from './services.ts';
import { derSignature, international, national, type CertificateSuite } from './suites.ts';

/** Digests that are stamped, with their length in bytes; SHA-1 is not among them. */
const digests: Readonly<Record<string, number>> = { '2.16.840.1.101.3.4.2.1': 32, '2.16.840.1.101.3.4.2.2': 48, '2.16.840.1.101.3.4.2.3': 64, [national.digestOid]: 32 };
export const SHA256 = international.digestOid;
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
/** The stamp is no further from the true time than this many seconds. */
const ACCURACY_SECONDS = 1;

/** What is stamped. */
export interface Imprint {
  algorithm: string;
  digest: Buffer;
  nonce?: ArrayBuffer;
  /** Whether the certificates go along. */
  withCertificates: boolean;
}

const plain = (view: Buffer): ArrayBuffer => new Uint8Array(view).buffer;
const digestIn = ({ crypto }: CertificateSuite, content: ArrayBuffer): Buffer => crypto.digest(Buffer.from(content)).value;
const algorithmOf = (oid: string): AlgorithmIdentifier => new AlgorithmIdentifier({ algorithm: oid });

/** RFC 5035 §3: binds the signature to this one certificate; SHA-256 is its default and left out. */
const signingCertificate = (suite: CertificateSuite, certificate: ArrayBuffer): ArrayBuffer => {
  const hash = new asn1js.OctetString({ valueHex: plain(digestIn(suite, certificate)) });
  const algorithm = suite === international ? [] : [new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: suite.digestOid })] })];
  const one = new asn1js.Sequence({ value: [...algorithm, hash] });
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [one] })] }).toBER();
};

/** Signed attributes in the order of DER, and what is signed of them. */
const attributesOf = (suite: CertificateSuite, content: ArrayBuffer, certificate: ArrayBuffer): { attributes: Attribute[]; signed: Buffer } => {
  const encoded = [
    new Attribute({ attrType: CONTENT_TYPE, attrValues: [new asn1js.ObjectIdentifier({ value: id_ct_tstInfo }).toBER()] }),
    new Attribute({ attrType: MESSAGE_DIGEST, attrValues: [new asn1js.OctetString({ valueHex: plain(digestIn(suite, content)) }).toBER()] }),
    new Attribute({ attrType: SIGNING_CERTIFICATE_V2, attrValues: [signingCertificate(suite, certificate)] }),
  ].map((attribute) => ({ attribute, der: Buffer.from(AsnConvert.serialize(attribute)) })).sort((a, b) => Buffer.compare(a.der, b.der));
  const set = new asn1js.Set({ value: encoded.map(({ der }) => asn1js.fromBER(plain(der)).result) });
  return { attributes: encoded.map(({ attribute }) => attribute), signed: Buffer.from(set.toBER()) };
};

const parsed = new WeakMap<X509Certificate, Certificate>();
/** A certificate of the authority, read once. */
const read = (certificate: X509Certificate): Certificate => {
  const known = parsed.get(certificate) ?? AsnConvert.parse(certificate.rawData, Certificate);
  parsed.set(certificate, known);
  return known;
};

/** A time-stamp token (RFC 3161 §2.4.2) of the second `now`, DER. */
export const makeToken = async ({ certificate, key, suite }: Service, issuing: X509Certificate, imprint: Imprint, serial: string, now: Date): Promise<Buffer> => {
  const own = read(certificate);
  const content = AsnConvert.serialize(new TSTInfo({
    version: TSTInfoVersion.v1, policy: STAMP_POLICY, serialNumber: plain(Buffer.from(serial, 'hex')), genTime: wholeSecond(now), accuracy: new Accuracy({ seconds: ACCURACY_SECONDS }),
    messageImprint: new MessageImprint({ hashAlgorithm: algorithmOf(imprint.algorithm), hashedMessage: new OctetString(plain(imprint.digest)) }),
    ...(imprint.nonce === undefined ? {} : { nonce: imprint.nonce }),
  }));
  const { attributes, signed: toSign } = attributesOf(suite, content, certificate.rawData);
  const signature = await key.sign(toSign);
  const signer = new SignerInfo({
    version: CMSVersion.v1, sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer: own.tbsCertificate.issuer, serialNumber: own.tbsCertificate.serialNumber }) }),
    digestAlgorithm: algorithmOf(suite.digestOid), signedAttrs: attributes, signatureAlgorithm: algorithmOf(suite.signatureOid), signature: new OctetString(derSignature(signature)),
  });
  const along = imprint.withCertificates ? [own, read(issuing)] : [];
  const signed = new SignedData({
    version: CMSVersion.v3, digestAlgorithms: new DigestAlgorithmIdentifiers([algorithmOf(suite.digestOid)]), signerInfos: new SignerInfos([signer]),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: id_ct_tstInfo, eContent: new EncapsulatedContent({ single: new OctetString(content) }) }),
    ...(along.length === 0 ? {} : { certificates: new CertificateSet(along.map((one) => new CertificateChoices({ certificate: one }))) }),
  });
  return Buffer.from(AsnConvert.serialize(new ContentInfo({ contentType: id_signedData, content: AsnConvert.serialize(signed) })));
};

/** PKIStatusInfo { granted }. */
const GRANTED = Buffer.from('3003020100', 'hex');

/** The answer to a request that was granted: a sequence of two parts that are DER already. */
export const grantedAnswer = (token: Buffer): Buffer => {
  const length = GRANTED.length + token.length;
  const octets = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x30]), length < 0x80 ? Buffer.from([length]) : Buffer.concat([Buffer.from([0x80 | octets.length]), octets]), GRANTED, token]);
};

type Refusal = 'badAlg' | 'badDataFormat' | 'unacceptedPolicy' | 'unacceptedExtension' | 'badRequest';

/** The answer to a request that was not. */
export const refusalAnswer = (why: Refusal): Buffer => {
  const failInfo = new PKIFailureInfo();
  failInfo.fromNumber(PKIFailureInfoFlags[why]);
  return Buffer.from(AsnConvert.serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.rejection, failInfo }) })));
};

/** Reads a request (RFC 3161 §2.4.1): what to stamp, or why not. Throws `certificate.malformed` for what is none. */
export const readStampRequest = (der: Buffer): Imprint | { refused: Refusal } => {
  let request: TimeStampReq;
  try {
    request = AsnConvert.parse(plain(der), TimeStampReq);
  } catch (cause) {
    throw fail('certificate.malformed', { kind: 'RFC 3161' }, { cause });
  }
  const { hashAlgorithm, hashedMessage } = request.messageImprint;
  if (request.version !== 1) return { refused: 'badRequest' };
  if (request.extensions && request.extensions.length > 0) return { refused: 'unacceptedExtension' };
  if (request.reqPolicy !== undefined && request.reqPolicy !== STAMP_POLICY) return { refused: 'unacceptedPolicy' };
  const length = digests[hashAlgorithm.algorithm];
  if (length === undefined) return { refused: 'badAlg' };
  const digest = Buffer.from(hashedMessage.buffer);
  if (digest.length !== length) return { refused: 'badDataFormat' };
  return { algorithm: hashAlgorithm.algorithm, digest, withCertificates: request.certReq, ...(request.nonce ? { nonce: request.nonce } : {}) };
};
