import { text, type Indicator } from '@zhengwu/pack';

const ofCases = { owner: 'YC-ZW', dataset: 'cases', grain: 'month', dimensions: ['department'], where: [], openness: 'open', smallest: 1 } satisfies Partial<Indicator>;

/** Approved, approved with materials to follow, not approved: the ways in which a case ends with a decision (standards: case states 11–13). */
const DECIDED = [11, 12, 13];

export const indicators: Indicator[] = [
  {
    ...ofCases, code: 'cases-submitted', name: text('申请量', 'Applications'), unit: text('件', 'cases'), time: 'submittedAt', measure: { kind: 'count' }, decimals: 0,
    definition: text('当月提交的申请，含窗口代为提交的；撤回的也计入。', 'Applications submitted in the month, at windows too; those withdrawn later count.'),
  },
  {
    ...ofCases, code: 'cases-closed', name: text('办结量', 'Cases closed'), unit: text('件', 'cases'), time: 'closedAt', where: [{ column: 'state', is: 'in', values: DECIDED }], measure: { kind: 'count' }, decimals: 0,
    definition: text('当月作出决定的办件；撤回、不予受理的不计。', 'Cases decided in the month; those withdrawn or not accepted are left out.'),
  },
  {
    ...ofCases, code: 'handling-days', name: text('办理天数中位数', 'Median days to a decision'), unit: text('天', 'days'), time: 'closedAt', where: [{ column: 'state', is: 'in', values: DECIDED }], measure: { kind: 'median', of: 'handlingDays' }, decimals: 1,
    definition: text('当月作出决定的办件，从提交到决定所经自然天数的中位数，含申请人补正的时间。', 'Of cases decided in the month, the median of the calendar days from submission to decision, corrections by applicants included.'),
  },
  {
    ...ofCases, code: 'promise-kept', name: text('承诺期限内办结率', 'Decided within the promise'), unit: text('比例', 'share'), time: 'closedAt', where: [{ column: 'isOnTime', is: 'known' }], measure: { kind: 'share', where: [{ column: 'isOnTime', is: 'equal', value: true }] }, decimals: 4,
    definition: text('当月办结、有承诺期限的办件中，在承诺日当天或之前办结的比例。', 'Of cases that ended in the month and had a promise, the share that ended on or before the promised day.'),
  },
  {
    code: 'companies-founded', name: text('新设企业', 'Companies founded'), unit: text('户', 'companies'), owner: 'YC-SC', dataset: 'register-enterprises', time: 'foundedOn', grain: 'month', dimensions: ['division'],
    measure: { kind: 'count' }, where: [], decimals: 0, openness: 'open', smallest: 1,
    definition: text('当月成立的企业，按登记住所所在区；此后注销的也计入。', 'Companies founded in the month, by the district of their address; those dissolved since count.'),
  },
  {
    code: 'register-quality', name: text('基础库数据质量', 'Quality of registers'), unit: text('比例', 'share'), owner: 'YC-ZW', dataset: 'quality-scores', time: 'measuredOn', grain: 'month', dimensions: ['keeper', 'dimension'],
    measure: { kind: 'mean', of: 'score' }, where: [{ column: 'score', is: 'known' }], decimals: 4, openness: 'internal', smallest: 1,
    definition: text('当月各次测评中，每条质量规则的符合比例的平均值；没有受检记录的规则不计。', 'Of all measurements in the month, the mean of the shares of records that keep each rule; rules that no record was asked of are left out.'),
  },
];
