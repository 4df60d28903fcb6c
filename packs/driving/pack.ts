import { Type } from 'typebox';
import { ask, askOne, askYesNo, definePack, preCheck, text, type Service } from '@zhengwu/pack';
import { examples } from './examples.ts';
import { firstIssueForm, renewalForm } from './form.ts';
import { firstIssue, renewal } from './listing.ts';
import { firstIssueMaterials, firstIssueNeeds, renewalMaterials, renewalNeeds } from './materials.ts';
import { firstIssue as firstIssueNames, renewal as renewalNames } from './processes/names.ts';
import { registers } from './registers.ts';

const fact = (name: string, register: string): Service['facts'][number] => ({ name, register, key: 'applicant.identifier' });
const facts = [
  fact('population', 'population'), fact('driverLicence', 'driver-licences'), fact('physicalExam', 'physical-exams'),
  fact('examination', 'driving-examinations'), fact('relief', 'social-relief'),
];
const declared: Service['rules'][number] = {
  path: '/medicalDeclared', must: 'application.medicalDeclared', message: text('须申明没有妨碍安全驾驶的疾病。', 'Please declare that no illness makes your driving unsafe.'),
};
const reasons: Service['reasons'] = [
  { code: 'portrait-unfit', text: text('照片不符合要求', 'The photograph is unfit'), for: ['correct'] },
  { code: 'identity-differs', text: text('身份信息不一致', 'Identity records disagree'), for: ['correct', 'refuse', 'suspend'] },
  { code: 'not-fit', text: text('身体条件不符合规定', 'Not fit to drive'), for: ['refuse'] },
  { code: 'open-violations', text: text('交通违法尚未处理', 'Violations are not settled'), for: ['correct', 'refuse'] },
  { code: 'barred', text: text('处于不得申请的期限内', 'Barred from applying for now'), for: ['refuse'] },
  { code: 'unpaid', text: text('逾期未缴费', 'Not paid in time'), for: ['refuse'] },
];

const firstService: Service = {
  code: 'driver-licence-first-issue',
  summary: text('考试合格后申领驾驶证，只到场一次', 'After the test: get your licence with one visit'),
  action: text('申领驾驶证', 'Apply for a driver’s licence'),
  keywords: ['驾照', '驾驶证', '领证', '初次', '考试', '车管所', 'driver', 'licence', 'first'],
  listing: firstIssue, form: firstIssueForm, subject: 'application.name + " 驾驶证初次申领"',
  rules: [declared], needs: firstIssueNeeds, materials: firstIssueMaterials,
  preCheck: preCheck('firstPreCheck', [
    ask('age', 'number', text('您多大年纪？', 'How old are you?'), Type.Integer({ minimum: 0, maximum: 130 })),
    askYesNo('passed', text('已通过全部科目考试', 'I passed all subjects')),
    askYesNo('fit', text('有六个月内的体检合格记录', 'I have a fitness check within six months')),
  ]),
  process: 'first-issue', licences: ['driver-licence'], facts, reasons,
  before: {
    source: text('驾照发放改革前后对比调查', 'Study of licence issuing before the reform'),
    steps: [
      { name: text('排队', 'Queue'), minutes: 45, visit: true },
      { name: text('填表、交照片与体检表', 'Form, photographs, fitness form'), minutes: 25 },
      { name: text('缴费窗口排队', 'Queue to pay'), minutes: 20 },
      { name: text('回家等通知', 'Wait for notice'), minutes: 0 },
      { name: text('再到车管所领证', 'Come again to collect'), minutes: 40, visit: true },
    ],
    papers: 5, visits: 2, hands: 6, days: 5,
  },
};

const renewalService: Service = {
  code: 'driver-licence-renewal',
  summary: text('驾驶证快到期，网上数秒换新证', 'Licence about to expire: renewed online in seconds'),
  action: text('申请换证', 'Renew your licence'),
  keywords: ['驾照', '驾驶证', '换证', '到期', '期满', '换领', 'driver', 'licence', 'renewal', 'expired'],
  listing: renewal, form: renewalForm, subject: 'application.name + " 驾驶证期满换证"',
  rules: [declared], needs: renewalNeeds, materials: renewalMaterials,
  preCheck: preCheck('renewalPreCheck', [
    askOne('expiry', text('驾驶证什么时候到期？', 'When does your licence expire?'), {
      soon: text('九十日之内', 'Within 90 days'), recently: text('刚过期，不到一年', 'Less than a year ago'), later: text('九十日以后', 'In more than 90 days'), longAgo: text('过期一年以上', 'More than a year ago'),
    }),
    askYesNo('violations', text('有未处理的交通违法', 'I have violations that are not settled')),
    askYesNo('fit', text('有六个月内的体检合格记录', 'I have a fitness check within six months')),
  ]),
  process: 'renewal', licences: ['driver-licence'], facts: facts.filter((one) => one.name !== 'examination'), reasons,
  before: {
    source: text('车管所 2018 年窗口计时', 'Vehicle office, window timing of 2018'),
    steps: [
      { name: text('到医院体检取表', 'Fitness check, collect the form'), minutes: 60, visit: true },
      { name: text('车管所排队', 'Queue at the vehicle office'), minutes: 45, visit: true },
      { name: text('填表交材料', 'Form and papers'), minutes: 15 },
      { name: text('缴费、等候制证', 'Pay and wait'), minutes: 40 },
    ],
    papers: 4, visits: 2, hands: 4, days: 1,
  },
};

