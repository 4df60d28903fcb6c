import { randomUUID } from 'node:crypto';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { Fault } from './faults.ts';
import { FRAME_TYPE, readFrame, writeFrame, type Envelope, type Refusal } from './frame.ts';
import type { Identity } from './identity.ts';
import type { ServiceRow } from './store.ts';
import type { Peer } from './view.ts';
import { pairs, type Headers } from './wire.ts';

export type Bytes = Buffer | Readable | null;

/** Where messages leave this node: to other nodes, and to the information systems behind it. */
export interface Outgoing {
  /** Sends a message to another node; its envelope and what follows it. Throws `NotSent` where the connection broke: the same message may be sent again. */
  toNode(peer: Peer, envelope: Envelope, body: Bytes, seconds: number): Promise<{ frame: Envelope | Refusal; rest: AsyncIterable<Buffer> }>;
  /** A question to another node about what it logged; its JSON. */
  askNode(peer: Peer, path: string): Promise<unknown>;
  /** Calls a registered service, and no other address. Throws `Server.ServerProxy.ServiceFailed…`. */
  toService(service: ServiceRow, call: { method: string; path: string; query: string; headers: Headers }, body: Bytes, size: number | null): Promise<{ status: number; headers: Headers; body: AsyncIterable<Buffer> }>;
  close(): void;
}

/** The connection to a node was not made, or broke before its answer was whole. */
export class NotSent extends Error {}

const end = (sending: ClientRequest, body: Bytes): void => {
  if (body === null || Buffer.isBuffer(body)) return void sending.end(body ?? undefined);
  body.on('error', (error) => sending.destroy(error));
  body.pipe(sending);
};

const answered = (sending: ClientRequest, body: Bytes, seconds: number): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  sending.on('response', resolve).on('error', reject);
  sending.setTimeout(seconds * 1000, () => sending.destroy(Object.assign(new Error(`no answer within ${seconds} seconds`), { code: 'ETIMEDOUT' })));
  end(sending, body);
});

const TLS = { minVersion: 'TLSv1.2' as const, keepAlive: true, maxSockets: 256, scheduling: 'lifo' as const };

/** A connection to each peer by its own rules: its listener must chain to what the membership document says of it, and bear the name of its address. */
const openAgents = ({ tls }: Identity): { of(peer: Peer): https.Agent; close(): void } => {
  const agents = new Map<string, https.Agent>();
  return {
    of: (peer) => {
      const key = `${peer.id} ${peer.address} ${peer.tls.ca}`;
      const known = agents.get(key) ?? new https.Agent({ ...TLS, ca: peer.tls.ca, cert: tls.certificate, key: tls.key });
      agents.set(key, known);
      return known;
    },
    close: () => agents.forEach((agent) => agent.destroy()),
  };
};

/** No answer of a node about its log is longer. */
const MOST_JSON = 1_000_000;
const jsonOf = async (source: AsyncIterable<Buffer>): Promise<unknown> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > MOST_JSON) throw new NotSent('the answer is too long');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString());
};

/** What breaks while the body of an answer comes is the connection's fault too. */
const guarded = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (cause) {
    throw new NotSent('the connection to the other node broke', { cause });
  }
};

const serviceFailed = (type: string, message: string, cause?: unknown): Fault => new Fault(`Server.ServerProxy.ServiceFailed${type}`, message, randomUUID(), cause);

export const openOutgoing = (identity: Identity): Outgoing => {
  const agents = openAgents(identity);
  const [plain, secure] = [new http.Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' }), new Map<string, https.Agent>()];
  const agentFor = ({ subsystem, code, ca }: ServiceRow): https.Agent => {
    const key = `${subsystem} ${code} ${ca ?? ''}`;
    const made = secure.get(key) ?? new https.Agent({ ...TLS, cert: identity.tls.certificate, key: identity.tls.key, ...(ca === null ? {} : { ca }) });
    secure.set(key, made);
    return made;
  };
  return {
    toNode: async (peer, envelope, body, seconds) => {
      const frame = writeFrame(envelope);
      const sending = https.request(`${peer.address}/exchange/v1/messages`, { method: 'POST', agent: agents.of(peer), headers: { 'content-type': FRAME_TYPE, ...(body === null || Buffer.isBuffer(body) ? { 'content-length': frame.length + (body?.length ?? 0) } : {}) } });
      sending.write(frame);
      try {
        return await readFrame(guarded(await answered(sending, body, seconds)));
      } catch (cause) {
        if (cause instanceof Fault) throw cause;
        throw new NotSent(cause instanceof Error ? cause.message : String(cause), { cause });
      }
    },
    askNode: async (peer, path) => {
      const answer = await answered(https.request(peer.address + path, { agent: agents.of(peer) }), null, 5);
      if (answer.statusCode !== 200) throw new NotSent(`the node ${peer.id} answered ${answer.statusCode ?? 0}`);
      return jsonOf(answer);
    },
    toService: async (service, { method, path, query, headers }, body, size) => {
      const base = new URL(service.address);
      const target = base.pathname.replace(/\/$/, '') + (path === '' && base.pathname !== '/' ? '' : path || '/') + (query === '' ? base.search : `?${query}`);
      const flat = [...headers.flat(), 'Host', base.host, ...(size === null || body === null ? [] : ['Content-Length', String(size)])];
      const options = { method, host: base.hostname.replace(/^\[|\]$/g, ''), port: base.port, path: target, headers: flat, setHost: false };
      try {
        const sending = base.protocol === 'https:' ? https.request({ ...options, agent: agentFor(service) }) : http.request({ ...options, agent: plain });
        const answer = await answered(sending, body, service.timeout_seconds);
        return { status: answer.statusCode ?? 0, headers: pairs(answer.rawHeaders), body: answer };
      } catch (cause) {
        if (cause instanceof Fault) throw cause;
        const isLate = cause instanceof Error && 'code' in cause && cause.code === 'ETIMEDOUT';
        throw serviceFailed(isLate ? '.Timeout' : '.NetworkError', `the service ${service.code} could not be reached: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
      }
    },
    close: () => {
      agents.close();
      plain.destroy();
      for (const agent of secure.values()) agent.destroy();
    },
  };
};
