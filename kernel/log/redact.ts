const CITIZEN_NUMBER = /(?<![0-9A-Za-z])(\d{3})\d{3}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/g;
const MOBILE_NUMBER = /(?<![0-9A-Za-z])(1[3-9]\d)\d{4}(\d{4})(?![0-9A-Za-z])/g;
const CREDENTIALS_IN_URL = /([a-z][a-z0-9+.-]*:\/\/[^:\s/@]*:)[^\s/@]+@/gi;
const SECRET_IN_QUERY = /([?&](?:token|access_token|id_token|code|secret|signature|password|key)=)[^&\s"']+/gi;
const BEARER = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const SECRET_KEY = /(?:password|passphrase|secret|token|authorization|cookie|apikey|privatekey|credential|csrf|citizennumber|idnumber|otp|zhengwucitizen|zhengwuportal)$/;
const DEPTH = 6;
const ENTRIES = 100;
const LONGEST = 8192;

/** Masks citizen numbers (GB 11643), mobile numbers and credentials inside free text. */
export const maskText = (text: string): string => {
  let masked = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  if (/\d{11}/.test(masked)) {
    masked = masked.replace(CITIZEN_NUMBER, '$1***************').replace(MOBILE_NUMBER, '$1****$2');
  }
  if (masked.includes('://')) masked = masked.replace(CREDENTIALS_IN_URL, '$1***@');
  if (masked.includes('=')) masked = masked.replace(SECRET_IN_QUERY, '$1***');
  return /bearer|basic/i.test(masked) ? masked.replace(BEARER, '$1 ***') : masked;
};

const isSecretKey = (key: string): boolean => SECRET_KEY.test(key.toLowerCase().replaceAll(/[-_]/g, ''));

const redactError = (error: Error, depth: number, seen: ReadonlySet<object>): Record<string, unknown> => ({
  type: error.name,
  message: maskText(error.message),
  stack: maskText(error.stack ?? ''),
  ...redactEntries(Object.entries(error), depth, seen),
  ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1, seen) }),
});

const redactEntries = (entries: [string, unknown][], depth: number, seen: ReadonlySet<object>): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of entries.slice(0, ENTRIES)) {
    copy[maskText(key)] = isSecretKey(key) && value !== null && value !== undefined ? '[redacted]' : redactValue(value, depth + 1, seen);
  }
  return copy;
};

const redactValue = (value: unknown, depth: number, seen: ReadonlySet<object>): unknown => {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return '[circular]';
  if (depth > DEPTH) return '[deep]';
  const inside = new Set(seen).add(value);
  if (value instanceof Error) return redactError(value, depth, inside);
  if (value instanceof Date) return value.toJSON();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, ENTRIES).map((one) => redactValue(one, depth + 1, inside));
  if (value instanceof Map) return redactEntries([...value].map(([k, v]) => [String(k), v]), depth, inside);
  if (value instanceof Set) return redactValue([...value], depth, inside);
  return redactEntries(Object.entries(value), depth, inside);
};

/** A copy fit for the log: secrets by key gone, personal numbers masked in every string, bounded in depth and width. */
export const redact = (value: unknown): unknown => redactValue(value, 0, new Set());
