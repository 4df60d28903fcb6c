import { Type } from 'typebox';
import { ask, askYesNo, definePack, onlineListing, preCheck, step, text, valid, type Register } from '@zhengwu/pack';

const housing = {
  code: 'YC-ZJ', name: text('云川市住房和城乡建设局', 'Yunchuan Housing and Construction Bureau'), uscc: '119901009900006073',
  address: text('云川市霁湾区长堤路18号', '18 Changdi Road, Jiwan District, Yunchuan'), consult: '0990-12100060', complain: '0990-12900060',
};

/** Units that pay into the housing fund. */
const units: Register = {
  code: 'housing-fund-units', name: text('公积金缴存单位库', 'Units in the housing fund'),
  schema: Type.Object({
    uscc: valid.uscc, name: valid.line(100), rate: Type.Integer({ minimum: 5, maximum: 12 }), employees: Type.Integer({ minimum: 0 }), registeredOn: valid.day, status: Type.Enum(['active', 'ended']),
  }, { additionalProperties: false }) as unknown as Record<string, unknown>,
  key: 'uscc', subject: 'company', keeper: 'YC-ZJ', sharing: { class: '2', condition: text('依职权使用', 'Within one’s powers') },
  fields: [
    { key: 'uscc', label: text('统一社会信用代码', 'Unified social credit code'), class: 'public', identifier: 'uscc' }, { key: 'name', label: text('名称', 'Name'), class: 'public' },
    { key: 'rate', label: text('缴存比例（%）', 'Rate (%)'), class: 'internal' }, { key: 'employees', label: text('缴存人数', 'Employees'), class: 'internal' }, { key: 'registeredOn', label: text('登记日期', 'Registered'), class: 'public' },
    { key: 'status', label: text('状态', 'Status'), class: 'public', values: { active: text('缴存', 'Active'), ended: text('停缴', 'Ended') } },
  ],
  category: 'legal', quality: [{ code: 'company-known', kind: 'consistency', fields: ['uscc'], register: 'enterprises' }],
};

export default definePack({
  code: 'housing-fund', version: '1.0.0',
  name: text('住房公积金', 'Housing fund'), line: text('住房保障', 'Housing'), summary: text('单位缴存登记', 'Registration of units'),
  departments: [{ code: housing.code, name: housing.name }],
  registers: [units], usesRegisters: ['company-names', 'enterprises'], licences: [], usesLicences: [], fixtures: [],
  services: [{
    code: 'housing-fund-unit', summary: text('企业为职工缴存公积金，先登记', 'Register the company before paying into the fund'), action: text('申请缴存登记', 'Register the unit'),
    keywords: ['公积金', '缴存', '登记', '企业', 'housing', 'fund', 'company'],
    listing: onlineListing({
      catalogueCode: '002017051001', name: text('住房公积金单位缴存登记', 'Registration of a unit in the housing fund'), department: housing, statutory: 10, promised: 2,
      byLaw: text('《住房公积金管理条例》第十四条', 'Regulation on Housing Funds, article 14'), conditions: [text('企业已经登记设立', 'The company is registered')], standard: text('企业名称库中已登记', 'Registered under its name'),
      audiences: ['1', '2'], personTopics: ['140'], companyTopics: ['070'], result: { name: text('缴存登记', 'Entry of the unit'), kind: 'other' },
      faq: [{ question: text('多久内要办？', 'By when?'), answer: text('自设立之日起三十日内（条例第十四条）。', 'Within thirty days of its founding (article 14).') }],
    }),
    form: [step('company', text('哪家企业？', 'Which company?'), [
      ask('companyName', 'text', text('企业名称', 'Company name'), Type.String({ minLength: 6, maxLength: 60 })),
      ask('employees', 'number', text('缴存人数', 'Employees'), Type.Integer({ minimum: 0, maximum: 100_000 })),
    ]), step('paying', text('怎样缴存？', 'How will you pay?'), [
      ask('rate', 'number', text('缴存比例（%）', 'Rate (%)'), Type.Integer({ minimum: 5, maximum: 12 }), { hint: text('5% 到 12%，单位与个人相同。', '5 to 12 per cent, the same for company and employee.') }),
    ]), step('contact', text('怎样联系您？', 'How do we reach you?'), [
      ask('phone', 'phone', text('联系电话', 'Phone'), valid.phone, { prefill: 'account.phone', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'tel' }),
    ])],
    subject: 'application.companyName + " 公积金缴存登记"', rules: [], needs: [], materials: [],
    facts: [{ name: 'companyName', register: 'company-names', key: 'application.companyName' }],
    preCheck: preCheck('fundCheck', [askYesNo('registered', text('企业已经登记设立', 'The company is registered'))]),
    process: 'fund-unit', licences: [], reasons: [{ code: 'not-registered', text: text('企业没有登记', 'The company is not registered'), for: ['refuse'] }],
    before: {
      source: text('公积金窗口 2019 年计时', 'Housing fund office, window timing of 2019'), papers: 4, visits: 1, hands: 2, days: 10,
      steps: [{ name: text('到窗口交材料', 'Hand papers in at the window'), minutes: 60, visit: true }],
    },
  }],
  lifeEvents: [],
  examples: [
    { name: text('名称库里没有：指出', 'No company of the name is found'), decision: 'fundFindings', input: { facts: { companyName: { found: false, uscc: null } }, today: '2026-11-22' }, output: { findings: [{ code: 'not-registered', severity: 'block', text: { zh: '企业名称库中没有这家已登记的企业', en: 'No registered company of this name' } }] } },
  ],
  processes: [{
    code: 'fund-unit', name: text('缴存登记流程', 'Process of the registration'), file: 'processes/fund-unit.bpmn',
    names: { submitted: 'Submitted', check: 'Check the company', review: 'Review', accepted: 'Accepted?', recordAcceptance: 'Record acceptance', enterUnit: 'Enter the unit', close: 'Close', deliver: 'Deliver', done: 'Done', refuse: 'Refuse acceptance', refused: 'Not accepted' },
  }],
  decisions: [{ code: 'housing-fund', name: text('公积金预检', 'Checks of the housing fund'), file: 'decisions/housing-fund.dmn' }],
});
