import { randomInt } from 'node:crypto';

/** What is written over a copy. */
export interface Mark {
  /** Who looks: name, department, what tells apart people of one name. */
  viewer: string;
  /** Civil time to the minute. */
  at: string;
  /** Leads to the record of this look. */
  trace: string;
  /** Over the whole page, or, for papers that are handed out, one line at the foot. */
  style: 'tiles' | 'line';
}

/** Letters and digits that are not taken for each other when read off a photograph. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const TRACE = /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/;

/** A new trace number: 60 bits, in three groups of four. */
export const newTrace = (): string => Array.from({ length: 12 }, (_, at) => (at > 0 && at % 4 === 0 ? '-' : '') + (ALPHABET[randomInt(ALPHABET.length)] as string)).join('');

/** The line at the foot of a copy; it also says what a copy is not. */
export const footOf = ({ viewer }: Mark): string => `查看副本，不能验证原件的签名和印章 Marked copy: proves no signature · ${viewer}`;
