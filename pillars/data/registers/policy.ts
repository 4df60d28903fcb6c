import { definePolicy } from '@zhengwu/module';

const read = { who: ['official', 'application'], permission: 'register.read', purpose: 'register-lookup', personal: true, readsOnly: true } as const;
const keep = { who: 'official', permission: 'register.correct', purpose: 'correction' } as const;
const own = { who: 'citizen', shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] } as const;

/** Officials look up one record by its key, never a list; what their class of reader may not see is masked, and showing it is recorded by itself. */
export const policy = definePolicy({
  'register.list': { who: ['official', 'application'], permission: 'register.read', audit: null },
  'register.record': { ...read, audit: 'register.looked', found: 'mask' },
  'register.history': { ...read, audit: 'register.historyRead', found: 'mask' },
  'register.reveal': { ...read, who: 'official', permission: 'register.reveal', audit: 'register.revealed', rate: { account: 60 }, shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] },
  'geography.geocode': { who: ['official', 'application', 'citizen'], permission: 'register.read', audit: null, rate: { account: 600 } },
  'geography.map': { who: ['official', 'application'], permission: 'register.read', audit: null },
  'register.own': { ...own, audit: 'register.ownRead', personal: true, purpose: 'own-access' },
  'challenge.raise': { who: 'official', permission: 'register.read', audit: 'challenge.raised', purpose: 'correction', rate: { account: 60 } },
  'challenge.raiseOwn': { ...own, audit: 'challenge.raised', purpose: 'correction', rate: { account: 20 } },
  'challenge.mine': { ...own, who: ['official', 'citizen'], audit: 'challenge.mineRead', personal: true, purpose: 'correction', found: 'mask' },
  'challenge.list': { ...keep, audit: 'challenge.listRead', personal: true, found: 'mask' },
  'challenge.answer': { ...keep, audit: 'challenge.answered', audits: ['register.corrected'] },
  'challenge.withdraw': { who: ['official', 'citizen'], audit: 'challenge.withdrawn', purpose: 'correction' },
}, {
  'register.looked': { zh: '查询基础库记录', en: 'Register record looked up', personal: true },
  'register.historyRead': { zh: '查看基础库记录的历史', en: 'History of a register record read', personal: true },
  'register.revealed': { zh: '显示基础库中被遮盖的字段', en: 'Masked field of a register shown', personal: true },
  'register.ownRead': { zh: '本人查看自己的基础库记录', en: 'Own register records read', personal: true },
  'register.corrected': { zh: '更正基础库记录', en: 'Register record corrected' },
  'register.expired': { zh: '基础库记录保存期满删除', en: 'Versions removed whose retention has run out' },
  'challenge.raised': { zh: '提出数据校核', en: 'Value challenged' },
  'challenge.mineRead': { zh: '查看自己提出的校核', en: 'Own challenges read', personal: true },
  'challenge.listRead': { zh: '查看待答复的校核', en: 'Challenges to answer read', personal: true },
  'challenge.answered': { zh: '答复数据校核', en: 'Challenge answered' },
  'challenge.withdrawn': { zh: '撤回数据校核', en: 'Challenge withdrawn' },
});
