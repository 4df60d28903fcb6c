import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Fault } from './faults.ts';
import type { Envelope } from './frame.ts';
import { writeService } from './identifiers.ts';
import { answerMetadata, isMetadata } from './metadata.ts';
import { recordOf, signMessage, verifyMessage } from './message.ts';
import { spoolRules, type Node } from './node.ts';
import { readReceived, type Received } from './received.ts';
import { localGroupsOf, serviceKey, type ProvidedAnswer, type Registered } from './registry.ts';
import { isAllowed } from './rights.ts';
import { national } from './signing.ts';
import { spool, unspool, type Body } from './spool.ts';
import * as log from './store-log.ts';
import type { Peer, View } from './view.ts';
import { answerBlock, answerHeaders, headerIn, requestHash, type Headers } from './wire.ts';

/** A signed answer. */
export interface SignedAnswer {
  envelope: Envelope;
  body: Body | null;
}

export interface Provider {
  /** Verifies, judges, logs, calls the service, logs and signs its answer. Throws the fault that the consumer's node is told. */
  receive(peer: Peer, envelope: Envelope, rest: AsyncIterable<Buffer>): Promise<SignedAnswer>;
  /** The same for a body that this node holds already. */
  accept(peer: Peer, envelope: Envelope, body: Body | null): Promise<SignedAnswer>;
}

const fault = (type: string, message: string): Fault => new Fault(`Server.ServerProxy.${type}`, message, randomUUID());
const checkWay = (node: Node, view: View, peer: Peer, { client, member, provider, server }: Received): void => {
  if (!view.isKnown(client) || (client === member ? !peer.signing.some((one) => one.member === member) : !peer.subsystems.includes(client))) throw fault('InvalidClientIdentifier', `${client} is not a client of the node ${peer.id}`);
  const own = node.identity.settings.server;
  if (server !== null && server !== own) throw fault('InvalidSecurityServer', `the message is for ${server}, and this is ${own}`);
  if (!view.server(own)?.subsystems.includes(provider)) throw fault('UnknownService', `${provider} is not served here`);
};

const checkRight = (registered: Registered, view: View, call: Received, now: Date): void => {
  const asking = { client: call.client, groups: view.groupsOf(call.client), localGroups: localGroupsOf(registered, call.provider, call.client), provider: call.provider, service: call.service.service, method: call.method, path: call.path };
  if (!isAllowed(registered.rights, asking, now)) throw fault('AccessDenied', `${call.client} has no right to call ${call.method} ${writeService(call.service)}${call.path}`);
};

interface Reply {
  status: number;
  headers: Headers;
  body: AsyncIterable<Buffer>;
}

const readableOf = (body: ProvidedAnswer['body']): Readable => (body === undefined ? Readable.from([]) : body instanceof Readable ? body : Readable.from([Buffer.from(body)]));

/** Answers of modules that throw are failures of the service, as when a system behind the node breaks. */
const callProvided = async (node: Node, call: Received, body: Body | null): Promise<Reply | undefined> => {
  const provided = node.registry.provided.get(call.service.service);
  if (!provided || (provided.subsystem !== undefined && provided.subsystem !== call.provider)) return undefined;
  const { files } = node.site;
  const open = async (): Promise<Readable> => readableOf(body === null ? undefined : await unspool(files, body));
  const read = async (): Promise<Buffer> => (body === null ? Buffer.alloc(0) : (body.content ?? files.read(body.file as string)));
  try {
    const { status, headers = [], body: answer } = await provided.handle({ ...call, query: new URLSearchParams(call.query), open, read });
    return { status, headers, body: readableOf(answer) };
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const detail = randomUUID();
    node.site.log.error({ err: cause, detail, service: call.service.service }, 'a service of this site failed');
    throw new Fault('Server.ServerProxy.ServiceFailed.InternalError', 'the service failed', detail, cause);
  }
};

const callService = async (node: Node, registered: Registered, call: Received, body: Body | null): Promise<Reply> => {
  const own = await callProvided(node, call, body);
  if (own) return own;
  const row = registered.services.get(serviceKey(call.provider, call.service.service));
  if (!row) throw fault('UnknownService', `there is no service ${writeService(call.service)}`);
  if (!row.is_on) throw fault('ServiceDisabled', `the service ${writeService(call.service)} is switched off`);
  return node.outgoing.toService(row, call, body === null ? null : await unspool(node.site.files, body), body?.size ?? null);
};

const signAnswer = async (node: Node, call: Received, envelope: Envelope, requestBody: Body | null, reply: Reply): Promise<SignedAnswer> => {
  const body = await spool(reply.body, spoolRules(node)).catch((cause: unknown) => {
    throw cause instanceof Fault ? fault('ServiceFailed.TooLarge', cause.message) : new Fault('Server.ServerProxy.ServiceFailed.NetworkError', 'the answer of the service broke off', randomUUID(), cause);
  });
  const hash = requestHash(envelope.block, requestBody?.sha512 ?? null);
  const block = answerBlock(reply.status, answerHeaders(reply.headers, { client: call.client, service: writeService(call.service), id: call.id, requestId: call.requestId, hash }));
  return { envelope: await signMessage(node.identity, 'answer', block, body), body };
};

