import { createHash } from 'node:crypto';

/** The lane to which a key is dealt, the same on every machine. */
export const laneOf = (key: string, lanes: number): number => createHash('sha256').update(key).digest().readUInt32BE(0) % lanes;
