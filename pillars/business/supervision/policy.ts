import { definePolicy } from '@zhengwu/module';

const reader = { who: 'official', permission: 'supervision.read', audit: null } as const;
const actor = { who: 'official', permission: 'supervision.act', audit: null } as const;

/** Acts record their own audit in the transaction of the act. */
export const policy = definePolicy({
  'supervision.cards': reader,
  'supervision.figures': reader,
  'supervision.badRatings': reader,
  'supervision.answer': actor,
  'supervision.rectify': actor,
  'supervision.chases': { who: 'official', permission: 'case.read', audit: null },
  'supervision.answerChase': { who: 'official', permission: 'task.handle', audit: null },
  'supervision.incidents': { who: 'official', permission: 'case.mend', audit: null },
  'supervision.retryIncident': { who: 'official', permission: 'case.mend', audit: null },
  'supervision.chase': { who: 'official', permission: 'supervision.chase', audit: null },
});
