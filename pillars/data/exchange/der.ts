/** The little of DER (X.690) that signatures and their containers are made of. */
export const tlv = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const hex = content.length.toString(16);
  const octets = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.length]), octets, content]);
};
export const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);
export const set = (...parts: readonly Buffer[]): Buffer => tlv(0x31, ...[...parts].sort(Buffer.compare));
export const octets = (bytes: Buffer): Buffer => tlv(0x04, bytes);

/** A non-negative number of any size, from its bytes. */
export const integer = (bytes: Buffer): Buffer => {
  const start = bytes.findIndex((byte) => byte !== 0);
  const shortest = start < 0 ? Buffer.from([0]) : bytes.subarray(start);
  return tlv(0x02, (shortest[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
};

const base128 = (value: bigint): number[] => {
  const digits = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) digits.unshift(Number(rest & 0x7fn) | 0x80);
  return digits;
};
export const oid = (dotted: string): Buffer => {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  return tlv(0x06, Buffer.from([first * 40n + second, ...rest].flatMap(base128)));
};

export interface Element {
  tag: number;
  content: Buffer;
  /** With tag and length. */
  whole: Buffer;
}

/** The elements that stand one after another in these bytes. Throws for what is no DER. */
export const elements = (bytes: Buffer): Element[] => {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const [tag, short] = [bytes[at], bytes[at + 1]];
    if (tag === undefined || short === undefined || short === 0x80 || short > 0x84) throw new Error('no DER');
    const more = short < 0x80 ? 0 : short & 0x7f;
    const length = more === 0 ? short : bytes.readUIntBE(at + 2, more);
    const start = at + 2 + more;
    if (start + length > bytes.length) throw new Error('DER is cut off');
    found.push({ tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) });
    at = start + length;
  }
  return found;
};

/** What is inside the element at this place. */
export const within = (bytes: Buffer, ...places: readonly number[]): Buffer => places.reduce((inner, place) => {
  const found = elements(inner)[place];
  if (!found) throw new Error('DER lacks an element');
  return found.content;
}, bytes);

const HALF = 32;
/** A raw signature (r‖s, 64 bytes) as the SEQUENCE of two INTEGER that OpenSSL takes (RFC 3279 §2.2.3, GM/T 0009 §7.3). */
export const derSignature = (raw: Buffer): Buffer => sequence(integer(raw.subarray(0, HALF)), integer(raw.subarray(HALF)));

/** The same back; undefined for what is none. */
export const rawSignature = (der: Buffer): Buffer | undefined => {
  try {
    const halves = elements(within(der, 0)).map(({ content }) => content.subarray(Math.max(0, content.length - HALF)));
    return halves.length === 2 ? Buffer.concat(halves.map((half) => Buffer.concat([Buffer.alloc(HALF - half.length), half]))) : undefined;
  } catch {
    return undefined;
  }
};

/** Issuer and serial number of a certificate (RFC 5652 §10.2.4), as they stand in it. */
export const issuerAndSerial = (certificate: Buffer): Buffer => {
  const [, serial, , issuer] = elements(within(certificate, 0, 0));
  if (!serial || !issuer) throw new Error('no certificate');
  return sequence(issuer.whole, serial.whole);
};
