import { useSpeech } from '../base/language.tsx';

export const LanguageSwitch = () => {
  const { lang, change } = useSpeech();
  const other = lang === 'en' ? 'zh-CN' : 'en';
  return <button type="button" className="language" lang={other} onClick={() => change(other)}>{other === 'en' ? 'English' : '中文'}</button>;
};
