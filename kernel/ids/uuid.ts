import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(4096);
let at = pool.length;
let lastMs = -1;
let counter = 0;

const randomBytes = (count: number): Uint8Array => {
  if (at + count > pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  at += count;
  return pool.subarray(at - count, at);
};

/** Milliseconds and a 12-bit counter that together never go back, even where the machine's clock does. */
const nextTick = (now: number): void => {
  if (now > lastMs) {
    lastMs = now;
    const [high = 0, low = 0] = randomBytes(2);
    counter = ((high << 8) | low) & 0x7ff;
    return;
  }
  counter += 1;
  if (counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
};

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A UUID version 7 (RFC 9562): sorts by creation, strictly rising inside one process (§6.2 method 1).
 * `now` is in ms since 1970.
 */
export const uuidv7 = (now: number = Date.now()): string => {
  nextTick(Math.floor(now));
  const time = lastMs.toString(16).padStart(12, '0');
  const count = counter.toString(16).padStart(3, '0');
  const tail = randomBytes(8);
  let random = hex[((tail[0] ?? 0) & 0x3f) | 0x80] ?? '';
  for (let i = 1; i < 8; i++) random += hex[tail[i] ?? 0];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a lower-case UUID of any version. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** The instant in a UUIDv7; undefined for other text. */
export const uuidTime = (id: string): Date | undefined =>
  isUuid(id) && id[14] === '7' ? new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : undefined;
