import 'reflect-metadata';
import { ExtendedKeyUsage, ExtendedKeyUsageExtension, X509Certificate } from '@peculiar/x509';
import { elements, issuerAndSerial, octets, rawSignature, within } from './der.ts';
import { readSigner, type SignatureSuite } from './signing.ts';

/** A CMS SignedData (RFC 5652) with one signer. */
export interface Signed {
  certificates: Buffer[];
  /** What it holds; null where it is detached. */
  content: Buffer | null;
  /** Signed attributes as a SET, DER: what the key signs. */
  attributes: Buffer;
  signature: Buffer;
  /** Certificate of the signer. */
  signer: Buffer;
}

const IMPLICIT = 0xa0;

/** Reads it; undefined for what is none, or has several signers. */
export const readSigned = (der: Buffer): Signed | undefined => {
  try {
    const [, , encapsulated, ...rest] = elements(within(der, 0, 1, 0));
    const certificates = elements(rest.find(({ tag }) => tag === IMPLICIT)?.content ?? Buffer.alloc(0)).map(({ whole }) => Buffer.from(whole));
    const infos = elements(rest.at(-1)?.content ?? Buffer.alloc(0));
    const [, sid, , attributes, , signature] = elements(infos[0]?.content ?? Buffer.alloc(0));
    const [, wrapped] = elements(encapsulated?.content ?? Buffer.alloc(0));
    const signer = certificates.find((one) => sid && issuerAndSerial(one).equals(sid.whole));
    const raw = signature && rawSignature(signature.content);
    if (infos.length !== 1 || attributes?.tag !== IMPLICIT || !raw || !signer) return undefined;
    return { certificates, content: wrapped ? Buffer.from(within(wrapped.content, 0)) : null, attributes: Buffer.concat([Buffer.from([0x31]), attributes.whole.subarray(1)]), signature: raw, signer };
  } catch {
    return undefined;
  }
};

const MESSAGE_DIGEST = Buffer.from('06092a864886f70d010904', 'hex');

const digestIn = (attributes: Buffer): Buffer | undefined => {
  const found = elements(within(attributes, 0)).filter(({ content }) => content.subarray(0, MESSAGE_DIGEST.length).equals(MESSAGE_DIGEST));
  return found.length === 1 ? within((found[0] as { content: Buffer }).content, 1) : undefined;
};

/** Whether the signer signed these attributes, and they hold the digest of this content. */
export const holds = ({ attributes, signature, signer }: Signed, content: Buffer): boolean => {
  const { suite: { crypto }, publicKey } = readSigner(pemOf(signer));
  return digestIn(attributes)?.equals(octets(crypto.digest(content).value)) === true && crypto.verify(publicKey, attributes, { algorithm: crypto.signatureAlgorithm, value: signature });
};

export const pemOf = (der: Buffer): string => `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** The root that a certificate leads to by these others, each signed by the next and in force at `at`; undefined where it leads to none. */
export const rootOfChain = async (leaf: Buffer, others: readonly Buffer[], at: Date): Promise<X509Certificate | undefined> => {
  const all = others.map((one) => new X509Certificate(new Uint8Array(one)));
  let current = new X509Certificate(new Uint8Array(leaf));
  for (let step = 0; step < 5; step += 1) {
    if (current.notBefore > at || current.notAfter < at) return undefined;
    let next: X509Certificate | undefined;
    for (const one of all) if (!next && one.subject === current.issuer && (await current.verify({ publicKey: one.publicKey, signatureOnly: true }).catch(() => false))) next = one;
    if (!next) return undefined;
    if (next.subject === next.issuer && next.equal(current)) return current;
    current = next;
  }
  return undefined;
};

/** What a time-stamp token (RFC 3161 §2.4.2) says. */
export interface Stamp {
  at: Date;
  /** The digest that was stamped. */
  imprint: Buffer;
  signed: Signed;
  suite: SignatureSuite;
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/;

/** Reads a token and checks that its own certificate, which is for time-stamps, signed it; undefined where not. */
export const readStamp = (token: Buffer): Stamp | undefined => {
  const signed = readSigned(token);
  if (!signed?.content || !holds(signed, signed.content)) return undefined;
  const usage = new X509Certificate(new Uint8Array(signed.signer)).getExtension(ExtendedKeyUsageExtension);
  if (!usage?.usages.includes(ExtendedKeyUsage.timeStamping)) return undefined;
  const [, , imprint, , time] = elements(within(signed.content, 0));
  const [, year, month, day, hour, minute, second] = TIME.exec(time?.content.toString('latin1') ?? '') ?? [];
  const digest = imprint && elements(imprint.content)[1]?.content;
  if (!digest || year === undefined) return undefined;
  return { at: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`), imprint: Buffer.from(digest), signed, suite: readSigner(pemOf(signed.signer)).suite };
};
