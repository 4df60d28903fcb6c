import { Type } from 'typebox';
import { ask, askOne, askYesNo, definePack, onlineListing, preCheck, step, text, valid, type Service } from '@zhengwu/pack';
import { pensions } from './registers.ts';

const security = {
  code: 'YC-RS', name: text('云川市人力资源和社会保障局', 'Yunchuan Human Resources and Social Security Bureau'), uscc: '11990100990000404E',
  address: text('云川市云麓区书院路66号', '66 Shuyuan Road, Yunlu District, Yunchuan'), consult: '0990-12100040', complain: '0990-12900040',
};
const health = {
  code: 'YC-WJ', name: text('云川市卫生健康委员会', 'Yunchuan Health Commission'), uscc: '11990100990000703C',
  address: text('云川市鹭汀区听潮路170号', '170 Tingchao Road, Luting District, Yunchuan'), consult: '0990-12100070', complain: '0990-12900070',
};
const held = { prefillSource: text('人口基础信息库', 'Population register'), locked: true, personal: true } as const;
const aboutYou = step('about-you', text('核对您的身份信息', 'Check your details'), [
  ask('citizenNumber', 'citizenNumber', text('公民身份号码', 'Citizen number'), valid.citizenNumber, { ...held, prefill: 'principal.identifier' }),
  ask('name', 'text', text('姓名', 'Name'), valid.line(50), { ...held, prefill: 'facts.population.name' }),
  askOne('sex', text('性别', 'Sex'), { 男: text('男', 'Male'), 女: text('女', 'Female') }, { ...held, prefill: 'facts.population.sex' }),
  ask('birth', 'date', text('出生日期', 'Date of birth'), valid.day, { ...held, prefill: 'facts.population.birth' }),
]);
const contact = step('contact', text('怎样联系您？', 'How do we reach you?'), [
  ask('phone', 'phone', text('联系电话', 'Phone'), valid.phone, { prefill: 'account.phone', prefillSource: text('您的账号', 'Your account'), personal: true, autocomplete: 'tel' }),
]);
const population: Service['facts'] = [{ name: 'population', register: 'population', key: 'applicant.identifier' }];
const before = (source: [string, string], papers: number, days: number): Service['before'] => ({
  source: text(...source), papers, visits: 2, hands: 3, days,
  steps: [{ name: text('到窗口交材料', 'Hand papers in at the window'), minutes: 80, visit: true }, { name: text('再来领结果', 'Come again for the result'), minutes: 40, visit: true }],
});
const names = { submitted: 'Submitted', accepted: 'Accepted?', recordAcceptance: 'Record acceptance', close: 'Close', deliver: 'Deliver', done: 'Done', refuse: 'Refuse acceptance', refused: 'Not accepted' };

