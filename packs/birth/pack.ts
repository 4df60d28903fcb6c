import { Type } from 'typebox';
import { ask, askOne, askYesNo, definePack, onlineListing, preCheck, step, text, valid, type Material, type Service } from '@zhengwu/pack';
import { registers } from './registers.ts';

const household = {
  code: 'YC-GA-HZ', name: text('云川市公安局户政支队', 'Household Registration Division'), uscc: '11990100990000105G',
  address: text('云川市鹭汀区听潮路110号', '110 Tingchao Road, Luting District, Yunchuan'), consult: '0990-12100011', complain: '0990-12900011',
};
const insurer = {
  code: 'YC-RS', name: text('云川市人力资源和社会保障局', 'Yunchuan Human Resources and Social Security Bureau'), uscc: '11990100990000404E',
  address: text('云川市云麓区书院路66号', '66 Shuyuan Road, Yunlu District, Yunchuan'), consult: '0990-12100040', complain: '0990-12900040',
};
const held = { prefillSource: text('人口基础信息库', 'Population register'), locked: true, personal: true } as const;

const aboutYou = step('about-you', text('核对您（父亲或母亲）的信息', 'Check your details, as the parent'), [
  ask('citizenNumber', 'citizenNumber', text('公民身份号码', 'Citizen number'), valid.citizenNumber, { ...held, prefill: 'principal.identifier' }),
  ask('name', 'text', text('姓名', 'Name'), valid.line(50), { ...held, prefill: 'facts.population.name' }),
]);
const child = step('child', text('宝宝的信息', 'The child'), [
  ask('certificateNumber', 'text', text('出生医学证明编号', 'Number of the birth certificate'), Type.String({ pattern: '^[A-Z]\\d{9}$' }), { hint: text('一个字母加九位数字，例如 A990000001', 'One letter and nine digits, such as A990000001'), personal: true }),
  ask('childName', 'text', text('宝宝姓名', 'Name of the child'), valid.line(50), { personal: true }),
  askOne('childSex', text('性别', 'Sex'), { 男: text('男', 'Male'), 女: text('女', 'Female') }, { personal: true }),
  ask('bornOn', 'date', text('出生日期', 'Born on'), valid.day, { personal: true }),
  ask('phone', 'phone', text('联系电话', 'Phone'), valid.phone, { prefill: 'account.phone', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'tel' }),
]);
const bornBefore: Service['rules'][number] = { path: '/bornOn', must: 'application.bornOn <= today', message: text('出生日期不能晚于今天。', 'The day of birth can’t be in the future.') };
const population: Service['facts'] = [{ name: 'population', register: 'population', key: 'applicant.identifier' }];
const certificate: Material = {
  code: 'birth-certificate', name: text('出生医学证明', 'Birth certificate'), kind: text('证明', 'Proof'), need: 'required', source: 'other', sourceExplain: text('接生的医疗机构', 'The hospital'),
  form: 'both', pages: 1, pageFormat: text('PDF 或图片', 'PDF or picture'), copies: 1,
  satisfiedBy: { upload: { types: ['application/pdf', 'image/jpeg', 'image/png'], maxSize: 10_485_760, maxFiles: 2 } },
  sample: { title: text('出生医学证明', 'Birth certificate'), rows: [{ label: text('编号', 'Number'), example: text('A990000001', 'A990000001') }, { label: text('新生儿姓名', 'Name'), example: text('云新禾', 'Yun Xinhe') }] },
  acceptStandard: text('编号、姓名、日期清晰', 'Number, name and day are clear'), byLaw: text('《中华人民共和国母婴保健法》第二十三条', 'Law on Maternal and Infant Health Care, article 23'),
};
const before = (source: [string, string], days: number): Service['before'] => ({
  source: text(...source), papers: 5, visits: 2, hands: 3, days,
  steps: [{ name: text('到窗口交材料', 'Hand papers in at the window'), minutes: 70, visit: true }, { name: text('再来领结果', 'Come again for the result'), minutes: 40, visit: true }],
});
const names = { submitted: 'Submitted', accepted: 'Accepted?', recordAcceptance: 'Record acceptance', close: 'Close', deliver: 'Deliver', done: 'Done', refuse: 'Refuse acceptance', refused: 'Not accepted' };

