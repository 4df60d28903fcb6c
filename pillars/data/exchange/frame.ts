import { randomUUID } from 'node:crypto';
import { Fault } from './faults.ts';

/** What goes before the body between two nodes. */
export interface Envelope {
  kind: 'request' | 'answer';
  /** The header block that is signed. */
  block: string;
  hasBody: boolean;
  /** JWS name of the signature's algorithm. */
  algorithm: string;
  /** SHA-256 of the certificate, hex. */
  certificate: string;
  /** r‖s, base64url. */
  signature: string;
}

/** In place of an answer. */
export interface Refusal {
  kind: 'fault';
  type: string;
  message: string;
  detail: string;
}

const LONGEST = 262_144;
export const FRAME_TYPE = 'application/vnd.zhengwu.exchange';

/** Length in four bytes, then JSON; the body follows as it is. */
export const writeFrame = (frame: Envelope | Refusal): Buffer => {
  const json = Buffer.from(JSON.stringify(frame));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json]);
};

const malformed = (): Fault => new Fault('Server.ServerProxy.MalformedMessage', 'what the other node sent is no message of the exchange', randomUUID());

const isText = (...values: unknown[]): boolean => values.every((value) => typeof value === 'string');

const parse = (json: Buffer): Envelope | Refusal => {
  let found: Partial<Record<keyof Envelope | keyof Refusal, unknown>>;
  try {
    found = JSON.parse(json.toString()) as typeof found;
  } catch {
    throw malformed();
  }
  const { kind, block, hasBody, algorithm, certificate, signature, type, message, detail } = found;
  if (kind === 'fault' && isText(type, message, detail)) return { kind, type: type as string, message: message as string, detail: detail as string };
  if ((kind !== 'request' && kind !== 'answer') || typeof hasBody !== 'boolean' || !isText(block, algorithm, certificate, signature)) throw malformed();
  return { kind, hasBody, block: block as string, algorithm: algorithm as string, certificate: certificate as string, signature: signature as string };
};

/** Reads the envelope from a stream and answers what follows it. Throws `Server.ServerProxy.MalformedMessage`. */
export const readFrame = async (source: AsyncIterable<Buffer>): Promise<{ frame: Envelope | Refusal; rest: AsyncIterable<Buffer> }> => {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const fill = async (length: number): Promise<void> => {
    while (held.length < length) {
      const { done, value } = await iterator.next();
      if (done) throw malformed();
      held = held.length === 0 ? value : Buffer.concat([held, value]);
    }
  };
  await fill(4);
  const length = held.readUInt32BE(0);
  if (length > LONGEST) throw malformed();
  await fill(4 + length);
  const frame = parse(held.subarray(4, 4 + length));
  const after = held.subarray(4 + length);
  const rest = async function* (): AsyncGenerator<Buffer> {
    if (after.length > 0) yield after;
    for (let one = await iterator.next(); !one.done; one = await iterator.next()) yield one.value;
  };
  return { frame, rest: rest() };
};
