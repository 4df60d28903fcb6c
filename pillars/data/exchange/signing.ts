import { createHash, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { gm, intl, type CryptoSuite } from '@zhengwu/crypto';
import { derSignature, issuerAndSerial, octets, oid, sequence, set, tlv } from './der.ts';

/** The two families by which messages are signed, as documents and containers name them. */
export interface SignatureSuite {
  crypto: CryptoSuite;
  /** Digest over head and body of a message: of the international suite that which PR-REST needs anyway. */
  contentHash: 'sha512' | 'sm3';
  contentUri: string;
  digestOid: string;
  signatureOid: string;
}

export const international: SignatureSuite = {
  crypto: intl, contentHash: 'sha512', contentUri: 'http://www.w3.org/2001/04/xmlenc#sha512', digestOid: '2.16.840.1.101.3.4.2.1', signatureOid: '1.2.840.10045.4.3.2',
};
/** SM2 with SM3 (GM/T 0003.2, GM/T 0004; OIDs of GM/T 0006). */
export const national: SignatureSuite = { crypto: gm, contentHash: 'sm3', contentUri: 'urn:oid:1.2.156.10197.1.401', digestOid: '1.2.156.10197.1.401', signatureOid: '1.2.156.10197.1.501' };

const suites = [international, national];
export const suiteBy = (algorithm: string): SignatureSuite | undefined => suites.find(({ crypto }) => crypto.signatureAlgorithm === algorithm);

/** Digests of what a message holds. */
export interface Digests {
  head: Buffer;
  /** Null where there is no body. */
  body: Buffer | null;
}

export const contentDigest = ({ contentHash }: SignatureSuite, content: Buffer | string): Buffer => createHash(contentHash).update(content).digest();

/** Names that the parts of a message have in a container; the signed manifest names them. */
export const PARTS = { head: 'message.txt', body: 'body.bin', manifest: 'META-INF/ASiCManifest001.xml', signature: 'META-INF/signature001.p7s' } as const;

const reference = (uri: string, type: string, { contentUri }: SignatureSuite, digest: Buffer): string =>
  `<asic:DataObjectReference URI="${uri}" MimeType="${type}"><ds:DigestMethod Algorithm="${contentUri}"/><ds:DigestValue>${digest.toString('base64')}</ds:DigestValue></asic:DataObjectReference>`;

/** What is signed of a message: the manifest that its container will hold (ETSI EN 319 162-1 A.4), the same bytes at both nodes. */
export const manifestOf = (suite: SignatureSuite, { head, body }: Digests): Buffer => Buffer.from([
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
  `<asic:SigReference URI="${PARTS.signature}" MimeType="application/pkcs7-signature"/>`,
  reference(PARTS.head, 'text/plain', suite, head), ...(body === null ? [] : [reference(PARTS.body, 'application/octet-stream', suite, body)]),
  '</asic:ASiCManifest>', '',
].join('\n'));

const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), tlv(0x31, value));
const DATA = oid('1.2.840.113549.1.7.1');

/** A member's certificate with which messages are signed. */
export interface SignerCertificate {
  der: Buffer;
  publicKey: KeyObject;
  suite: SignatureSuite;
  /** SHA-256 over it, hex: its name in documents and log. */
  fingerprint: string;
  /** Attributes of every signature but the digest of the manifest, in their order in DER. */
  frame: { before: Buffer; after: Buffer };
}

const DIGEST_BYTES = 32;
/** Signed attributes (RFC 5652 §11, RFC 5035): content type, digest of the manifest, the certificate. All but the digest stays the same for a certificate. */
const frameOf = (suite: SignatureSuite, der: Buffer): SignerCertificate['frame'] => {
  const place = Buffer.alloc(DIGEST_BYTES, 0xa5);
  const algorithm = suite === international ? [] : [sequence(oid(suite.digestOid))];
  const certificate = sequence(sequence(sequence(...algorithm, octets(suite.crypto.digest(der).value))));
  const whole = set(attribute('1.2.840.113549.1.9.3', DATA), attribute('1.2.840.113549.1.9.4', octets(place)), attribute('1.2.840.113549.1.9.16.2.47', certificate));
  const at = whole.indexOf(place);
  return { before: whole.subarray(0, at), after: whole.subarray(at + DIGEST_BYTES) };
};

/** SubjectPublicKeyInfo stands sixth in a certificate, after an explicit version. */
const keyIn = (certificate: X509Certificate): KeyObject => createPublicKey({ key: certificate.publicKey.export({ format: 'der', type: 'spki' }), format: 'der', type: 'spki' });
const SM2_CURVE = Buffer.from('06082a811ccf5501822d', 'hex');

/** Reads a certificate (PEM). Throws for what is none. */
export const readSigner = (pem: string): SignerCertificate => {
  const certificate = new X509Certificate(pem);
  const publicKey = keyIn(certificate);
  const suite = publicKey.export({ format: 'der', type: 'spki' }).includes(SM2_CURVE) ? national : international;
  return { der: certificate.raw, publicKey, suite, fingerprint: createHash('sha256').update(certificate.raw).digest('hex'), frame: frameOf(suite, certificate.raw) };
};

/** The signed attributes of a signature over this manifest, DER: what the key signs. */
export const attributesOver = ({ suite, frame }: SignerCertificate, manifest: Buffer): Buffer => Buffer.concat([frame.before, suite.crypto.digest(manifest).value, frame.after]);

/** Whether this certificate's key signed (r‖s) a message with these digests. */
export const isSignedBy = (signer: SignerCertificate, digests: Digests, signature: Buffer): boolean => {
  const { suite } = signer;
  return suite.crypto.verify(signer.publicKey, attributesOver(signer, manifestOf(suite, digests)), { algorithm: suite.crypto.signatureAlgorithm, value: signature });
};

/** The signature as detached CMS (RFC 5652, CAdES-B-B of ETSI EN 319 122-1) over the manifest, with its certificate and those above it. */
export const cmsOf = (signer: SignerCertificate, manifest: Buffer, signature: Buffer, chain: readonly Buffer[]): Buffer => {
  const { suite: { digestOid, signatureOid }, der } = signer;
  const [digest, version] = [sequence(oid(digestOid)), tlv(0x02, Buffer.from([1]))];
  const attributes = attributesOver(signer, manifest);
  const info = sequence(version, issuerAndSerial(der), digest, Buffer.concat([Buffer.from([0xa0]), attributes.subarray(1)]), sequence(oid(signatureOid)), octets(derSignature(signature)));
  const signed = sequence(version, tlv(0x31, digest), sequence(DATA), tlv(0xa0, der, ...chain), tlv(0x31, info));
  return sequence(oid('1.2.840.113549.1.7.2'), tlv(0xa0, signed));
};