const row = (key: string, zh: string, en: string, format: 'text' | 'date' | 'citizenNumber' = 'text', isPersonal = true) => ({ key, label: text(zh, en), format, personal: isPersonal, required: true });

export default definePack({
  code: 'driving',
  version: '1.1.0',
  name: text('机动车驾驶证', 'Driver’s licences'),
  line: text('公安交管', 'Traffic police'),
  summary: text('驾驶证初次申领与期满换证', 'First issue and renewal of driver’s licences'),
  departments: [
    { code: 'YC-GA', name: text('云川市公安局', 'Yunchuan Public Security Bureau') },
    { code: 'YC-GA-JG', name: text('云川市公安局交通警察支队', 'Traffic Police Division') },
    { code: 'YC-GA-HZ', name: text('云川市公安局户政支队', 'Household Registration Division') },
    { code: 'YC-WJ', name: text('云川市卫生健康委员会', 'Yunchuan Health Commission') },
    { code: 'YC-MZ', name: text('云川市民政局', 'Yunchuan Civil Affairs Bureau') },
  ],
  registers,
  usesRegisters: ['population'],
  services: [firstService, renewalService],
  licences: [{
    code: 'driver-licence',
    name: text('机动车驾驶证', 'Driver’s licence'),
    typeCode: '119901009900001216001',
    issuer: { department: 'YC-GA-JG', name: text('云川市公安局交通警察支队', 'Yunchuan Traffic Police'), uscc: '119901009900001216' },
    holder: 'person',
    fields: [
      row('name', '姓名', 'Name'), row('sex', '性别', 'Sex'), row('birth', '出生日期', 'Born', 'date'), row('address', '住址', 'Address'),
      row('citizenNumber', '证号', 'Number', 'citizenNumber'), row('classes', '准驾车型', 'Class', 'text', false), row('firstIssuedOn', '初次领证日期', 'First issued', 'date', false),
      row('validFrom', '有效期始', 'Valid from', 'date', false), row('validUntil', '有效期止', 'Valid until', 'text', false), row('fileNumber', '档案编号', 'File number'),
    ],
    validity: {},
    replaces: true,
    template: {
      layout: 'card', title: text('机动车驾驶证', 'DRIVER’S LICENCE'), portrait: 'portrait-photo',
      rows: ['citizenNumber', 'name', 'sex', 'birth', 'address', 'firstIssuedOn', 'classes', 'validFrom', 'validUntil', 'fileNumber'],
      footer: text('样例，不具法律效力', 'Specimen without legal force'),
    },
  }],
  usesLicences: ['resident-identity-card'],
  lifeEvents: [
    { code: 'learn-to-drive', name: text('我要学车开车', 'I want to drive'), summary: text('从考试合格到拿到驾驶证', 'From the test to the licence'), services: ['driver-licence-first-issue'] },
  ],
  fixtures: [
    { register: 'driver-licences', validFrom: '2020-12-30', data: { citizenNumber: '990102199003070011', fileNumber: '990100000001', classes: 'C1', firstIssuedOn: '2020-12-30', validFrom: '2020-12-30', validUntil: '2026-12-30', points: 0, unpaidViolations: 0, status: 'valid' } },
    { register: 'physical-exams', validFrom: '2026-11-01', data: { citizenNumber: '990102199003070011', examinedOn: '2026-11-01', validUntil: '2027-05-01', hospital: '云川市第一人民医院', vision: '左5.0 右5.0', result: 'fit' } },
    { register: 'driving-examinations', validFrom: '2026-11-18', data: { citizenNumber: '990102200803010055', licenceClass: 'C1', subject1: 96, subject2: 90, subject3: 95, subject4: 98, passedOn: '2026-11-18', result: 'passed', school: '云川安行驾校' } },
    { register: 'physical-exams', validFrom: '2026-10-01', data: { citizenNumber: '990102200803010055', examinedOn: '2026-10-01', validUntil: '2027-04-01', hospital: '云川市第一人民医院', vision: '左5.0 右5.0', result: 'fit' } },
  ],
  examples,
  processes: [
    { code: 'first-issue', name: text('初次申领流程', 'First issue process'), file: 'processes/first-issue.bpmn', names: firstIssueNames },
    { code: 'renewal', name: text('期满换证流程', 'Renewal process'), file: 'processes/renewal.bpmn', names: renewalNames },
  ],
  decisions: [{ code: 'driving', name: text('驾驶证核查与费用', 'Licence checks and fees'), file: 'decisions/driving.dmn' }],
});
