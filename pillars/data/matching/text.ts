import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';

const toSimplified = Converter({ from: 't', to: 'cn' });
const simplified = new Map<string, string>();
const sounds = new Map<string, string>();

const kept = (cache: Map<string, string>, char: string, make: (char: string) => string): string => {
  let value = cache.get(char);
  if (value === undefined) {
    value = make(char);
    cache.set(char, value);
  }
  return value;
};

const HAN = /\p{Script=Han}/u;
const DROPPED = /[\s\p{P}\p{S}\p{Cf}]+/gu;
/** Kept apart: letters and digits of any script, and what addresses are divided by. */
const ASCII_ONLY = /^[0-9A-Za-z]*$/;

const each = (text: string, change: (char: string) => string): string => {
  let result = '';
  for (const char of text) result += change(char);
  return result;
};

const simple = (text: string): string => each(text, (char) => (HAN.test(char) ? kept(simplified, char, toSimplified) : char));

/** The same text as others would type it: half-width, simplified, capitals; punctuation stays. */
export const folded = (text: string): string => {
  const narrow = text.normalize('NFKC').toUpperCase();
  return ASCII_ONLY.test(narrow) ? narrow : simple(narrow);
};

/** Folded and without spaces, dots and other marks: what two spellings of one name have in common. */
export const plain = (text: string): string => folded(text).replace(DROPPED, '');

/** How it is read, without tones: characters of one sound are one. Other scripts stay as they are. */
export const soundOf = (text: string): string => each(plain(text), (char) => (HAN.test(char) ? `${kept(sounds, char, (one) => pinyin(one, { toneType: 'none' }))} ` : char)).trimEnd();

/** Edits between two texts when there is at most one: a character replaced, added, left out, or two neighbours swapped; 2 stands for more. */
export const edits = (left: string, right: string): 0 | 1 | 2 => {
  if (left === right) return 0;
  const [a, b] = [[...left], [...right]];
  if (Math.abs(a.length - b.length) > 1) return 2;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [restA, restB] = [endA - from, endB - from];
  if (restA <= 1 && restB <= 1) return 1;
  return restA === 2 && restB === 2 && a[from] === b[from + 1] && a[from + 1] === b[from] ? 1 : 2;
};

/** How much two texts share of their pairs of neighbouring characters, 0 to 1 (Dice). */
export const likeness = (left: string, right: string): number => {
  if (left === right) return 1;
  const pairs = (text: string): string[] => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
  const [a, b] = [pairs(left), pairs(right)];
  if (a.length === 0 || b.length === 0) return 0;
  const rest = [...b];
  let shared = 0;
  for (const pair of a) {
    const at = rest.indexOf(pair);
    if (at >= 0) {
      shared += 1;
      rest.splice(at, 1);
    }
  }
  return (2 * shared) / (a.length + b.length);
};

/** The same characters in any order. */
export const bag = (text: string): string => [...text].sort().join('');
