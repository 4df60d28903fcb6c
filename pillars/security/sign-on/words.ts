import { defineMessages, negotiateLanguage, translator, type Translate } from '@zhengwu/i18n';
import type { Language } from '@zhengwu/contracts';

const words = defineMessages({
  'product': { zh: '政务统一登录', en: 'Government single sign-on' },
  'consent.title': { zh: '登录“{name}”', en: 'Sign on to “{name}”' },
  'consent.lead': { zh: '“{name}”是{owner}的系统。它请求知道以下内容，用来确认您是谁：', en: '“{name}” is a system of {owner}. To know who you are, it asks for:' },
  'consent.as': { zh: '以{person}的身份', en: 'As {person}' },
  'consent.kept': { zh: '您的证件号码不会提供给任何系统。同意后下次不再询问，可随时在“我的账号”中撤回。', en: 'No system is given your identity number. If you agree you will not be asked again; you can withdraw under “My account” at any time.' },
  'consent.always': { zh: '您的证件号码不会提供给任何系统。这个系统无法证明自己，所以每次都会询问您。', en: 'No system is given your identity number. This system cannot prove what it is, so you are asked each time.' },
  'consent.agree': { zh: '同意并继续', en: 'Agree and go on' },
  'consent.refuse': { zh: '不同意，返回', en: 'Refuse and go back' },
  'scope.openid': { zh: '一个只供该系统使用的编号', en: 'A number for you that only this system knows' },
  'scope.profile': { zh: '姓名和账号名', en: 'Your name and user name' },
  'scope.org': { zh: '所在部门和岗位', en: 'Your departments and posts' },
  'scope.roles': { zh: '担任的角色', en: 'Your roles' },
  'hop.title': { zh: '正在登录', en: 'Signing you on' },
  'hop.go': { zh: '继续登录', en: 'Go on' },
  'leave.title': { zh: '退出登录？', en: 'Sign out?' },
  'leave.lead': { zh: '您可以退出政务平台和通过它登录的全部系统，也可以只退出刚才的系统。', en: 'You can sign out of this platform and of every system you signed on to through it, or of the system you come from alone.' },
  'leave.all': { zh: '全部退出', en: 'Sign out everywhere' },
  'leave.one': { zh: '只退出该系统', en: 'Only of that system' },
  'left.title': { zh: '已退出', en: 'Signed out' },
  'left.lead': { zh: '已经退出。要再次使用，请从相应系统重新登录。', en: 'You are signed out. To go on, sign on again from the system you want to use.' },
  'error.title': { zh: '未能登录', en: 'The sign-on did not work' },
  'error.lead': { zh: '没有任何改动。请回到要登录的系统重新开始；仍不成功时，请把下面的内容告诉该系统的维护人员。', en: 'Nothing was changed. Go back to the system you want to use and start again; if it fails again, tell those who look after it what stands below.' },
  'error.request': { zh: '请求编号', en: 'Request' },
});

export interface Speech {
  t: Translate<typeof words>;
  language: Language;
}

/** The reader's language: as the system asks for it in `ui_locales`, or else the browser. */
export const speechOf = (acceptLanguage: string | undefined, uiLocales?: unknown): Speech => {
  const language = negotiateLanguage(typeof uiLocales === 'string' && uiLocales !== '' ? uiLocales.split(' ').join(',') : acceptLanguage, 'zh-CN');
  return { t: translator(words, language), language };
};
