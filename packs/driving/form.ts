import { Type } from 'typebox';
import { ask, askOne, askYesNo, step, text, valid } from '@zhengwu/pack';

const held = { prefillSource: text('人口基础信息库', 'Population register'), locked: true, personal: true } as const;
const account = { prefillSource: text('您的账号', 'Your account'), personal: true } as const;

const aboutYou = step('about-you', text('核对您的身份信息', 'Check your details'), [
  ask('citizenNumber', 'citizenNumber', text('公民身份号码', 'Citizen number'), valid.citizenNumber, { ...held, prefill: 'principal.identifier' }),
  ask('name', 'text', text('姓名', 'Name'), valid.line(50), { ...held, prefill: 'facts.population.name' }),
  askOne('sex', text('性别', 'Sex'), { 男: text('男', 'Male'), 女: text('女', 'Female') }, { ...held, prefill: 'facts.population.sex' }),
  ask('birth', 'date', text('出生日期', 'Date of birth'), valid.day, { ...held, prefill: 'facts.population.birth' }),
  ask('address', 'address', text('住址', 'Address'), valid.line(200), { ...held, prefill: 'facts.population.address' }),
], text('以下信息来自人口库，不必重填。', 'These come from the population register; you need not type them.'));

const contact = [
  ask('phone', 'phone', text('联系电话', 'Phone'), valid.phone, { ...account, prefill: 'account.phone', autocomplete: 'tel' }),
  askOne('delivery', text('实体证领取方式', 'How to receive the physical licence'), {
    none: text('只要电子驾驶证', 'Electronic licence only'), courier: text('寄到家', 'By courier'), window: text('到车管所领取', 'At the vehicle office'),
  }, { hint: text('电子驾驶证与实体证效力相同。', 'The electronic licence is worth the same.') }),
  ask('deliveryAddress', 'address', text('收件地址', 'Delivery address'), valid.line(200), { showWhen: 'delivery = "courier"', prefill: 'facts.population.address', prefillSource: text('人口基础信息库', 'Population register'), personal: true, autocomplete: 'street-address' }),
];

export const classes = { C1: text('C1 小型汽车', 'C1 car'), C2: text('C2 小型自动挡汽车', 'C2 car, automatic') };

export const firstIssueForm = [
  aboutYou,
  step('examination', text('您的考试结果', 'Your examination'), [
    askOne('licenceClass', text('准驾车型', 'Class'), classes, { prefill: 'facts.examination.licenceClass', prefillSource: text('驾驶人考试库', 'Driving examinations'), locked: true }),
    ask('passedOn', 'date', text('全部科目合格日期', 'All subjects passed on'), valid.day, { prefill: 'facts.examination.passedOn', prefillSource: text('驾驶人考试库', 'Driving examinations'), locked: true }),
    askYesNo('medicalDeclared', text('我没有妨碍安全驾驶的疾病', 'I have no illness that makes driving unsafe')),
  ]),
  step('appointment', text('什么时候来车管所？', 'When will you come to the vehicle office?'), [
    ask('appointment', 'appointment', text('到场核验身份并宣誓', 'Identity check and oath'), Type.String({ minLength: 5, maxLength: 100 }), { hint: text('只需到场一次，约十分钟。', 'One visit, about ten minutes.') }),
  ]),
  step('contact', text('怎样联系您？', 'How do we reach you?'), contact),
];

export const renewalForm = [
  aboutYou,
  step('renewal', text('换证', 'Renewal'), [
    ask('fileNumber', 'text', text('档案编号', 'File number'), valid.line(40), { prefill: 'facts.driverLicence.fileNumber', prefillSource: text('机动车驾驶人库', 'Register of drivers'), locked: true, personal: true }),
    ask('expires', 'date', text('现在的驾驶证有效期至', 'Your licence is valid until'), valid.day, { prefill: 'facts.driverLicence.validUntil', prefillSource: text('机动车驾驶人库', 'Register of drivers'), locked: true }),
    askYesNo('medicalDeclared', text('我没有妨碍安全驾驶的疾病', 'I have no illness that makes driving unsafe')),
    ...contact,
  ]),
];
