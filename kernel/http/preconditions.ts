import { hash } from 'node:crypto';
import { common } from '@zhengwu/errors';

/** Strong ETag of a row's version. */
export const etagOf = (version: string | number): string => `"${version}"`;

/** Below this length a sum is cheaper than a cryptographic hash. */
const SHORT = 1400;

/** Two 32-bit multiply-and-rotate sums over a text: 64 bits that tell one short answer from the next. */
const sumOf = (text: string): string => {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
    a = (a << 13) | (a >>> 19);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}.${text.length.toString(36)}`;
};

/** Weak ETag of a body as sent. */
export const bodyTag = (body: string | Buffer): string => `W/"${typeof body === 'string' && body.length < SHORT ? sumOf(body) : hash('sha1', body, 'base64url')}"`;

const tagsOf = (header: string): string[] => header.match(/(?:W\/)?"[^"]*"/g) ?? [];
const opaque = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);

/** If-None-Match by weak comparison (RFC 9110 §13.1.2). */
export const isUnchanged = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === '*' || tagsOf(ifNoneMatch).some((t) => opaque(t) === opaque(tag)));

/**
 * If-Match by strong comparison (RFC 9110 §13.1.1) against the row's present version.
 * Throws `precondition.required` without the header and `precondition.failed` when the version has moved on.
 */
export const checkMatch = (ifMatch: string | undefined, version: string | number): void => {
  if (ifMatch === undefined) throw common('precondition.required');
  if (ifMatch.trim() !== '*' && !tagsOf(ifMatch).includes(etagOf(version))) throw common('precondition.failed');
};

const KEY = /^[A-Za-z0-9_.:-]{8,128}$/;

/** The submission key of a request, quotes removed; undefined where it is absent or malformed. */
export const idempotencyKeyOf = (header: string | string[] | undefined): string | undefined => {
  const key = typeof header === 'string' ? header.trim().replace(/^"(.*)"$/, '$1') : undefined;
  return key !== undefined && KEY.test(key) ? key : undefined;
};
