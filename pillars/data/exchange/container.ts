import { X509Certificate } from 'node:crypto';
import { pemOf } from './cms.ts';
import { derSignature } from './der.ts';
import type { Step } from './merkle.ts';
import { attributesOver, cmsOf, contentDigest, manifestOf, PARTS, readSigner } from './signing.ts';
import { batchText, STAMP_PARTS } from './stamping.ts';
import type { BatchRow, FullRecord } from './store-log.ts';
import { entryOf, type Entry } from './zip.ts';

export const MIMETYPE = 'application/vnd.etsi.asic-e+zip';
export const PROOF = 'META-INF/proof/';
/** Beside what the standard asks for: the same once more in the forms that the `openssl` command takes. */
export const PROOF_PARTS = { signed: `${PROOF}signed.der`, signature: `${PROOF}signature.der`, signer: `${PROOF}signer.pem`, chain: `${PROOF}chain.pem`, stampChain: `${PROOF}stamp-chain.pem`, root: `${PROOF}root.bin` } as const;

/** What a container is made of. */
export interface ContainerParts {
  record: FullRecord;
  /** Opens the body; not asked where there is none. */
  body(): Promise<AsyncIterable<Buffer>>;
  signer: { certificate: string; chain: string };
  batch: BatchRow;
  steps: readonly Step[];
  /** Certificates of the authority that stamped, PEM. */
  stampChain: string;
}

const TYPES: Readonly<Record<string, string>> = { xml: 'text/xml', txt: 'text/plain', p7s: 'application/pkcs7-signature', tst: 'application/vnd.etsi.timestamp-token' };

/** META-INF/manifest.xml of OpenDocument, which ETSI EN 319 162-1 §4.4 allows beside its own. */
export const contents = (names: readonly string[]): string => [
  '<?xml version="1.0" encoding="UTF-8"?>', '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">',
  `<manifest:file-entry manifest:full-path="/" manifest:media-type="${MIMETYPE}"/>`,
  ...names.map((name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="${TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'}"/>`), '</manifest:manifest>', '',
].join('\n');

const certificatesIn = (pem: string): Buffer[] => (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((one) => new X509Certificate(one).raw);
/** PEM written in one way alone, however it was given. */
const tidy = (pem: string): string => certificatesIn(pem).map(pemOf).join('');

/** Place of a step, so that the files in order of their names lead from the leaf to the root. */
export const stepName = (place: number, { side }: Pick<Step, 'side'>): string => `${PROOF}path/${String(place + 1).padStart(2, '0')}.${side}`;

/**
 * The signed container of one message (ASiC-E with CAdES and a time assertion, ETSI EN 319 162-1 §4.4): `mimetype` first and stored, the header block,
 * the body, the manifest that was signed with its signature, the batch that was stamped with its token, and the way from the signature to the batch.
 */
export const containerOf = ({ record, body, signer: { certificate, chain }, batch, steps, stampChain }: ContainerParts): Entry[] => {
  const signer = readSigner(certificate);
  const manifest = manifestOf(signer.suite, { head: contentDigest(signer.suite, record.block), body: record.body_digest });
  const files = [
    entryOf(PARTS.head, record.block), ...(record.body_size > 0 ? [{ name: PARTS.body, size: record.body_size, open: body }] : []), entryOf(STAMP_PARTS.batch, batchText(batch)),
    entryOf(PARTS.manifest, manifest), entryOf(PARTS.signature, cmsOf(signer, manifest, record.signature, certificatesIn(chain))), entryOf(STAMP_PARTS.manifest, batch.manifest), entryOf(STAMP_PARTS.token, batch.token),
    entryOf(PROOF_PARTS.signed, attributesOver(signer, manifest)), entryOf(PROOF_PARTS.signature, derSignature(record.signature)), entryOf(PROOF_PARTS.signer, pemOf(signer.der)), entryOf(PROOF_PARTS.chain, tidy(chain)), entryOf(PROOF_PARTS.stampChain, tidy(stampChain)),
    ...steps.map((step, place) => entryOf(stepName(place, step), step.hash)), entryOf(PROOF_PARTS.root, batch.root),
  ];
  return [entryOf('mimetype', MIMETYPE), ...files, entryOf('META-INF/manifest.xml', contents(files.map(({ name }) => name)))];
};
