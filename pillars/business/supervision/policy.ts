import { definePolicy } from '@zhengwu/module';

const reader = { who: 'official', permission: 'supervision.read', audit: null, found: 'mask' } as const;
const actor = { who: 'official', permission: 'supervision.act', audit: null, found: 'mask' } as const;

/** Acts record their own audit in the transaction of the act. */
export const policy = definePolicy({
  'supervision.cards': reader,
  'supervision.figures': reader,
  'supervision.badRatings': reader,
  'supervision.answer': { ...actor, audit: 'supervision.cardExplained', audits: ['supervision.cardClosed'] },
  'supervision.rectify': { ...actor, audit: 'supervision.rectified' },
  'supervision.chases': { who: 'official', permission: 'case.read', audit: null, found: 'mask' },
  'supervision.answerChase': { who: 'official', permission: 'task.handle', audit: 'supervision.chaseAnswered', found: 'mask' },
  'supervision.incidents': { who: 'official', permission: 'case.mend', audit: null, found: 'mask' },
  'supervision.retryIncident': { who: 'official', permission: 'case.mend', audit: 'case.retried', audits: ['case.closed', 'case.incident'] },
  'supervision.chase': { who: 'official', permission: 'supervision.chase', audit: 'supervision.chased' },
}, {
  'supervision.carded': { zh: '亮牌', en: 'Card shown' },
  'supervision.cardExplained': { zh: '说明亮牌原因', en: 'Card explained' },
  'supervision.cardClosed': { zh: '销牌', en: 'Card closed' },
  'supervision.chased': { zh: '催办', en: 'Chased' },
  'supervision.chaseAnswered': { zh: '答复催办', en: 'Chase answered' },
  'supervision.rectified': { zh: '差评整改', en: 'Bad rating rectified' },
});
