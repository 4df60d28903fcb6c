import { askOne, askYesNo, ask, definePack, preCheck, text } from '@zhengwu/pack';
import { Type } from 'typebox';
import { examples } from './examples.ts';
import { form, reasons } from './form.ts';
import { listing } from './listing.ts';
import { materials, needs } from './materials.ts';
import { replacement } from './processes/names.ts';
import { identityCards, population } from './registers.ts';

const issuer = { department: 'YC-GA-HZ', name: text('云川市公安局', 'Yunchuan Public Security Bureau'), uscc: '11990100990000105G' };

export default definePack({
  code: 'resident-identity',
  version: '1.1.0',
  name: text('居民身份证', 'Resident identity'),
  line: text('公安户政', 'Household police'),
  summary: text('居民身份证的补领', 'Replacement of resident identity cards'),
  departments: [
    { code: 'YC-GA', name: text('云川市公安局', 'Yunchuan Public Security Bureau') },
    { code: 'YC-GA-HZ', name: text('云川市公安局户政支队', 'Household Registration Division') },
    { code: 'YC-GA-JG', name: text('云川市公安局交通警察支队', 'Traffic Police Division') },
    { code: 'YC-SC', name: text('云川市市场监督管理局', 'Yunchuan Market Regulation Bureau') },
    { code: 'YC-MZ', name: text('云川市民政局', 'Yunchuan Civil Affairs Bureau') },
  ],
  registers: [population, identityCards],
  usesRegisters: [],
  services: [{
    code: 'identity-card-replacement',
    summary: text('身份证丢了、被盗或损坏，网上补一张', 'Lost, stolen or damaged card: replace it online'),
    action: text('申请补办身份证', 'Apply for a replacement card'),
    keywords: ['身份证', '丢失', '补办', '补领', '遗失', '挂失', 'identity card', 'lost', 'replacement', 'ID'],
    listing,
    form,
    subject: 'application.name + " 补办居民身份证"',
    rules: [
      { path: '/lossDeclared', must: 'application.lossDeclared', message: text('请确认原证件已丢失或损坏。', 'Please confirm that the old card is lost or damaged.') },
      { path: '/lostOn', must: 'application.lostOn = null or application.lostOn <= today', message: text('丢失日期不能晚于今天。', 'The date of loss can’t be in the future.') },
    ],
    needs,
    materials,
    preCheck: preCheck('preCheck', [
      askOne('household', text('您的户口在哪里？', 'Where is your household registered?'), { here: text('云川市', 'In Yunchuan'), elsewhere: text('其他地方', 'Elsewhere') }),
      askOne('reason', text('为什么要办新证？', 'Why do you need a new card?'), { ...reasons, expired: text('证件到期', 'It has expired') }),
      askYesNo('self', text('为本人办理', 'It is for myself')),
      ask('age', 'number', text('持证人多大年纪？', 'How old is the holder?'), Type.Integer({ minimum: 0, maximum: 130 })),
    ]),
    process: 'replacement',
    licences: ['resident-identity-card'],
    facts: [
      { name: 'population', register: 'population', key: 'applicant.identifier' },
      { name: 'identityCard', register: 'identity-cards', key: 'applicant.identifier' },
    ],
    reasons: [
      { code: 'portrait-unfit', text: text('照片不符合要求（光线、遮挡、背景或尺寸）', 'The photograph is unfit (light, covering, background or size)'), for: ['correct'] },
      { code: 'portrait-differs', text: text('人像与人口库不一致', 'The portrait does not match the register'), for: ['correct', 'refuse', 'suspend'] },
      { code: 'address-incomplete', text: text('收件地址不完整', 'The delivery address is incomplete'), for: ['correct'] },
      { code: 'guardian-missing', text: text('缺少监护关系证明', 'Proof of guardianship is missing'), for: ['correct'] },
      { code: 'not-resident', text: text('不具有本市常住户口', 'No registered household in this city'), for: ['refuse'] },
      { code: 'unpaid', text: text('逾期未缴费', 'Not paid in time'), for: ['refuse'] },
    ],
    before: {
      source: text('云川市公安局 2019 年办事指南与窗口计时', 'The bureau’s 2019 guide and window timing'),
      steps: [
        { name: text('到派出所取号排队', 'Queue at the police station'), minutes: 45, visit: true },
        { name: text('填写纸质申请表', 'Fill in the paper form'), minutes: 20 },
        { name: text('交户口簿核对、拍照', 'Show the household booklet, have the picture taken'), minutes: 15 },
        { name: text('到银行缴费', 'Pay at the bank'), minutes: 40, visit: true },
        { name: text('六十日内到派出所领证', 'Collect the card within 60 days'), minutes: 60, visit: true },
      ],
      papers: 4, visits: 3, hands: 5, days: 60,
    },
  }],
  licences: [{
    code: 'resident-identity-card',
    name: text('居民身份证', 'Resident identity card'),
    typeCode: '11990100990000105G001',
    issuer,
    holder: 'person',
    fields: [
      { key: 'name', label: text('姓名', 'Name'), format: 'text', personal: true, required: true },
      { key: 'sex', label: text('性别', 'Sex'), format: 'text', personal: true, required: true },
      { key: 'ethnicity', label: text('民族', 'Ethnicity'), format: 'text', personal: true, required: true },
      { key: 'birth', label: text('出生', 'Born'), format: 'date', personal: true, required: true },
      { key: 'address', label: text('住址', 'Address'), format: 'text', personal: true, required: true },
      { key: 'citizenNumber', label: text('公民身份号码', 'Citizen number'), format: 'citizenNumber', personal: true, required: true },
      { key: 'issuedBy', label: text('签发机关', 'Issued by'), format: 'text', personal: false, required: true },
      { key: 'validPeriod', label: text('有效期限', 'Valid'), format: 'text', personal: false, required: true },
    ],
    validity: {},
    replaces: true,
    template: {
      layout: 'card', title: text('居民身份证', 'RESIDENT IDENTITY CARD'), portrait: 'portrait-photo',
      rows: ['name', 'sex', 'ethnicity', 'birth', 'address', 'citizenNumber', 'issuedBy', 'validPeriod'],
      footer: text('样例，不具法律效力', 'Specimen without legal force'),
    },
  }],
  usesLicences: [],
  lifeEvents: [{
    code: 'lost-wallet', name: text('钱包丢了', 'I lost my wallet'),
    summary: text('先补身份证，其他证件随后凭新证办理', 'Replace the identity card first; everything else follows from it'),
    services: ['identity-card-replacement'],
  }],
  fixtures: [
    { register: 'population', validFrom: '2020-01-01', data: { citizenNumber: '990102199003070011', name: '云小川', sex: '男', ethnicity: '汉', birth: '1990-03-07', address: '云川市鹭汀区听潮路1号', division: '990102', householdNumber: '990102000001', headOfHousehold: true, marriage: '已婚', education: '本科', status: 'living' } },
    { register: 'population', validFrom: '2020-01-01', data: { citizenNumber: '990102200803010055', name: '云新禾', sex: '男', ethnicity: '汉', birth: '2008-03-01', address: '云川市鹭汀区听潮路1号', division: '990102', householdNumber: '990102000001', headOfHousehold: false, marriage: '未婚', education: '高中', status: 'living' } },
    { register: 'identity-cards', validFrom: '2016-05-01', data: { citizenNumber: '990102199003070011', issuedOn: '2016-05-01', validUntil: '2036-05-01', issuedBy: '云川市公安局', status: 'valid', losses: 0 } },
  ],
  examples,
  processes: [{ code: 'replacement', name: text('居民身份证补领流程', 'Card replacement process'), file: 'processes/replacement.bpmn', names: replacement }],
  decisions: [{ code: 'replacement', name: text('补领预检与核对', 'Replacement checks'), file: 'decisions/replacement.dmn' }],
});
