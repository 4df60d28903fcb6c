import { text, type Example } from '@zhengwu/pack';

const today = '2026-11-22';
const application = { name: '云小川', birth: '1990-03-07', licenceClass: 'C1' };
const facts = {
  population: { found: true, name: '云小川' },
  physicalExam: { found: true, result: 'fit', validUntil: '2027-03-01' },
  examination: { found: true, result: 'passed', licenceClass: 'C1' },
  relief: { found: false, status: null },
  driverLicence: { found: true, status: 'valid', validFrom: '2020-12-30', validUntil: '2026-12-30', points: 0, unpaidViolations: 0 },
};
const beginner = { ...facts, driverLicence: { found: false, status: null, validFrom: null, validUntil: null, points: null, unpaidViolations: null } };

export const examples: Example[] = [
  { name: text('数据一致：自动换证', 'Data agree: renewed automatically'), decision: 'renewalFindings', input: { application, facts, today }, output: { automatic: true, findings: [], fee: 1000 } },
  {
    name: text('有未处理违法：转人工', 'Open violations: to a person'),
    decision: 'renewalFindings', input: { application, facts: { ...facts, driverLicence: { ...facts.driverLicence, unpaidViolations: 2 } }, today },
    output: { automatic: false, findings: [{ code: 'violations', severity: 'block', text: { zh: '有交通违法尚未处理', en: 'Violations are not settled' } }], fee: 1000 },
  },
  { name: text('低保对象免收工本费', 'No fee for recipients of the allowance'), decision: 'licenceFee', input: { facts: { ...facts, relief: { found: true, status: 'active' } } }, output: 0 },
  { name: text('六年换十年', 'Six years become ten'), decision: 'renewalYears', input: { facts }, output: 10 },
  { name: text('十年换长期', 'Ten years become no end'), decision: 'renewalYears', input: { facts: { ...facts, driverLicence: { ...facts.driverLicence, validFrom: '2016-12-30' } } }, output: 0 },
  { name: text('考试合格、体检合格：可以申领', 'Passed and fit: nothing in the way'), decision: 'firstIssueIssues', input: { application, facts: beginner, today }, output: [] },
  {
    name: text('没有考试记录：指出', 'No examination: found'),
    decision: 'firstIssueIssues', input: { application, facts: { ...beginner, examination: { found: false, result: null, licenceClass: null } }, today },
    output: [{ code: 'not-passed', severity: 'block', text: { zh: '考试库中没有全部科目合格的记录', en: 'No record that all subjects were passed' } }],
  },
  { name: text('首次有效期六年', 'The first licence is valid for six years'), decision: 'firstPeriod', input: { today }, output: { from: today, until: '2032-11-22', text: '2032-11-22' } },
];
