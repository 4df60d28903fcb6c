import type { PackSource } from './schema/pack.ts';

/** Declares a pack. The default export of a pack's `pack.ts`; nothing runs here, the loader checks it. */
export const definePack = (pack: Omit<PackSource, 'format'>): PackSource => ({ format: 1, ...pack });
