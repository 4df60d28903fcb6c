import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { inLanguage, type Language, type Text } from '@zhengwu/contracts';
import { say, type Word } from '../words/words.ts';

const KEPT = 'zw.language';
const place: { current: Language } = { current: globalThis.localStorage?.getItem(KEPT) === 'en' ? 'en' : 'zh-CN' };

/** The language in use, for calls outside the page tree. */
export const languageNow = (): Language => place.current;

const keepLanguage = (lang: Language): void => {
  place.current = lang;
  localStorage.setItem(KEPT, lang);
};

interface Speech {
  lang: Language;
  /** A phrase of the catalogue, with `{name}` filled in. */
  t: (word: Word, params?: Record<string, string | number>) => string;
  /** The wording of a text of the site. */
  say: (text: Text | null | undefined) => string;
  change: (lang: Language) => void;
}

const speechOf = (lang: Language, change: (lang: Language) => void): Speech => ({
  lang, change, t: (word, params) => say(word, lang, params), say: (text) => (text ? inLanguage(text, lang) : ''),
});

const Context = createContext<Speech>(speechOf('zh-CN', () => undefined));

export const LanguageProvider = ({ children }: { children: ReactNode }) => {
  const [lang, setLang] = useState<Language>(languageNow);
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  const speech = useMemo(() => speechOf(lang, (next) => {
    keepLanguage(next);
    setLang(next);
  }), [lang]);
  return <Context value={speech}>{children}</Context>;
};

export const useSpeech = (): Speech => useContext(Context);
