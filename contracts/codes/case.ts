import { codeList } from './code-list.ts';

/** How a case comes in. */
export const channels = codeList('channel', [
  { code: 'portal', zh: '网上', en: 'Online' },
  { code: 'window', zh: '窗口', en: 'At the window' },
]);

export const applicantKinds = codeList('applicant-kind', [
  { code: 'person', zh: '自然人', en: 'Person' },
  { code: 'institution', zh: '法人或其他组织', en: 'Institution' },
]);

/** Special procedures that stop the clock, with written notice (行政许可法 §45). */
export const suspensions = codeList('suspension', [
  { code: 'hearing', zh: '听证', en: 'Hearing' },
  { code: 'tender', zh: '招标', en: 'Tender' },
  { code: 'auction', zh: '拍卖', en: 'Auction' },
  { code: 'inspection', zh: '检验', en: 'Inspection' },
  { code: 'testing', zh: '检测', en: 'Testing' },
  { code: 'quarantine', zh: '检疫', en: 'Quarantine' },
  { code: 'appraisal', zh: '鉴定', en: 'Appraisal' },
  { code: 'expertReview', zh: '专家评审', en: 'Expert review' },
]);

/** What a case waits for from its applicant. */
export const waitings = codeList('waiting', [
  { code: 'correct', zh: '待补正', en: 'Correction needed' },
  { code: 'pay', zh: '待缴费', en: 'Payment due' },
  { code: 'rate', zh: '待评价', en: 'Rating open' },
  { code: 'collect', zh: '待领取', en: 'Ready to collect' },
  { code: 'attend', zh: '待到场', en: 'Attendance needed' },
]);

export const deliveries = codeList('delivery', [
  { code: 'online', zh: '网上送达', en: 'Online' },
  { code: 'window', zh: '窗口领取', en: 'Collected at the window' },
  { code: 'courier', zh: '邮寄', en: 'By courier' },
]);

/** Limits that the law sets, in working days (行政许可法; 好差评 GB/T 39735). */
export const statutoryDays = Object.freeze({
  /** §32: incompleteness is told within five days, otherwise deemed accepted. */
  tellIncomplete: 5,
  /** §42: decision. */
  decide: 20,
  /** §42: extension by the head of the agency. */
  extend: 10,
  /** §42: decision in joint or parallel handling. */
  decideJointly: 45,
  /** §42: its extension by the head of the government. */
  extendJointly: 15,
  /** §43: review by the lower level. */
  reviewBelow: 20,
  /** §44: delivery. */
  deliver: 10,
  /** §47: a hearing is asked for within five days and held within twenty. */
  askHearing: 5,
  holdHearing: 20,
  /** §48: notice before a hearing. */
  announceHearing: 7,
  /** GB/T 39735: a bad rating is rectified. */
  rectifyRating: 15,
});
