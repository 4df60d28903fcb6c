import { fillIn, type Params, type Placeholders } from './message.ts';
import { declare, type ErrorEntry } from './registry.ts';
import { ZhengwuError, type Issue } from './zhengwu-error.ts';

export interface FailOptions {
  issues?: readonly Issue[];
  /** Machine-readable details, answered as `extra`. */
  extra?: Record<string, unknown>;
  cause?: unknown;
}

type Needed<E extends ErrorEntry> = Placeholders<E['zh']>;
type Arguments<E extends ErrorEntry> = [Needed<E>] extends [never]
  ? [params?: Params, options?: FailOptions]
  : [params: Params & Record<Needed<E>, string | number>, options?: FailOptions];

/** Makes the error of a declared code; throw what it returns. */
export type Fail<T extends Record<string, ErrorEntry>> = <C extends keyof T & string>(code: C, ...rest: Arguments<T[C]>) => ZhengwuError;

/**
 * Declares a module's errors and returns the function that makes them.
 * Throws at load when a code is malformed, lacks a language or means something else already.
 */
export const defineErrors = <const T extends Record<string, ErrorEntry>>(entries: T): Fail<T> => {
  for (const [code, entry] of Object.entries(entries)) declare(code, entry);
  return (code, ...rest) => {
    const [params, options] = rest;
    const entry: ErrorEntry = entries[code] as T[typeof code];
    return new ZhengwuError(fillIn(entry.en, params), { code, status: entry.status, params: params ?? {}, ...options });
  };
};
