import { isFunction, toFeel } from 'feelin';

/** What an expression may give or take: JSON, with dates and durations as ISO 8601 text. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

const isPlain = (value: object): value is Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Makes a caller's value fit for FEEL: `undefined` becomes null, Date a date and time. */
export const fromCaller = (value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(fromCaller);
  if (!isPlain(value)) return toFeel(value) as unknown;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fromCaller(entry)]));
};

/** Makes a result fit for JSON. Throws RangeError for functions and numbers that JSON has not. */
export const toValue = (value: unknown): Value => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'object' && !isFunction(value)) {
    if (Array.isArray(value)) return value.map(toValue);
    if (!isPlain(value)) return String(value);
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toValue(entry)]));
  }
  throw new RangeError('the result is a function or a number out of range');
};

/** Equal as FEEL values: by content, numbers by value. */
export const sameValue = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(toValue(a)) === JSON.stringify(toValue(b));
};
