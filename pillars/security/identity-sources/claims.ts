import type { SourceSettings } from '@zhengwu/contracts';
import { isCitizenNumber } from '@zhengwu/ids';

/** What a source vouches for, in our words. */
export interface Vouched {
  subject: string;
  /** Null where the source tells none, or one that is not well formed. */
  name: string | null;
  /** Checked by GB 11643; null where the source vouches for no identity. */
  citizenNumber: string | null;
  /** 2: the source checked name and number against the document. */
  identity: 1 | 2;
  /** 2: signing in there took two factors. */
  proof: 1 | 2;
  level: string | null;
  /** The source told a number that is none (GB 11643-1999 check digit). */
  isMalformed: boolean;
}

type Claims = Readonly<Record<string, unknown>>;
const told = (claims: Claims, name: string | undefined, most: number): string | null => {
  const value = name !== undefined && Object.hasOwn(claims, name) ? claims[name] : undefined;
  const text = typeof value === 'string' ? value.normalize('NFKC').trim() : '';
  return text !== '' && text.length <= most ? text : null;
};

/** Claims are needed beside the ID token's when the mapping names one that it lacks. */
export const isIncomplete = (claims: Claims, { mapping }: Pick<SourceSettings, 'mapping'>): boolean =>
  [mapping.name, mapping.citizenNumber, mapping.level].some((name) => name !== undefined && !Object.hasOwn(claims, name));

/** Reads claims by the mapping. A level that is not listed is the lowest: a new value of the source raises nobody. */
export const vouchedBy = (subject: string, claims: Claims, { mapping }: Pick<SourceSettings, 'mapping'>): Vouched => {
  const level = told(claims, mapping.level, 200);
  const known = mapping.levels.find(({ value }) => value === level);
  const identity = known?.identity === 2 ? 2 : 1;
  const number = told(claims, mapping.citizenNumber, 40)?.toUpperCase() ?? null;
  const isMalformed = number !== null && !isCitizenNumber(number);
  return {
    subject, level, identity, proof: known?.proof === 2 ? 2 : 1, isMalformed,
    name: told(claims, mapping.name, 200), citizenNumber: identity === 2 && !isMalformed ? number : null,
  };
};
