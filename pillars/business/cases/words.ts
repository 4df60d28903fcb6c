import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import type { CaseRow } from './rows.ts';

let jieba: Jieba | undefined;
const segmenter = (): Jieba => (jieba ??= Jieba.withDict(dict));

const clean = (words: string[]): string[] => [...new Set(words.map((word) => word.trim().toLowerCase()).filter((word) => /[\p{L}\p{N}]/u.test(word)))];

/** Search words of a text: search mode, so that every sub-word is found (市长 inside 南京市长江大桥 is not invented). */
export const indexWords = (text: string): string[] => clean(segmenter().cutForSearch(text, true));

/** Words a query must match, all of them. */
export const queryWords = (text: string): string[] => clean(segmenter().cut(text, true));

// A service has a handful of names; they are cut once.
const named = new Map<string, string[]>();
const nameWords = (name: string): string[] => {
  let words = named.get(name);
  if (!words) named.set(name, (words = indexWords(name)));
  return words;
};

/** What a case is found by: number, applicant, service. People's names are found whole and by each of their characters. */
export const wordsOf = (row: Pick<CaseRow, 'number' | 'applicant_name' | 'service_zh' | 'service_en'>): { words: string; plain: string } => ({
  words: [...new Set([row.number, row.applicant_name, ...indexWords(row.applicant_name), ...nameWords(row.service_zh), ...nameWords(row.service_en)])]
    .map((word) => word.toLowerCase()).join(' '),
  plain: `${row.number} ${row.applicant_name}`,
});
