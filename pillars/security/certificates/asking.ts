import 'reflect-metadata';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq, TimeStampReqVersion } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import * as asn1js from 'asn1js';
import { CertID, Certificate, OCSPRequest, Request } from 'pkijs';
import { X509Certificate } from '@peculiar/x509';
import './keys.ts';
import { SHA256 } from './time-stamp.ts';

/** An OCSP question (RFC 6960 §4.1, DER) about a certificate of this issuer, as others ask it; without a nonce. */
export const askStatusOf = async (issuing: string, serial: string): Promise<Buffer> => {
  const issuer = Certificate.fromBER(new X509Certificate(issuing).rawData);
  const id = new CertID();
  await id.createForCertificate(issuer, { hashAlgorithm: 'SHA-256', issuerCertificate: issuer });
  id.serialNumber = new asn1js.Integer({ valueHex: new Uint8Array(Buffer.from(serial, 'hex')).buffer });
  const question = new OCSPRequest();
  question.tbsRequest.requestList = [new Request({ reqCert: id })];
  return Buffer.from(question.toSchema(true).toBER());
};

/** A request for a time-stamp (RFC 3161 §2.4.1, DER) over a SHA-256 digest. */
export const askStampOf = (digest: Buffer): Buffer =>
  Buffer.from(AsnConvert.serialize(new TimeStampReq({
    version: TimeStampReqVersion.v1, certReq: true, messageImprint: new MessageImprint({ hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256 }), hashedMessage: new OctetString(new Uint8Array(digest).buffer) }),
  })));
