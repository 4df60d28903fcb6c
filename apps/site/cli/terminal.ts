/** Where a command speaks: results to `out`, what went wrong to `err`, a line at a time. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
}

/** A command line's verdict: done, found something wrong, not understood. */
export const DONE = 0;
export const FAILED = 1;
export const MISUSED = 2;
