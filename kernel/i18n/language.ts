import type { Language } from '@zhengwu/contracts';

/** The language a tag stands for, if we speak it: any Chinese is zh-CN, any English en. */
export const asLanguage = (tag: string | undefined): Language | undefined => {
  if (tag === undefined) return undefined;
  const primary = tag.trim().slice(0, 3).toLowerCase().replace(/[-_]$/, '');
  if (primary === 'zh') return 'zh-CN';
  return primary === 'en' ? 'en' : undefined;
};

const parsePreference = (part: string, index: number): { language: Language | undefined; weight: number; index: number } => {
  const [tag = '', ...parameters] = part.split(';');
  const q = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find((v) => v !== undefined);
  return { language: asLanguage(tag), weight: q === undefined ? 1 : Number(q), index };
};

/** The reader's language by Accept-Language (RFC 9110 §12.5.4); `fallback` where they name none that we speak. */
export const negotiateLanguage = (header: string | undefined, fallback: Language = 'zh-CN'): Language => {
  if (!header) return fallback;
  const preferences = header
    .slice(0, 500)
    .split(',')
    .map(parsePreference)
    .filter((p) => p.language !== undefined && p.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  return preferences[0]?.language ?? fallback;
};
