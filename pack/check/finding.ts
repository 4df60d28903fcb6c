import type { Text } from '@zhengwu/contracts';

/** One thing wrong with a pack: where, which rule, in words, and what to do. A pack with findings is refused. */
export interface Finding {
  /** File in the pack's folder. */
  file: string;
  /** JSON pointer into the pack, or element id in a model. */
  path: string;
  rule: string;
  zh: string;
  en: string;
  remedy: Text;
}

/** A rule with its wording; `{detail}` is filled with what was found. */
export interface Rule {
  id: string;
  text: Text;
  remedy: Text;
}

export const rule = (id: string, zh: string, en: string, remedyZh: string, remedyEn: string): Rule => ({
  id,
  text: { zh, en },
  remedy: { zh: remedyZh, en: remedyEn },
});

/** The finding that `broken` makes at `path`. */
export const finding = (broken: Rule, path: string, detail = '', file = 'pack.ts'): Finding => ({
  file,
  path,
  rule: broken.id,
  zh: broken.text.zh.replace('{detail}', detail),
  en: broken.text.en.replace('{detail}', detail),
  remedy: broken.remedy,
});
