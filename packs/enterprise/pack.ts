import { askOne, askYesNo, definePack, preCheck, text } from '@zhengwu/pack';
import { examples } from './examples.ts';
import { form } from './form.ts';
import { licences } from './licences.ts';
import { listing } from './listing.ts';
import { materials, needs } from './materials.ts';
import { establishment } from './processes/names.ts';
import { registers } from './registers.ts';

export default definePack({
  code: 'enterprise',
  version: '1.2.0',
  name: text('企业开办', 'Starting a company'),
  line: text('市场监管', 'Market regulation'),
  summary: text('企业设立登记，税务、印章、社保并联办理', 'Establishment with tax, seals and social insurance in parallel'),
  departments: [
    { code: 'YC-SC', name: text('云川市市场监督管理局', 'Yunchuan Market Regulation Bureau') },
    { code: 'YC-SW', name: text('云川市税务局', 'Yunchuan Tax Bureau') },
    { code: 'YC-RS', name: text('云川市人力资源和社会保障局', 'Yunchuan Human Resources and Social Security Bureau') },
    { code: 'YC-GA', name: text('云川市公安局', 'Yunchuan Public Security Bureau') },
    { code: 'YC-GA-YZ', name: text('云川市公安局印章管理科', 'Seal Administration Section') },
    { code: 'YC-ZW', name: text('云川市政务服务局', 'Yunchuan Government Services Bureau') },
    { code: 'YC-JY', name: text('云川市教育局', 'Yunchuan Education Bureau') },
    { code: 'YC-WJ', name: text('云川市卫生健康委员会', 'Yunchuan Health Commission') },
    { code: 'YC-ZJ', name: text('云川市住房和城乡建设局', 'Yunchuan Housing and Construction Bureau') },
  ],
  registers,
  usesRegisters: ['population'],
  services: [{
    code: 'enterprise-establishment',
    summary: text('一次申请，办好执照、税务、印章和社保', 'One application for licence, tax, seals and social insurance'),
    action: text('申请设立企业', 'Apply to establish a company'),
    keywords: ['公司', '开公司', '开', '企业', '注册', '开办', '营业执照', '设立', '登记', '工商', 'company', 'business licence', 'register', 'start'],
    listing,
    // Who founds a company in another's name does harm that is hard to undo: the founder's identity is checked (市场主体登记管理条例 §15, real-name registration).
    assurance: 2,
    form,
    subject: 'application.companyName + " 设立登记"',
    rules: [
      {
        path: '/shareholders', must: 'sum(for one in application.shareholders return one.share) = 100',
        message: text('股东出资比例之和须为 100。', 'The shares must add up to 100.'),
      },
      {
        path: '/shareholders', must: 'application.companyType != "sole" or count(application.shareholders) = 1',
        message: text('自然人独资公司只有一名股东。', 'A one-person company has one shareholder.'),
      },
      {
        path: '/companyName', must: 'facts.companyName.status = null or facts.companyName.status = "released"',
        message: text('该名称已被登记或保留，请换一个字号。', 'The name is taken or reserved; choose another word.'),
      },
    ],
    needs,
    materials,
    preCheck: preCheck('preCheck', [
      askOne('located', text('企业设在哪里？', 'Where will the company be?'), { here: text('云川市', 'In Yunchuan'), elsewhere: text('其他地方', 'Elsewhere') }),
      askYesNo('nameReady', text('已经想好名称', 'I have a name')),
      askYesNo('foreign', text('有外商投资', 'There is foreign investment')),
      askYesNo('permit', text('经营劳务派遣、培训、诊所或施工', 'Labour dispatch, training, clinic or construction')),
    ]),
    process: 'establishment',
    licences: licences.map((licence) => licence.code),
    facts: [
      { name: 'companyName', register: 'company-names', key: 'application.companyName' },
      { name: 'population', register: 'population', key: 'applicant.identifier' },
      { name: 'restricted', register: 'restricted-persons', key: 'applicant.identifier' },
    ],
    reasons: [
      { code: 'name-unfit', text: text('名称不符合规定', 'The name is not in order'), for: ['correct', 'refuse'] },
      { code: 'articles-incomplete', text: text('章程缺少法定记载事项或签名', 'The articles lack required content or signatures'), for: ['correct'] },
      { code: 'address-unproved', text: text('住所证明不足', 'The premises are not proved'), for: ['correct', 'refuse'] },
      { code: 'representative-barred', text: text('法定代表人不具备任职资格', 'The legal representative may not hold the office'), for: ['refuse'] },
      { code: 'permit-conditions', text: text('不具备许可经营条件', 'The conditions of the permit are not met'), for: ['correct', 'refuse'] },
      { code: 'site-inspection', text: text('需要现场核查', 'An inspection on site is needed'), for: ['suspend'] },
    ],
    before: {
      source: text('云川市 2018 年企业开办流程梳理', 'The city’s 2018 survey of starting a company'),
      steps: [
        { name: text('到工商窗口核名', 'Have the name approved at the window'), minutes: 90, visit: true },
        { name: text('提交设立材料', 'Hand in the papers'), minutes: 120, visit: true },
        { name: text('领取营业执照', 'Collect the licence'), minutes: 60, visit: true },
        { name: text('公安备案刻章', 'File and cut the seals'), minutes: 90, visit: true },
        { name: text('税务登记领票', 'Register for tax'), minutes: 120, visit: true },
        { name: text('社保开户', 'Open the social insurance account'), minutes: 90, visit: true },
      ],
      papers: 23, visits: 6, hands: 11, days: 22,
    },
  }],
  licences,
  usesLicences: ['resident-identity-card'],
  usesServices: ['housing-fund-unit'],
  lifeEvents: [{
    code: 'start-a-company', name: text('开办企业', 'Starting a company'),
    summary: text('执照、税务、印章、社保和公积金一次申请', 'Licence, tax, seals, insurance and housing fund in one application'),
    services: ['enterprise-establishment', 'housing-fund-unit'],
    together: { questions: ['companyName', 'employees', 'phone'], materials: [], after: { 'housing-fund-unit': ['enterprise-establishment'] } },
  }],
  fixtures: [
    { register: 'company-names', validFrom: '2024-03-01', data: { name: '云川已用软件有限公司', status: 'registered', since: '2024-03-01', uscc: '91990102MA0000015T' } },
    { register: 'enterprises', validFrom: '2024-03-01', data: {
      uscc: '91990102MA0000015T', name: '云川已用软件有限公司', kind: '有限责任公司', legalRepresentative: '云小川', legalRepresentativeNumber: '990102199003070011',
      capital: 100_000_000, scope: '软件开发', address: '云川市鹭汀区听潮路8号', division: '990102', foundedOn: '2024-03-01', status: 'active' } },
  ],
  examples,
  processes: [{ code: 'establishment', name: text('企业设立登记流程', 'Establishment process'), file: 'processes/establishment.bpmn', names: establishment }],
  decisions: [{ code: 'registration', name: text('名称与经营范围核查', 'Name and scope checks'), file: 'decisions/registration.dmn' }],
});
