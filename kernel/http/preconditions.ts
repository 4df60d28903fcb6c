import { hash } from 'node:crypto';
import { common } from '@zhengwu/errors';

/** Strong ETag of a row's version. */
export const etagOf = (version: string | number): string => `"${version}"`;

/** Weak ETag of a body as sent. */
export const bodyTag = (body: string | Buffer): string => `W/"${hash('sha1', body, 'base64url')}"`;

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
