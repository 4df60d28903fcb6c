import type { Language, Text } from '@zhengwu/contracts';

/** Wording in both languages. `one` is the English for exactly one `count`, where it differs. */
export interface Message {
  zh: string;
  en: string;
  one?: string;
}
export type Catalogue = Readonly<Record<string, Message>>;

type Places<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | Places<Rest> : never;
type Value = string | number;
type Arguments<M extends Message> = [Places<M['zh']>] extends [never] ? [params?: Readonly<Record<string, Value>>] : [params: Readonly<Record<Places<M['zh']>, Value>> & Readonly<Record<string, Value>>];

/** Gives the wording of a key in one language, its `{name}` places filled. */
export type Translate<C extends Catalogue> = <K extends keyof C & string>(key: K, ...params: Arguments<C[K]>) => string;

/** Declares a catalogue of messages and keeps their exact types. */
export const defineMessages = <const C extends Catalogue>(catalogue: C): C => Object.freeze(catalogue);

const fill = (wording: string, params: Readonly<Record<string, Value>> | undefined): string =>
  wording.includes('{') ? wording.replace(/\{(\w+)\}/g, (place, name: string) => String(params?.[name] ?? place)) : wording;

/** The translator of a catalogue into `language`. A number in `count` chooses the English singular. */
export const translator =
  <C extends Catalogue>(catalogue: C, language: Language): Translate<C> =>
  (key, ...[params]) => {
    const message: Message & Partial<Text> = catalogue[key] as C[typeof key];
    if (language !== 'en') return fill(message.zh, params);
    return fill(message.one !== undefined && Number(params?.['count']) === 1 ? message.one : message.en, params);
  };
