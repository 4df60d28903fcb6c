import type { Dataset } from './dataset.ts';
import type { Holding } from './holding.ts';
import { key } from './module.ts';
import type { Policy } from './policy.ts';

/** The rules of all modules of this site. */
export const Rules = key<Policy>('rules');

/** The parts that the modules of this site hold about a person. */
export const Holdings = key<() => readonly Holding[]>('holdings');

/** The data sets of the modules of this site. */
export const Datasets = key<() => readonly Dataset[]>('datasets');
