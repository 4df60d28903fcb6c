import type { Text } from '@zhengwu/contracts';
import type { Params } from './message.ts';

/** One thing wrong with one field, before it is put into the reader's language. */
export interface Issue {
  /** JSON pointer into the input, such as `/body/applicant/phone`. */
  path: string;
  code: string;
  /** Wording of its own; without it the declared error of the same `code` is used. */
  message?: Text | string;
  params?: Params;
}

export const BRAND = Symbol.for('zhengwu.error');

interface Parts {
  code: string;
  status: number;
  params: Params;
  issues?: readonly Issue[];
  extra?: Record<string, unknown>;
  cause?: unknown;
}

/** An expected failure with a stable code; made by `fail` of a module's errors.ts, turned into problem+json by `toProblem`. */
export class ZhengwuError extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Params;
  readonly issues: readonly Issue[] | undefined;
  /** Machine-readable details for the caller, beside the message. */
  readonly extra: Record<string, unknown> | undefined;
  readonly [BRAND] = true;

  constructor(message: string, parts: Parts) {
    super(message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'ZhengwuError';
    this.code = parts.code;
    this.status = parts.status;
    this.params = parts.params;
    this.issues = parts.issues;
    this.extra = parts.extra;
  }
}
