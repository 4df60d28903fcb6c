import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import type { Text } from '@zhengwu/contracts';
import { codes, type Service } from '@zhengwu/pack';

let jieba: Jieba | undefined;
const segmenter = (): Jieba => (jieba ??= Jieba.withDict(dict));
const tidy = (words: string[]): string[] => [...new Set(words.map((word) => word.trim().toLowerCase()).filter((word) => /[\p{L}\p{N}]/u.test(word)))];

/** What a service is found by: its names, summary, keywords, body and codes; sub-words too. */
export const wordsOf = ({ summary, keywords, listing }: Service): { words: string[]; plain: string } => {
  const texts = [listing.name, summary, listing.body.name].flatMap((text) => [text.zh, text.en]);
  const plain = [...texts, ...keywords, listing.catalogueCode, listing.implementationCode].join(' ').toLowerCase();
  return { words: tidy([...segmenter().cutForSearch(plain, true), ...keywords]), plain };
};

/** Words that a query must match, all of them. */
export const queryWords = (text: string): string[] => tidy(segmenter().cut(text.toLowerCase(), true));

/** The name of a post; a city's own post is shown as it is. */
export const posts = (code: string): Text => (codes.posts.has(code) ? codes.posts.text(code) : { zh: code, en: code });
