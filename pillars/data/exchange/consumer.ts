import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from './faults.ts';
import type { Envelope } from './frame.ts';
import { writeClient, writeMember, writeService } from './identifiers.ts';
import { atConsumer, recordOf, signMessage, verifyMessage } from './message.ts';
import { spoolRules, type Node } from './node.ts';
import { NotSent } from './outgoing.ts';
import type { Provider } from './provider.ts';
import { national } from './signing.ts';
import { spool, unspool, type Body } from './spool.ts';
import type { Peer, View } from './view.ts';
import { headerIn, readBlock, requestBlock, requestHash, type Headers, type Request } from './wire.ts';

/** What the information system gets. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Body | null;
}

/** The consumer's role of a node: signs and logs a request, has the provider's node carry it out, verifies and logs the answer. Throws the fault that the client is told. */
export type Consume = (request: Request, body: Body | null) => Promise<Answer>;

/** Pauses before the same message goes out again after a broken connection; the provider's node carries it out once, however often it comes. */
const AGAIN_MS = [50, 250, 1000];

const fault = (type: string, message: string, cause?: unknown): Fault => new Fault(`Server.ClientProxy.${type}`, message, randomUUID(), cause);

const serversFor = (view: View, { service, server }: Request): readonly Peer[] => {
  const provider = writeClient(service);
  if (!view.isKnown(provider)) throw fault('UnknownMember', `${provider} does not belong to the federation`);
  const wished = server === null ? null : `${server.member}/${encodeURIComponent(server.code)}`;
  const servers = view.serversOf(provider).filter(({ id }) => wished === null || id === wished);
  if (servers.length === 0) throw fault(wished === null ? 'UnknownMember' : 'InvalidSecurityServer', `${provider} is on no node${wished === null ? '' : ` ${wished}`}`);
  return servers;
};

interface Came {
  peer: Peer;
  envelope: Envelope;
  body: Body | null;
}

const sendOnce = async (node: Node, provider: Provider, peer: Peer, envelope: Envelope, body: Body | null): Promise<Came> => {
  if (peer.id === node.identity.settings.server) return { peer, ...(await provider.accept(peer, envelope, body)) };
  const { frame, rest } = await node.outgoing.toNode(peer, envelope, body === null ? null : await unspool(node.site.files, body), node.site.config.exchange.timeoutSeconds);
  if (frame.kind === 'fault') throw new Fault(frame.type, frame.message, frame.detail);
  if (frame.kind !== 'answer') throw fault('MalformedMessage', 'the other node answered with a request');
  return { peer, envelope: frame, body: await spool(rest, spoolRules(node, frame.algorithm)) };
};

const send = async (node: Node, provider: Provider, servers: readonly Peer[], envelope: Envelope, body: Body | null): Promise<Came> => {
  let [targets, last]: [readonly Peer[], unknown] = [servers, undefined];
  for (const ms of [0, ...AGAIN_MS]) {
    if (ms > 0) await pause(ms);
    for (const peer of targets) {
      try {
        return await sendOnce(node, provider, peer, envelope, body);
      } catch (error) {
        if (!(error instanceof NotSent)) throw error;
        last = error;
        // A message that may have been taken goes to the same node again: only that one knows that it has it.
        if (!isRefusedAtDoor(error)) targets = [peer];
        if (targets.length === 1) break;
      }
    }
  }
  throw fault('NetworkError', `the node of the provider could not be reached: ${last instanceof Error ? last.message : String(last)}`, last);
};

/** The connection never came about, so that another node may be tried without the message being carried out twice. */
const isRefusedAtDoor = ({ cause }: NotSent): boolean => cause instanceof Error && 'code' in cause && ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(cause.code));

const readAnswer = (request: Request, block: string, envelope: Envelope, requestBody: Body | null): Pick<Answer, 'status' | 'headers'> => {
  const read = readBlock(envelope.block, 1);
  const status = Number(read?.first[0]);
  if (!read || !Number.isInteger(status) || status < 200 || status > 599) throw fault('MalformedMessage', 'the header block of the answer is malformed');
  const told = { 'x-road-request-hash': requestHash(block, requestBody?.sha512 ?? null), 'x-road-request-id': request.requestId, 'x-road-id': request.id, 'x-road-client': writeClient(request.client), 'x-road-service': writeService(request.service) };
  for (const [name, value] of Object.entries(told)) if (headerIn(read.headers, name) !== value) throw fault('InconsistentResponse', `the answer is not one to this request: ${name}`);
  return { status, headers: read.headers };
};

/** Times and sizes of a message, filled in on its way. */
interface Trip {
  began: Date;
  out: Date | null;
  in: Date | null;
  peer: string | null;
  answer: Answer | null;
}

export const openConsumer = (node: Node, provider: Provider): Consume => {
  const { site: { clock, log }, identity, holding, stamping, trust, writer } = node;
  const own = { fingerprint: identity.signing.signer.fingerprint, certificate: identity.signing.certificate, chain: identity.authority.chain };
  const isNational = (algorithm: string): boolean => algorithm === national.crypto.signatureAlgorithm;

  const note = (request: Request, body: Body | null, trip: Trip, error?: Fault): void => void writer.call({
    request: request.requestId, role: 'consumer', message: request.id, client: writeClient(request.client), service: writeService(request.service), method: request.method, path: request.path, peer: trip.peer, issue: headerIn(request.headers, 'x-road-issue') ?? null,
    request_in: trip.began, request_out: trip.out, answer_in: trip.in, answer_out: clock.now(), request_size: body?.size ?? 0, answer_size: trip.answer?.body?.size ?? 0, status: trip.answer?.status ?? null,
    succeeded: trip.answer !== null && trip.answer.status < 500, fault: error?.type ?? null, fault_message: error?.message ?? null,
  }).catch((cause: unknown) => log.error({ err: cause }, 'what became of a message was not noted'));

  const exchange = async (request: Request, body: Body | null, trip: Trip): Promise<Answer> => {
    const view = holding.view();
    stamping.guard();
    const servers = serversFor(view, request);
    trip.peer = servers[0]?.id ?? null;
    const block = requestBlock(request);
    const envelope = await signMessage(identity, 'request', block, body);
    await writer.record(recordOf(envelope, body, request.requestId, 'consumer', clock.now(), isNational(envelope.algorithm)), own);
    trip.out = clock.now();
    const came = await send(node, provider, servers, envelope, body);
    [trip.in, trip.peer] = [clock.now(), came.peer.id];
    const signer = await verifyMessage(trust, view, came.peer, writeMember(request.service), came.envelope, came.body, clock.now());
    const answer = { ...readAnswer(request, block, came.envelope, body), body: came.body };
    await writer.record(recordOf(came.envelope, came.body, request.requestId, 'consumer', clock.now(), isNational(came.envelope.algorithm)), signer);
    return answer;
  };

  return async (request, body) => {
    const trip: Trip = { began: clock.now(), out: null, in: null, peer: null, answer: null };
    try {
      trip.answer = await exchange(request, body, trip);
      note(request, body, trip);
      return trip.answer;
    } catch (error) {
      const told = error instanceof Fault ? error : fault('InternalError', 'the node failed', error);
      if (!(error instanceof Fault)) log.error({ err: error, detail: told.detail }, 'a message of the exchange failed');
      note(request, body, trip, told);
      throw trip.in === null ? told : atConsumer(told);
    }
  };
};
