import { Transform, type Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { common, type Issue } from '@zhengwu/errors';
import { formatSize } from '@zhengwu/i18n';

const DEEPEST = 64;
const UNKEEPABLE = /\\u(?:0000|d[89a-f])/i;

const isDeeperThan = (text: string, limit: number): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 92) i++;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 91 || c === 123) {
      if (++depth > limit) return true;
    } else if (c === 93 || c === 125) depth--;
  }
  return false;
};

const isKept = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const findUnkeepable = (value: unknown, path: string): Issue[] => {
  if (typeof value === 'string') return isKept(value) ? [] : [{ path, code: 'field.character' }];
  if (Array.isArray(value)) return value.flatMap((one, i) => findUnkeepable(one, `${path}/${i}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (isKept(key) ? findUnkeepable(one, `${path}/${key}`) : [{ path, code: 'field.character' }]));
};

/** Refuses JSON that nests too deep to be stored, before it is parsed. */
export const refuseDeepJson = (text: string): void => {
  if (text.length > DEEPEST && isDeeperThan(text, DEEPEST)) throw common('request.malformed');
};

/** Refuses texts that PostgreSQL cannot hold (NUL, half a surrogate pair), naming the fields. */
export const refuseUnkeepable = (text: string, parsed: unknown): void => {
  if (!UNKEEPABLE.test(text)) return;
  const issues = findUnkeepable(parsed, '/body');
  if (issues.length > 0) throw common('request.invalid', {}, { issues });
};

/** The error of a body over `limit` bytes. */
export const tooLarge = (limit: number): Error => common('request.too-large', { limit: formatSize(limit, 'en') }, { extra: { limit } });

/** Passes a body through and fails at the first byte over `limit`. */
export const limitBody = (source: Readable, limit: number): Readable => {
  let seen = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length;
      done(seen > limit ? tooLarge(limit) : null, chunk);
    },
  });
  source.once('error', (error) => limited.destroy(error));
  source.once('aborted', () => limited.destroy(common('request.timeout')));
  return source.pipe(limited);
};

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)]));
};

/** sha256 (hex) of a JSON value, the same for any order of keys. */
export const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(canonical(value)) ?? '').digest('hex');
