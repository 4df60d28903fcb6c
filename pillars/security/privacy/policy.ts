import { definePolicy } from '@zhengwu/module';

const own = { who: 'citizen', purpose: 'own-access', shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] } as const;

/** A person sees and decides about their own data; the department that keeps it answers. */
export const policy = definePolicy({
  'privacy.looks': { ...own, audit: 'privacy.looked', personal: true },
  'privacy.mine': { ...own, audit: 'privacy.looked', personal: true },
  'privacy.consent': { ...own, audit: 'privacy.consented' },
  'privacy.withdraw': { ...own, audit: 'privacy.consentWithdrawn' },
  'privacy.askCopy': { ...own, audit: 'privacy.copyAsked', audits: ['privacy.copyMade', 'privacy.copyRemoved'], rate: { account: 10 } },
  'privacy.copyFile': { ...own, audit: 'privacy.copyTaken', personal: true },
  'privacy.askCorrection': { ...own, audit: 'privacy.correctionAsked', rate: { account: 20 } },
  'privacy.corrections': { who: 'official', permission: 'privacy.answer', audit: 'privacy.correctionsRead', personal: true, purpose: 'correction', found: 'mask' },
  'privacy.answerCorrection': { who: 'official', permission: 'privacy.answer', audit: 'privacy.correctionAnswered', found: 'mask' },
}, {
  'privacy.looked': { zh: '本人查看自己的信息', en: 'Own data looked at', personal: true },
  'privacy.consented': { zh: '同意', en: 'Consent given' },
  'privacy.consentWithdrawn': { zh: '撤回同意', en: 'Consent withdrawn' },
  'privacy.copyAsked': { zh: '申请个人信息副本', en: 'Copy of own data asked for' },
  'privacy.copyMade': { zh: '生成个人信息副本', en: 'Copy of personal data made' },
  'privacy.copyTaken': { zh: '下载个人信息副本', en: 'Copy of own data downloaded', personal: true },
  'privacy.copyRemoved': { zh: '删除过期副本', en: 'Copy removed after its time' },
  'privacy.correctionAsked': { zh: '请求更正信息', en: 'Correction asked for' },
  'privacy.correctionsRead': { zh: '查看更正请求', en: 'Requests for correction read', personal: true },
  'privacy.correctionAnswered': { zh: '答复更正请求', en: 'Correction answered' },
});
