import { definePolicy } from '@zhengwu/module';

/** Raising is one person's act, lowering two persons' (a label protects the city, not its bearer). */
export const policy = definePolicy({
  'label.of': { who: 'official', permission: 'label.change', audit: null },
  'label.change': { who: 'official', permission: 'label.change', audit: 'label.raised', audits: ['label.lowering-asked'] },
  'label.requests': { who: 'official', permission: 'label.decide', audit: null },
  'label.decide': { who: 'official', permission: 'label.decide', audit: 'label.lowered', audits: ['label.kept'] },
}, {
  'label.raised': { zh: '提高密级', en: 'Label raised' },
  'label.lowering-asked': { zh: '申请降低密级', en: 'Lowering of a label asked for' },
  'label.lowered': { zh: '批准降低密级', en: 'Lowering of a label approved' },
  'label.kept': { zh: '不同意降低密级', en: 'Lowering of a label refused' },
});
