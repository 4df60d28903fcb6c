import { codeList } from './code-list.ts';

/** What supervision 电子监察 issues. */
export const warningKinds = codeList('warning-kind', [
  { code: 'warning', zh: '预警', en: 'Warning' },
  { code: 'yellow', zh: '黄牌', en: 'Yellow card' },
  { code: 'red', zh: '红牌', en: 'Red card' },
]);

export const cardStatuses = codeList('card-status', [
  { code: 'open', zh: '待说明', en: 'Open' },
  { code: 'explained', zh: '已说明', en: 'Explained' },
  { code: 'closed', zh: '已办结', en: 'Closed' },
]);

/** What sets supervision off. Which card follows is each site's configuration. */
export const supervisionRules = codeList('supervision-rule', [
  { code: 'not-accepted', zh: '应受理未受理', en: 'Should have been accepted but was not' },
  { code: 'due-soon', zh: '距承诺期限不足一个工作日', en: 'Less than one working day left of the promised limit' },
  { code: 'over-promise', zh: '超过承诺期限', en: 'Over the promised limit' },
  { code: 'over-statutory', zh: '超过法定期限', en: 'Over the statutory limit' },
  { code: 'stage-overdue', zh: '环节超时', en: 'A stage is overdue' },
  { code: 'no-reason', zh: '未说明理由', en: 'No reason stated' },
  { code: 'bad-rating', zh: '差评未按期整改', en: 'A bad rating not rectified in time' },
]);
