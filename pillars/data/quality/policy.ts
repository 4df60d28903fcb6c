import { definePolicy } from '@zhengwu/module';

const read = { who: 'official', permission: 'quality.read', purpose: 'data-quality' } as const;

/** Stewards see the registers that their departments keep, the data centre all; the number of a person is shown one by one, with a reason. */
export const policy = definePolicy({
  'quality.list': { who: 'official', permission: 'quality.read', audit: null },
  'quality.register': { ...read, audit: 'quality.scoresRead', personal: true, found: 'mask' },
  'quality.rows': { ...read, audit: 'quality.rowsRead', personal: true, found: 'mask' },
  'quality.open': { ...read, audit: 'quality.rowOpened', personal: true, readsOnly: true, rate: { account: 120 }, shows: ['citizen-number'] },
  'quality.measure': { who: 'official', permission: 'quality.measure', audit: 'quality.measured', rate: { account: 20 } },
}, {
  'quality.scoresRead': { zh: '查看基础库的质量评分', en: 'Scores of a register read', personal: true },
  'quality.rowsRead': { zh: '查看不符合质量规则的记录', en: 'Records that break a rule of quality read', personal: true },
  'quality.rowOpened': { zh: '打开一条不符合质量规则的记录', en: 'Record that breaks a rule of quality opened', personal: true },
  'quality.measured': { zh: '要求测评基础库质量', en: 'Asked for a register to be measured' },
});
