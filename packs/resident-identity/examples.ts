import { text, type Example } from '@zhengwu/pack';

const today = '2026-11-22';
const application = { reason: 'lost', name: '云小川', birth: '1990-03-07', citizenNumber: '990102199003070011' };
const facts = { population: { found: true, name: '云小川', status: 'living' }, identityCard: { found: true, losses: 0 } };

export const examples: Example[] = [
  {
    name: text('户籍在本市、本人、证件丢失：可以网上补领', 'Resident, for oneself, lost: may apply online'),
    decision: 'preCheck',
    input: { answers: { household: 'here', reason: 'lost', self: true, age: 36 } },
    output: {
      eligible: true, reasons: [{ zh: '您可以在网上补领，不必到现场。', en: 'You can replace your card online, without a visit.' }],
      instead: null, materials: ['portrait-photo', 'household-record'], fee: 4000,
    },
  },
  { name: text('三十六岁：有效期二十年（居民身份证法 §5）', 'At 36: valid for 20 years (Identity Card Law §5)'), decision: 'validYears', input: { application, today }, output: 20 },
  { name: text('四十六岁以上：长期', 'From 46 on: no end'), decision: 'validYears', input: { application: { ...application, birth: '1953-09-11' }, today }, output: 0 },
  { name: text('十六周岁以下：五年', 'Under 16: 5 years'), decision: 'validYears', input: { application: { ...application, birth: '2015-09-11' }, today }, output: 5 },
  { name: text('补领工本费四十元', 'The fee is 40 yuan'), decision: 'replacementFee', input: { application }, output: 4000 },
  { name: text('信息一致：没有矛盾', 'Consistent: nothing found'), decision: 'blockers', input: { application, facts }, output: [] },
];
