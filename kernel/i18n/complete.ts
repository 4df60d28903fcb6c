import type { Catalogue } from './catalogue.ts';

const places = (wording: string): string => [...new Set(wording.match(/\{\w+\}/g) ?? [])].sort().join();
const HAN = /\p{Script=Han}/u;

/**
 * What is missing from a catalogue, for tests (`expect(incompleteMessages(messages)).toEqual([])`): a language left empty,
 * places that differ between the languages, Chinese left in the English.
 */
export const incompleteMessages = (catalogue: Catalogue): string[] =>
  Object.entries(catalogue).flatMap(([key, { zh, en, one }]) => {
    const faults: string[] = [];
    if (!zh.trim()) faults.push(`${key}: no Chinese`);
    if (!en.trim()) faults.push(`${key}: no English`);
    if (places(zh) !== places(en)) faults.push(`${key}: places differ`);
    if (one !== undefined && !places(en).includes('{count}')) faults.push(`${key}: singular without {count}`);
    if (HAN.test(en.replace(/[(（][^)）]*[)）]/g, ''))) faults.push(`${key}: Chinese in the English`);
    return faults;
  });
