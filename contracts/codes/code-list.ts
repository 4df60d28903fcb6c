import type { Language, Text } from '../text.ts';

/** One row of a code table: what is stored and exchanged, and what people read. */
export interface CodeEntry<C extends string | number = string | number> {
  readonly code: C;
  readonly zh: string;
  readonly en: string;
}

/** A code table of a standard. Codes are stored as they are; a code outside the table has no text. */
export interface CodeList<C extends string | number = string | number, E extends CodeEntry<C> = CodeEntry<C>> {
  readonly id: string;
  readonly entries: readonly E[];
  readonly codes: readonly C[];
  has(code: unknown): code is C;
  /** The whole row. Throws RangeError for a code outside the table. */
  entry(code: C): E;
  /** Both wordings. Throws RangeError for a code outside the table. */
  text(code: C): Text;
  /** One wording; a code outside the table is shown as it is. */
  label(code: string | number, language: Language): string;
}

/** The codes of a list, as a type: `CodeOf<typeof itemTypes>`. */
export type CodeOf<L> = L extends CodeList<infer C> ? C : never;

/** Declares a code table. Throws when a code appears twice. */
export const codeList = <const C extends string | number, const E extends CodeEntry<C>>(id: string, entries: readonly (E & CodeEntry<C>)[]): CodeList<C, E> => {
  const byCode = new Map<unknown, E>(entries.map((entry) => [entry.code, entry]));
  if (byCode.size !== entries.length) throw new Error(`code list ${id}: a code appears twice`);
  const entry = (code: C): E => {
    const found = byCode.get(code);
    if (!found) throw new RangeError(`code list ${id} has no ${String(code)}`);
    return found;
  };
  return Object.freeze({
    id,
    entries: Object.freeze([...entries]),
    codes: Object.freeze(entries.map((one) => one.code)),
    has: (code: unknown): code is C => byCode.has(code),
    entry,
    text: (code: C) => ({ zh: entry(code).zh, en: entry(code).en }),
    label: (code: string | number, language: Language) => {
      const found = byCode.get(code);
      return found ? (language === 'en' ? found.en : found.zh) : String(code);
    },
  });
};
