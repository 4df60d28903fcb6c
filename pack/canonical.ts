import { createHash } from 'node:crypto';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, one]) => [key, sorted(one)]));
};

/** JSON with sorted keys and no undefined: the same pack gives the same bytes on every machine. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));

/** sha256 of the canonical JSON, lower-case hex: the name under which a pack is frozen. */
export const packHash = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
