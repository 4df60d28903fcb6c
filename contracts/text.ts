import { Type, type Static } from 'typebox';

/** Language of a page, a message or a problem. Chinese is the default everywhere. */
export const Language = Type.Enum(['zh-CN', 'en'], { description: 'zh-CN or en' });
export type Language = 'zh-CN' | 'en';

/** What a person reads, in both languages; neither may be empty. */
export const Text = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);
export type Text = Static<typeof Text>;

/** Picks the wording for a language. */
export const inLanguage = (text: Text, language: Language): string => (language === 'en' ? text.en : text.zh);
