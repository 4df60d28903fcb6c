import { randomUUID } from 'node:crypto';
import { uuidv7 } from '@zhengwu/ids';
import { Fault } from './faults.ts';
import type { Envelope } from './frame.ts';
import type { Identity } from './identity.ts';
import { attributesOver, contentDigest, isSignedBy, manifestOf } from './signing.ts';
import { digestBy, type Body } from './spool.ts';
import type { RecordRow, Role, SignerRow } from './store-log.ts';
import type { Trust } from './trust.ts';
import type { Peer, View } from './view.ts';

/** Signs a message with the member's key, as this node sends it. */
export const signMessage = async ({ signing: { key, signer } }: Identity, kind: Envelope['kind'], block: string, body: Body | null): Promise<Envelope> => {
  const manifest = manifestOf(signer.suite, { head: contentDigest(signer.suite, block), body: digestBy(signer.suite, body) });
  const signature = await key.sign(attributesOver(signer, manifest));
  return { kind, block, hasBody: body !== null, algorithm: signer.suite.crypto.signatureAlgorithm, certificate: signer.fingerprint, signature: signature.toString('base64url') };
};

const invalid = (message: string): Fault => new Fault('Server.ServerProxy.InvalidSignature', message, randomUUID());

/** Checks that a member's key at this server signed the message, by the membership document and the authorities' lists. Throws `Server.ServerProxy.InvalidSignature…`. Answers the certificate for the log. */
export const verifyMessage = async (trust: Trust, view: View, peer: Peer, member: string, envelope: Envelope, body: Body | null, now: Date): Promise<SignerRow> => {
  const known = peer.signers.get(envelope.certificate);
  if (!known || known.member !== member) throw invalid(`the certificate that signed is not one of ${member} at ${peer.id}`);
  const { signer, pem, chain } = known;
  if (envelope.algorithm !== signer.suite.crypto.signatureAlgorithm || envelope.hasBody !== (body !== null)) throw invalid('the signature is of another kind than its certificate');
  await trust.check(pem, view.authorities, now);
  if (!isSignedBy(signer, { head: contentDigest(signer.suite, envelope.block), body: digestBy(signer.suite, body) }, Buffer.from(envelope.signature, 'base64url'))) throw invalid('the signature does not hold');
  return { fingerprint: signer.fingerprint, certificate: pem, chain };
};

/** The message as the log keeps it. */
export const recordOf = (envelope: Envelope, body: Body | null, request: string, role: Role, at: Date, isNational: boolean): RecordRow => ({
  id: uuidv7(), request, kind: envelope.kind, role, at, block: envelope.block, body: body?.content ?? null, body_file: body?.file ?? null, body_size: body?.size ?? 0,
  body_digest: body === null ? null : isNational ? body.sm3 : body.sha512, algorithm: envelope.algorithm, signature: Buffer.from(envelope.signature, 'base64url'), signer: envelope.certificate,
});

/** A fault of a check that both sides share, as the consumer's node tells of it. */
export const atConsumer = (error: unknown): unknown =>
  error instanceof Fault && error.type.startsWith('Server.ServerProxy.') ? new Fault(error.type.replace('ServerProxy', 'ClientProxy'), error.message, error.detail, error) : error;