export default definePack({
  code: 'birth', version: '1.0.0',
  name: text('新生儿', 'A child is born'), line: text('公安户政与医疗保障', 'Household police and health insurance'), summary: text('出生登记、新生儿医保', 'Registration of birth, health insurance of the newborn'),
  departments: [{ code: household.code, name: household.name }, { code: insurer.code, name: insurer.name }, { code: 'YC-WJ', name: text('云川市卫生健康委员会', 'Yunchuan Health Commission') }],
  registers, usesRegisters: ['population'], licences: [], usesLicences: [], fixtures: [],
  services: [{
    code: 'birth-registration', summary: text('宝宝出生，网上上户口', 'Enter the newborn in the household online'), action: text('申请出生登记', 'Register the birth'),
    keywords: ['出生', '上户口', '落户', '新生儿', '宝宝', 'birth', 'newborn', 'child', 'register'],
    listing: onlineListing({
      catalogueCode: '002009033001', name: text('出生登记', 'Registration of birth'), department: household, statutory: 10, promised: 3,
      byLaw: text('《中华人民共和国户口登记条例》第七条', 'Regulation on Household Registration, article 7'),
      conditions: [text('父母一方的户口在本市', 'One parent’s household is in this city'), text('有出生医学证明', 'There is a birth certificate')],
      standard: text('与出生医学证明一致', 'Agrees with the birth certificate'), audiences: ['1'], personTopics: ['010', '020'], result: { name: text('出生登记', 'Entry of the birth'), kind: 'other' },
      faq: [{ question: text('多久内要办？', 'By when?'), answer: text('出生后一个月以内（户口登记条例第七条）。', 'Within a month of the birth (Regulation on Household Registration, article 7).') }],
    }),
    form: [aboutYou, child, step('household', text('宝宝落在哪一户？', 'Which household?'), [
      askYesNo('joinsMine', text('随我落户', 'The child joins my household')),
    ])],
    subject: 'application.childName + " 出生登记"',
    rules: [bornBefore, { path: '/joinsMine', must: 'application.joinsMine', message: text('网上只办理随申请人落户，其他情形请到窗口。', 'Online the child joins the applicant’s household; for others come to the window.') }],
    needs: [], materials: [certificate], facts: population,
    preCheck: preCheck('birthCheck', [askYesNo('parent', text('我是孩子的父亲或母亲', 'I am the child’s parent')), askYesNo('household', text('我的户口在云川市', 'My household is in Yunchuan'))]),
    process: 'birth-registration', licences: [], reasons: [{ code: 'certificate-unclear', text: text('出生医学证明看不清或不一致', 'The birth certificate is unclear or differs'), for: ['correct', 'refuse'] }],
    before: before(['户政窗口 2019 年计时', 'Household office, window timing of 2019'], 10),
  }, {
    code: 'newborn-insurance', summary: text('宝宝出生就能报销', 'Covered from birth'), action: text('为宝宝参保', 'Insure the child'),
    keywords: ['医保', '新生儿', '参保', '宝宝', 'insurance', 'newborn', 'health'],
    listing: onlineListing({
      catalogueCode: '002036021001', name: text('新生儿参加居民医保', 'Health insurance of a newborn'), department: insurer, statutory: 10, promised: 2,
      byLaw: text('《中华人民共和国社会保险法》第二十五条', 'Social Insurance Law, article 25'),
      conditions: [text('新生儿已办理出生登记', 'The birth is registered')], standard: text('与出生登记一致', 'Agrees with the registration'), audiences: ['1'], personTopics: ['010', '150'],
      result: { name: text('参保登记', 'Entry of the insurance'), kind: 'other' },
      faq: [{ question: text('从哪天起可以报销？', 'From which day is it covered?'), answer: text('从出生之日起。', 'From the day of birth.') }],
    }),
    form: [aboutYou, child, step('paying', text('怎样缴费？', 'How will you pay?'), [
      askOne('payBy', text('缴费方式', 'Payment'), { account: text('从我的医保个人账户代缴', 'From my own insurance account'), bank: text('银行代扣', 'By the bank') }),
    ])],
    subject: 'application.childName + " 居民医保"', rules: [bornBefore], needs: [], materials: [certificate], facts: population,
    preCheck: preCheck('insuranceCheck', [askYesNo('parent', text('我是孩子的父亲或母亲', 'I am the child’s parent'))]),
    process: 'newborn-insurance', licences: [], reasons: [{ code: 'not-registered', text: text('没有办理出生登记', 'The birth is not registered'), for: ['refuse'] }],
    before: before(['医保窗口 2019 年计时', 'Insurance office, window timing of 2019'], 15),
  }],
  lifeEvents: [{
    code: 'child-born', name: text('新生儿出生', 'A child is born'), summary: text('出生登记办好后，医保自动接着办', 'Once the birth is registered the insurance follows by itself'),
    services: ['birth-registration', 'newborn-insurance'],
    together: { questions: ['citizenNumber', 'name', 'certificateNumber', 'childName', 'childSex', 'bornOn', 'phone'], materials: ['birth-certificate'], after: { 'newborn-insurance': ['birth-registration'] } },
  }],
  examples: [
    { name: text('本市父母可以办', 'A parent of this city may'), decision: 'birthCheck', input: { answers: { parent: true, household: true } }, output: { eligible: true, reasons: [{ zh: '可以办理，免费。', en: 'You can apply; it is free.' }], instead: null, materials: ['birth-certificate'], fee: 0 } },
    { name: text('不是父母不能办', 'Others may not'), decision: 'insuranceCheck', input: { answers: { parent: false } }, output: { eligible: false, reasons: [{ zh: '由父亲或母亲办理。', en: 'A parent applies.' }], instead: null, materials: [], fee: 0 } },
  ],
  processes: [
    { code: 'birth-registration', name: text('出生登记流程', 'Process of the registration'), file: 'processes/birth-registration.bpmn', names: { ...names, review: 'Review the registration', enterBirth: 'Enter the birth' } },
    { code: 'newborn-insurance', name: text('新生儿参保流程', 'Process of the insurance'), file: 'processes/newborn-insurance.bpmn', names: { ...names, review: 'Check the details', enterInsurance: 'Enter the insurance' } },
  ],
  decisions: [{ code: 'birth', name: text('新生儿预检', 'Checks for a newborn'), file: 'decisions/birth.dmn' }],
});
