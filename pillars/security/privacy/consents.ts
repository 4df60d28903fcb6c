import type { Text } from '@zhengwu/contracts';
import { key } from '@zhengwu/module';

/** One text to which a person may consent. A changed text is a new version; consent to an old one does not carry over where it is asked for. */
export interface ConsentText {
  version: number;
  title: Text;
  text: Text;
  basis: Text;
  /** Sensitive data: consent of its own (个人信息保护法 §29). */
  sensitive: boolean;
  /** What holds while a person has said nothing; sensitive data is never handled then. */
  unless: 'withdrawn' | 'given';
}

export const PREFILL = 'register-prefill';
const t = (zh: string, en: string): Text => ({ zh, en });

export const consentTexts: Readonly<Record<string, ConsentText>> = {
  [PREFILL]: {
    version: 1, sensitive: false, unless: 'withdrawn', title: t('用政府已有的信息为您填表', 'Fill in forms from what the government already holds'),
    text: t('您申请事项时，我们从人口库、法人库等基础库和您的电子证照中读取需要的内容，替您填好表格、免交材料。关闭后表格由您自己填写、材料由您自己提交，办理结果不受影响。',
      'When you apply, we read what is needed from the base registers and your licences, fill in the form and spare you papers. When this is off, you fill in and hand in everything yourself; the outcome is the same.'),
    basis: t('个人信息保护法 §13（三）、§15、§16', 'Personal Information Protection Law §13(3), §15, §16'),
  },
};

/** What other modules ask before they handle data on consent. */
export interface Consents {
  /** Whether it may be done for this person now. */
  allows(person: string, code: string): boolean;
}

export const Consents = key<Consents>('privacy.consents');

/** Whether what was said last, and to which version, allows it. */
export const isAllowed = (text: ConsentText, last: { act: string; version: number } | undefined): boolean => {
  if (last === undefined) return text.unless === 'withdrawn' && !text.sensitive;
  if (last.act === 'withdrawn') return false;
  return !text.sensitive || last.version === text.version;
};
