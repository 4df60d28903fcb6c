/** One element of the Basic Encoding Rules as RFC 4511 §5.1 restricts them: one byte of tag, definite length. */
export interface Element {
  tag: number;
  body: Buffer;
}

/** What arrived is no BER, or more than is taken. */
export class BerError extends Error {}

const LONG = 0x80;
const MOST_LENGTH_BYTES = 4;

/** Where the body of the element at `at` begins and ends; null while its header is not there whole. */
const extent = (buffer: Buffer, at: number): { from: number; to: number } | null => {
  const first = buffer[at + 1];
  if (first === undefined) return null;
  if (first < LONG) return { from: at + 2, to: at + 2 + first };
  const count = first - LONG;
  if (count === 0 || count > MOST_LENGTH_BYTES) throw new BerError('indefinite or oversized length');
  if (buffer.length < at + 2 + count) return null;
  const from = at + 2 + count;
  return { from, to: from + buffer.readUIntBE(at + 2, count) };
};

/** How many bytes the message at the head of `buffer` has; null while that is not known. Throws `BerError` beyond `most`, and for what is no sequence. */
export const sizeOf = (buffer: Buffer, most: number): number | null => {
  if (buffer.length > 0 && buffer[0] !== SEQUENCE) throw new BerError('no LDAP message');
  const found = extent(buffer, 0);
  if (found && found.to > most) throw new BerError('message too large');
  return found?.to ?? null;
};

/** The elements of which a body consists. */
export const elementsOf = (body: Buffer): Element[] => {
  const elements: Element[] = [];
  for (let at = 0; at < body.length;) {
    const found = extent(body, at);
    if (!found || found.to > body.length) throw new BerError('truncated element');
    elements.push({ tag: body[at] as number, body: body.subarray(found.from, found.to) });
    at = found.to;
  }
  return elements;
};

/** A whole number from 0 to 2³¹ − 1 (RFC 4511 §4.1.1). */
export const numberOf = ({ body }: Element): number => {
  if (body.length === 0 || body.length > 4) throw new BerError('number out of range');
  const value = body.readIntBE(0, body.length);
  if (value < 0) throw new BerError('number out of range');
  return value;
};

const utf8 = new TextDecoder('utf-8', { fatal: true });
export const textOf = ({ body }: Element): string => {
  try {
    return utf8.decode(body);
  } catch {
    throw new BerError('text is not UTF-8');
  }
};

const lengthOf = (length: number): Buffer => {
  if (length < LONG) return Buffer.from([length]);
  const count = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const bytes = Buffer.alloc(count + 1, LONG + count);
  bytes.writeUIntBE(length, 1, count);
  return bytes;
};

/** Encodes one element from its parts. */
export const element = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
};

export const INTEGER = 0x02;
export const OCTETS = 0x04;
export const ENUMERATED = 0x0a;
export const SEQUENCE = 0x30;
export const SET = 0x31;

export const text = (value: string | Buffer, tag: number = OCTETS): Buffer => element(tag, Buffer.from(value as string));
export const number = (value: number, tag: number = INTEGER): Buffer => {
  const bytes = Buffer.alloc(5);
  bytes.writeUIntBE(value, 0, 5);
  let from = 0;
  while (from < 4 && bytes[from] === 0 && (bytes[from + 1] as number) < LONG) from += 1;
  return element(tag, bytes.subarray(from));
};
