import type { Finding } from './finding.ts';

/** Levels of state secrets (保守国家秘密法 §14), highest first. */
export const SECRECY_LEVELS = ['绝密', '机密', '秘密'] as const;
export type SecrecyLevel = (typeof SECRECY_LEVELS)[number];

/**
 * The mark of a state secret: level ★ period (GB/T 9704-2012 7.2.2; 国家秘密标志为“★”，前为密级，后为保密期限). Spaces between the characters are how
 * print shops set it. 工作秘密 and 商业秘密 are no state secrets.
 */
const STARRED = /(?<!工作|商业|工 作|商 业)(绝[ \u00a0\u3000]{0,4}密|机[ \u00a0\u3000]{0,4}密|秘[ \u00a0\u3000]{0,4}密)[ \u00a0\u3000]{0,8}(?:[★☆⭐✭✮⋆]|[*＊](?=[ \u3000]{0,2}(?:\d{1,2}[ \u3000]{0,2}年|长期|启用前)))/g;
/** A line at the head of a document that holds a level and nothing else, or a level and a period without the star. */
const ALONE = /(?:^|[\n\r\f\v\u2028\u2029])[ \t\u00a0\u3000]{0,40}(绝[ \u3000]{0,4}密|机[ \u3000]{0,4}密|秘[ \u3000]{0,4}密)[ \t\u00a0\u3000]{0,8}(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[ \u3000]{0,2}年|长期|启用前)?[ \t\u00a0\u3000]{0,40}(?=$|[\n\r\f\v\u2028\u2029])/g;
/** The head of a document, in characters: a table of levels further on marks nothing. */
const HEAD = 400;
const SPACES = /[ \u00a0\u3000]/g;

const levelOf = (marked: string): SecrecyLevel => marked.replaceAll(SPACES, '') as SecrecyLevel;

/** Marks of state secrets in a text. */
export const secrecyMarksIn = (text: string): Finding[] => {
  if (!text.includes('密')) return [];
  const at = new Set<number>();
  const found: Finding[] = [];
  for (const form of [STARRED, ALONE]) {
    for (const match of (form === ALONE ? text.slice(0, HEAD) : text).matchAll(form)) {
      const start = match.index + match[0].indexOf(match[1] as string);
      if (at.has(start)) continue;
      at.add(start);
      found.push({ kind: 'secrecy-mark', at: start, length: match[0].length - (start - match.index), sample: levelOf(match[1] as string) });
    }
  }
  return found;
};
