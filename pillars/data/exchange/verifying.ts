import { createHash, X509Certificate } from 'node:crypto';
import { intl } from '@zhengwu/crypto';
import { contents, MIMETYPE, PROOF_PARTS, stepName } from './container.ts';
import { derSignature } from './der.ts';
import { holds, pemOf, readSigned, readStamp, rootOfChain } from './cms.ts';
import { fail } from './errors.ts';
import { rootBy, type Step } from './merkle.ts';
import { attributesOver, contentDigest, manifestOf, PARTS, readSigner } from './signing.ts';
import { batchText, leafOf, STAMP_PARTS, stampManifest } from './stamping.ts';
import { headerIn, readBlock } from './wire.ts';
import { readZip } from './zip.ts';

/** What a container proves. */
export interface Proved {
  kind: 'request' | 'answer';
  client: string | null;
  service: string | null;
  id: string | null;
  requestId: string | null;
  signedBy: string;
  stampedAt: Date;
  /** SHA-256 over the root to which the signature's certificate leads, hex: compare it with the one that you know. */
  signerRoot: string;
  stampRoot: string;
  /** Whether both lead to one of the roots that were given. */
  isTrusted: boolean | null;
}

const broken = (reason: string): Error => fail('exchange.container-invalid', { reason });
const certificatesIn = (pem: string): Buffer[] => (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((one) => new X509Certificate(one).raw);
const hashOf = (der: ArrayBuffer | Buffer): string => createHash('sha256').update(Buffer.from(der as ArrayBuffer)).digest('hex');

type Parts = ReadonlyMap<string, Buffer>;
const part = (parts: Parts, name: string): Buffer => {
  const found = parts.get(name);
  if (!found) throw broken(`${name} is missing`);
  return found;
};

/** What stands there a second time, for the `openssl` command, must be the same. */
const verifyCopies = (parts: Parts, copies: Readonly<Record<string, Buffer | string>>): void => {
  for (const [name, content] of Object.entries(copies)) if (!part(parts, name).equals(Buffer.from(content))) throw broken(`${name} is not what the signature holds`);
};

/** Certificates that go along must be in the signature too; a root, which nothing contains, is judged by what leads to it. */
const verifyAlong = (parts: Parts, name: string, certificates: readonly Buffer[]): Buffer[] => {
  const text = part(parts, name).toString();
  const along = certificatesIn(text);
  if (text !== along.map(pemOf).join('')) throw broken(`${name} holds other than certificates`);
  for (const one of along) {
    const { subject, issuer } = new X509Certificate(one);
    if (subject !== issuer && !certificates.some((known) => known.equals(one))) throw broken(`${name} holds a certificate that the signature does not`);
  }
  return along;
};

const stepsIn = (parts: Parts): Step[] => {
  const steps: Step[] = [];
  for (;;) {
    const side = (['left', 'right'] as const).find((one) => parts.has(stepName(steps.length, { side: one })));
    if (!side) return steps;
    steps.push({ side, hash: part(parts, stepName(steps.length, { side })) });
  }
};

/** The batch as its text tells of it; its own text must come out of it again. */
const readBatch = (text: string): { hash: 'sha256' | 'sm3'; root: Buffer } => {
  const [, number, hash, leaves, root, previous] = /^batch:(\d+)\r\nhash:(sha256|sm3)\r\nmessages:(\d+)\r\nroot:([0-9a-f]{64})\r\nprevious:([0-9a-f]{64})\r\n$/.exec(text) ?? [];
  if (number === undefined || root === undefined || previous === undefined) throw broken('stamp/batch.txt is not the text of a batch');
  const read = { number: Number(number), hash: hash as 'sha256' | 'sm3', leaves: Number(leaves), root: Buffer.from(root, 'hex'), previous: Buffer.from(previous, 'hex') };
  if (batchText(read) !== text) throw broken('stamp/batch.txt is not the text of a batch');
  return read;
};

const verifySignature = (parts: Parts): { signature: Buffer; signer: Buffer; certificates: Buffer[] } => {
  const signed = readSigned(part(parts, PARTS.signature));
  if (!signed) throw broken('the signature is no CMS signature by one signer');
  const signer = readSigner(pemOf(signed.signer));
  const body = parts.get(PARTS.body);
  const manifest = manifestOf(signer.suite, { head: contentDigest(signer.suite, part(parts, PARTS.head)), body: body ? contentDigest(signer.suite, body) : null });
  if (!manifest.equals(part(parts, PARTS.manifest))) throw broken('the manifest is not over these files');
  if (!signed.attributes.equals(attributesOver(signer, manifest)) || !holds(signed, manifest)) throw broken('the signature does not hold');
  verifyCopies(parts, { [PROOF_PARTS.signed]: signed.attributes, [PROOF_PARTS.signature]: derSignature(signed.signature), [PROOF_PARTS.signer]: pemOf(signed.signer) });
  return signed;
};

const verifyStamp = (parts: Parts, signature: Buffer): { at: Date; signer: Buffer; certificates: Buffer[] } => {
  const text = part(parts, STAMP_PARTS.batch).toString();
  const { hash, root } = readBatch(text);
  if (!rootBy(hash, leafOf(hash, signature), stepsIn(parts)).equals(root)) throw broken('the way from the signature does not lead to the batch');
  verifyCopies(parts, { [PROOF_PARTS.root]: root });
  const manifest = part(parts, STAMP_PARTS.manifest);
  if (!manifest.equals(stampManifest(text))) throw broken('the stamped manifest is not over this batch');
  const stamp = readStamp(part(parts, STAMP_PARTS.token));
  if (!stamp || !stamp.imprint.equals(intl.digest(manifest).value)) throw broken('the time-stamp does not hold');
  return { at: stamp.at, signer: stamp.signed.signer, certificates: stamp.signed.certificates };
};

/**
 * Judges the container of a message by itself: files, signature, way to the batch, time-stamp, and both certificates up to a root, in force when it was
 * stamped. Whether the roots are those of authorities that one trusts says `trusted` (PEM), or the reader by their hashes. Throws `exchange.container-invalid`.
 */
export const verifyContainer = async (bytes: Buffer, trusted?: string): Promise<Proved> => {
  const parts = readZip(bytes);
  if (!parts || [...parts.keys()][0] !== 'mimetype' || parts.get('mimetype')?.toString() !== MIMETYPE) throw broken('it is no archive of this kind, or was altered');
  const { signature, signer, certificates } = verifySignature(parts);
  const stamp = verifyStamp(parts, signature);
  if (part(parts, 'META-INF/manifest.xml').toString() !== contents([...parts.keys()].slice(1, -1))) throw broken('META-INF/manifest.xml does not list these files');
  const [signerRoot, stampRoot] = await Promise.all([
    rootOfChain(signer, [...certificates, ...verifyAlong(parts, PROOF_PARTS.chain, certificates)], stamp.at), rootOfChain(stamp.signer, [...stamp.certificates, ...verifyAlong(parts, PROOF_PARTS.stampChain, stamp.certificates)], stamp.at),
  ]);
  if (!signerRoot || !stampRoot) throw broken(`the certificate of the ${signerRoot ? 'time-stamp' : 'signature'} leads to no root, or was not in force at ${stamp.at.toISOString()}`);
  const roots = [hashOf(signerRoot.rawData), hashOf(stampRoot.rawData)] as const;
  const known = trusted === undefined ? null : new Set(certificatesIn(trusted).map(hashOf));
  const block = part(parts, PARTS.head).toString();
  const kind = /^\d{3}\r\n/.test(block) ? 'answer' : 'request';
  const headers = readBlock(block, kind === 'answer' ? 1 : 2)?.headers ?? [];
  return {
    kind, client: headerIn(headers, 'x-road-client') ?? null, service: kind === 'answer' ? (headerIn(headers, 'x-road-service') ?? null) : (block.split('\r\n')[1] ?? null), id: headerIn(headers, 'x-road-id') ?? null, requestId: headerIn(headers, 'x-road-request-id') ?? null,
    signedBy: new X509Certificate(signer).subject.replaceAll('\n', ', '), stampedAt: stamp.at, signerRoot: roots[0], stampRoot: roots[1], isTrusted: known === null ? null : roots.every((one) => known.has(one)),
  };
};
