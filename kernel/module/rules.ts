import { key } from './module.ts';
import type { Policy } from './policy.ts';

/** The rules of all modules of this site. */
export const Rules = key<Policy>('rules');