export default definePack({
  code: 'retirement', version: '1.0.0',
  name: text('退休', 'Retirement'), line: text('社会保障与老龄', 'Social security and the elderly'), summary: text('养老金申领、公交优待卡', 'Pension, free public transport'),
  departments: [{ code: security.code, name: security.name }, { code: health.code, name: health.name }],
  registers: [pensions], usesRegisters: ['population'], usesLicences: [], fixtures: [],
  licences: [{
    code: 'senior-transit-card', name: text('老年人公交优待卡', 'Senior transit card'), typeCode: '11990100990000703C002',
    issuer: { department: health.code, name: health.name, uscc: health.uscc }, holder: 'person',
    fields: [
      { key: 'name', label: text('姓名', 'Name'), format: 'text', personal: true, required: true }, { key: 'sex', label: text('性别', 'Sex'), format: 'text', personal: true, required: true },
      { key: 'birth', label: text('出生', 'Born'), format: 'date', personal: true, required: true }, { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), format: 'citizenNumber', personal: true, required: true },
    ],
    validity: {}, replaces: true,
    template: { layout: 'card', title: text('老年人公交优待卡', 'SENIOR TRANSIT CARD'), portrait: 'portrait-photo', rows: ['name', 'sex', 'birth', 'citizenNumber'], footer: text('样例，不具法律效力', 'Specimen without legal force') },
  }],
  services: [{
    code: 'pension-application', summary: text('到龄退休，网上申领养老金', 'At retirement, apply for your pension online'), action: text('申领养老金', 'Apply for the pension'),
    keywords: ['退休', '养老', '养老金', '社保', 'pension', 'retire', 'retirement'],
    listing: onlineListing({
      catalogueCode: '002014041001', name: text('养老金申领', 'Application for a pension'), department: security, statutory: 20, promised: 5,
      byLaw: text('《中华人民共和国社会保险法》第十六条', 'Social Insurance Law, article 16'),
      conditions: [text('达到法定退休年龄', 'Has reached the age of retirement'), text('累计缴费满十五年', 'Fifteen years of contributions')], standard: text('年龄由人口库核对，缴费记录满十五年', 'Age by the population register, fifteen years paid'),
      audiences: ['1'], personTopics: ['150', '280'], result: { name: text('待遇核定', 'Award of the pension'), kind: 'approval' },
      faq: [{ question: text('从哪个月开始发？', 'From which month is it paid?'), answer: text('核准后的次月。', 'The month after the award.') }],
    }),
    form: [aboutYou, step('retiring', text('什么时候退休？', 'When do you retire?'), [
      ask('retireOn', 'date', text('退休日期', 'Day of retirement'), valid.day),
      askOne('workKind', text('参保类型', 'Scheme'), { employee: text('职工养老保险', 'Employees'), resident: text('居民养老保险', 'Residents') }),
      ask('paidYears', 'number', text('累计缴费年限', 'Years of contributions'), Type.Integer({ minimum: 0, maximum: 60 })),
      ask('bankAccount', 'text', text('收款银行账号', 'Bank account'), Type.String({ pattern: '^\\d{12,19}$' }), { personal: true }),
    ]), contact],
    subject: 'application.name + " 养老金申领"',
    rules: [{ path: '/paidYears', must: 'application.paidYears >= 15', message: text('按月领取须累计缴费满十五年（社会保险法第十六条）。', 'A monthly pension needs fifteen years of contributions (Social Insurance Law, article 16).') }],
    needs: [], materials: [], facts: population,
    preCheck: preCheck('pensionCheck', [ask('paid', 'number', text('累计缴费多少年？', 'How many years have you paid?'), Type.Integer({ minimum: 0, maximum: 60 }))]),
    process: 'pension-application', licences: [], reasons: [{ code: 'too-short', text: text('缴费年限不足', 'Too few years of contributions'), for: ['refuse'] }],
    before: before(['社保窗口 2019 年计时', 'Social security office, window timing of 2019'], 6, 20),
  }, {
    code: 'senior-transit-card', summary: text('年满六十周岁，公交地铁免费', 'From 60 on: public transport is free'), action: text('申请优待卡', 'Apply for the card'),
    keywords: ['老年', '优待', '公交', '退休', 'senior', 'transit', 'card'],
    listing: onlineListing({
      catalogueCode: '002023013001', name: text('办理老年人公交优待卡', 'Senior transit card'), department: health, statutory: 10, promised: 2,
      byLaw: text('《中华人民共和国老年人权益保障法》第五十八条', 'Law on the Protection of the Rights of the Elderly, article 58'),
      conditions: [text('年满六十周岁', 'Sixty years of age or older'), text('具有云川市常住户口', 'Registered household in Yunchuan')], standard: text('年龄由人口库核对，照片清晰', 'Age by the population register, photograph clear'),
      audiences: ['1'], personTopics: ['120', '280'],
      result: { name: text('老年人公交优待卡（电子）', 'Senior transit card (electronic)'), kind: 'licence', licence: 'senior-transit-card', sample: { title: text('老年人公交优待卡（样例）', 'Senior transit card (specimen)'), rows: [{ label: text('姓名', 'Name'), example: text('云大川', 'Yun Dachuan') }] } },
      faq: [{ question: text('要到现场吗？', 'Do I have to come?'), answer: text('不用，电子卡在手机上出示即可。', 'No; show the electronic card on your phone.') }],
    }),
    form: [aboutYou, contact],
    subject: 'application.name + " 公交优待卡"', rules: [], needs: [],
    materials: [{
      code: 'portrait-photo', name: text('人像照片', 'Portrait photograph'), kind: text('照片', 'Photograph'), need: 'required', source: 'applicant', form: 'electronic', pages: 1, pageFormat: text('358×441 像素', '358 × 441 pixels'), copies: 1,
      satisfiedBy: { upload: { types: ['image/jpeg', 'image/png'], maxSize: 2_097_152, maxFiles: 1 } },
      sample: { title: text('人像照片要求', 'What the portrait must be'), rows: [{ label: text('背景', 'Background'), example: text('白色，无边框', 'White, no frame') }] },
      acceptStandard: text('清晰，正面，免冠', 'Clear, from the front, no hat'), byLaw: text('《中华人民共和国老年人权益保障法》第五十八条', 'Law on the Protection of the Rights of the Elderly, article 58'),
    }],
    facts: population,
    preCheck: preCheck('cardCheck', [askYesNo('resident', text('户口在云川市', 'My household is registered in Yunchuan')), ask('age', 'number', text('您多大年纪？', 'How old are you?'), Type.Integer({ minimum: 0, maximum: 130 }))]),
    process: 'senior-transit-card', licences: ['senior-transit-card'], reasons: [{ code: 'portrait-unfit', text: text('照片不符合要求', 'The photograph is unfit'), for: ['correct'] }, { code: 'under-age', text: text('未满六十周岁', 'Under sixty'), for: ['refuse'] }],
    before: before(['社区 2019 年计时', 'Community office, timing of 2019'], 3, 15),
  }],
  lifeEvents: [{
    code: 'retire', name: text('退休', 'Retiring'), summary: text('养老金和公交优待卡一起申请', 'Pension and transit card in one application'),
    services: ['pension-application', 'senior-transit-card'],
    together: { questions: ['citizenNumber', 'name', 'sex', 'birth', 'phone'], materials: [], after: {} },
  }],
  examples: [
    { name: text('缴费满十五年可以领', 'Fifteen years are enough'), decision: 'pensionCheck', input: { answers: { paid: 15 } }, output: { eligible: true, reasons: [{ zh: '可以办理，免费。', en: 'You can apply; it is free.' }], instead: null, materials: [], fee: 0 } },
    { name: text('差一天满六十：还不能办', 'One day short of sixty: not yet'), decision: 'cardFindings', input: { facts: { population: { found: true, birth: '1966-11-23' } }, today: '2026-11-22' }, output: { findings: [{ code: 'under-age', severity: 'block', text: { zh: '人口库登记的年龄不满六十周岁', en: 'Under sixty by the population register' } }] } },
  ],
  processes: [
    { code: 'pension-application', name: text('养老金申领流程', 'Process of the pension'), file: 'processes/pension-application.bpmn', names: { ...names, review: 'Approve the retirement', enterPension: 'Enter the pension' } },
    { code: 'senior-transit-card', name: text('优待卡流程', 'Process of the card'), file: 'processes/senior-transit-card.bpmn', names: { ...names, check: 'Check the age', review: 'Review', issue: 'Issue the card' } },
  ],
  decisions: [{ code: 'retirement', name: text('退休预检', 'Checks of a retirement'), file: 'decisions/retirement.dmn' }],
});
