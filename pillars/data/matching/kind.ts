import type { Text } from '@zhengwu/contracts';

/** Level of agreement of one field: 0 is the best, each further one worse; null where one side says nothing. */
export type Level = number | null;

/** One thing that two records are compared by. */
export interface MatchField {
  code: string;
  name: Text;
  /** What each level is called, best first. */
  levels: readonly Text[];
  /** Symmetric; both sides are what `features` took. */
  compare(left: string, right: string): Level;
  /** Whether agreeing on a rare value says more than on a common one. */
  byFrequency?: boolean;
  /** Who have it in common without being one: a family its door and telephone, namesakes their name and day. */
  sharedBy?: Sharer;
  /** Chance of each level among pairs of the same (m) and of different (u) entities, before anything is learned. */
  m: readonly number[];
  u: readonly number[];
}

/** Pairs that look alike and are two. */
export const sharers = ['kin', 'namesakes'] as const;
export type Sharer = (typeof sharers)[number];

export type KindCode = 'person' | 'company' | 'address';

/** How records of one sort are told apart. */
export interface Kind {
  code: KindCode;
  fields: readonly MatchField[];
  /** The values compared, in the order of `fields`; `columns` says which field of the record plays which part. */
  features(record: Readonly<Record<string, unknown>>, columns: Readonly<Record<string, string>>): string[];
  /** Up to six values of which two records of the same entity share at least one; null where it would say too little. */
  blocks(features: readonly string[]): (string | null)[];
  /** Whether the levels allow linking without a person, whatever the score. Better agreement never takes it back. */
  mayLink(levels: readonly Level[]): boolean;
}

export const textOf = (record: Readonly<Record<string, unknown>>, column: string | undefined): string => {
  const value = column === undefined ? undefined : record[column];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
};

/** A comparison that says nothing where one side is empty. */
export const whenBoth = (compare: (left: string, right: string) => Level) => (left: string, right: string): Level =>
  left === '' || right === '' ? null : compare(left, right);

export const atMost = (level: Level | undefined, worst: number): boolean => level !== null && level !== undefined && level <= worst;
/** Says nothing or is no worse. */
export const notWorse = (level: Level | undefined, worst: number): boolean => level === null || level === undefined || level <= worst;

export const SAME: Text = { zh: '相同', en: 'the same' };
export const DIFFERENT: Text = { zh: '不同', en: 'different' };
export const ADDRESS_LEVELS: readonly Text[] = [{ zh: '同一户', en: 'the same door' }, { zh: '同一栋', en: 'the same building' }, { zh: '同一条路', en: 'the same road' }, { zh: '不同地址', en: 'elsewhere' }];
export const NUMBER_LEVELS: readonly Text[] = [SAME, { zh: '差一处，有一个校验不符', en: 'one slip apart, one fails its check digit' }, { zh: '不同，有一个校验不符', en: 'different, one fails its check digit' }, { zh: '两个有效号码不同', en: 'two good numbers that differ' }];