/** The answer that was logged for a message that comes a second time: the same message again is answered the same, and does nothing again. */
const answeredBefore = async (node: Node, envelope: Envelope, { requestId }: Received): Promise<SignedAnswer> => {
  const { database } = node.site;
  const records = await database.as(database.system, (tx) => log.recordsOf(tx, requestId), { readOnly: true });
  const [request, answer] = ['request', 'answer'].map((kind) => records.find((row) => row.role === 'provider' && row.kind === kind));
  if (!request?.signature.equals(Buffer.from(envelope.signature, 'base64url'))) throw fault('DuplicateMessage', `another message had the request id ${requestId}`);
  if (!answer) throw fault('Interrupted', `the message ${requestId} was taken, and its answer got lost when this node stopped; it is not carried out a second time. Ask the service what became of it`);
  const { block, algorithm, signer, signature, body: content, body_file: file, body_size: size } = answer;
  const body = size === 0 ? null : { size, sha512: Buffer.alloc(0), sm3: null, content, file };
  return { envelope: { kind: 'answer', block, hasBody: body !== null, algorithm, certificate: signer, signature: signature.toString('base64url') }, body };
};

interface Taken {
  call: Received;
  view: View;
  registered: Registered;
  body: Body | null;
}

const admit = async (node: Node, peer: Peer, envelope: Envelope, body: Body | null): Promise<Taken & { signer: log.SignerRow }> => {
  const { site: { clock }, holding, stamping, trust, registry } = node;
  const view = holding.view();
  stamping.guard();
  const call = readReceived(envelope);
  checkWay(node, view, peer, call);
  const signer = await verifyMessage(trust, view, peer, call.member, envelope, body, clock.now());
  const registered = await registry.current();
  if (!isMetadata(call.service.service)) checkRight(registered, view, call, clock.now());
  return { call, view, registered, body, signer };
};

const carryOut = async (node: Node, envelope: Envelope, { call, view, registered, body }: Taken, times: { out: Date | null; in: Date | null }): Promise<SignedAnswer> => {
  const { clock } = node.site;
  times.out = clock.now();
  const reply = isMetadata(call.service.service) ? answerMetadata(node, view, registered, call) : await callService(node, registered, call, body);
  times.in = clock.now();
  const answer = await signAnswer(node, call, envelope, body, reply);
  const { signing, authority } = node.identity;
  await node.writer.record(recordOf(answer.envelope, answer.body, call.requestId, 'provider', clock.now(), signing.signer.suite === national), { fingerprint: signing.signer.fingerprint, certificate: signing.certificate, chain: authority.chain });
  return answer;
};

/** The provider's role of a node. */
export const openProvider = (node: Node): Provider => {
  const { site: { clock, log: told }, writer } = node;
  /** Messages in hand, so that one that comes twice at a time is carried out once. */
  const inHand = new Map<string, { signature: string; answer: Promise<SignedAnswer> }>();

  const monitor = (peer: Peer, call: Received, began: Date, times: { out: Date | null; in: Date | null }, body: Body | null, end: { answer?: SignedAnswer; error?: unknown }): void => {
    const error = end.error instanceof Fault ? end.error : end.error === undefined ? undefined : new Fault('Server.ServerProxy.InternalError', 'internal error', randomUUID(), end.error);
    const status = end.answer ? Number(end.answer.envelope.block.slice(0, 3)) : null;
    void writer.call({
      request: call.requestId, role: 'provider', message: call.id, client: call.client, service: writeService(call.service), method: call.method, path: call.path, peer: peer.id, issue: headerIn(call.headers, 'x-road-issue') ?? null,
      request_in: began, request_out: times.out, answer_in: times.in, answer_out: clock.now(), request_size: body?.size ?? 0, answer_size: end.answer?.body?.size ?? 0, status,
      succeeded: status !== null && status < 500, fault: error?.type ?? null, fault_message: error?.message ?? null,
    }).catch((cause: unknown) => told.error({ err: cause }, 'what became of a message was not noted'));
  };

  const process = async (peer: Peer, envelope: Envelope, taken: Taken & { signer: log.SignerRow }, began: Date): Promise<SignedAnswer> => {
    const { call, body } = taken;
    const times = { out: null, in: null };
    const isNew = await writer.record(recordOf(envelope, body, call.requestId, 'provider', clock.now(), envelope.algorithm === national.crypto.signatureAlgorithm), taken.signer);
    if (!isNew) return answeredBefore(node, envelope, call);
    try {
      const answer = await carryOut(node, envelope, taken, times);
      monitor(peer, call, began, times, body, { answer });
      return answer;
    } catch (error) {
      monitor(peer, call, began, times, body, { error });
      throw error;
    }
  };

  const accept: Provider['accept'] = async (peer, envelope, body) => {
    const began = clock.now();
    const taken = await admit(node, peer, envelope, body).catch((error: unknown) => {
      // What is refused at the door is noted, not logged: nothing of it was passed on.
      try {
        monitor(peer, { ...readReceived(envelope), requestId: randomUUID() }, began, { out: null, in: null }, body, { error });
      } catch {
        told.warn({ peer: peer.id }, 'a message that is none was refused');
      }
      throw error;
    });
    const known = inHand.get(taken.call.requestId);
    if (known) {
      if (known.signature !== envelope.signature) throw fault('DuplicateMessage', `another message had the request id ${taken.call.requestId}`);
      return known.answer;
    }
    const answer = process(peer, envelope, taken, began).finally(() => inHand.delete(taken.call.requestId));
    inHand.set(taken.call.requestId, { signature: envelope.signature, answer });
    return answer;
  };
  return { accept, receive: async (peer, envelope, rest) => accept(peer, envelope, await spool(rest, spoolRules(node, envelope.algorithm))) };
};
