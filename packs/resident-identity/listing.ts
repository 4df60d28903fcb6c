import { text, type Listing } from '@zhengwu/pack';

const uscc = '11990100990000105G';
const catalogue = '000709001002';
const hours = text('工作日 9:00–12:00、13:30–17:30', 'Working days 9:00–12:00 and 13:30–17:30');

export const listing: Listing = {
  catalogueCode: catalogue,
  implementationCode: `${uscc}3${catalogue}`,
  handlingItemCodes: [`${uscc}3${catalogue}01`],
  name: text('补办居民身份证', 'Replacement of a resident identity card'),
  itemType: '07',
  byLaw: text('《中华人民共和国居民身份证法》第十一条：公民丢失居民身份证的，应当申请补领。', 'Resident Identity Card Law, article 11: a citizen who has lost the card applies for a replacement.'),
  exerciseLevel: '3',
  state: 'inForce',
  version: '1',
  effective: '2026-01-01',
  body: { department: 'YC-GA-HZ', name: text('云川市公安局', 'Yunchuan Public Security Bureau'), kind: '1', uscc },
  powerSource: '1',
  statutory: { days: 20, unit: 'working', explain: text('《居民身份证法》第十二条规定六十日内发放；本市按二十个工作日公布', 'Article 12 allows 60 days; this city publishes 20 working days') },
  promised: { days: 7, unit: 'working', explain: text('自受理次日起算，等待缴费的时间不计', 'Counted from the day after acceptance; waiting for the payment does not count') },
  acceptConditions: [
    text('具有云川市常住户口', 'Registered household in Yunchuan'),
    text('居民身份证丢失、被盗或严重损坏', 'The card is lost, stolen or badly damaged'),
    text('未满十六周岁的由监护人代为申请', 'Under 16 the guardian applies'),
  ],
  flow: [
    { stage: 'accept', name: text('受理', 'Accept'), department: 'YC-GA-HZ', post: 'window', days: 1, standard: text('材料齐全、身份一致即受理；不齐的一次告知', 'Accepted when complete and consistent; what is missing is told once') },
    { stage: 'review', name: text('核验', 'Review'), department: 'YC-GA-HZ', post: 'reviewer', days: 3, standard: text('人像与人口库比对', 'The portrait is compared with the register') },
    { stage: 'approve', name: text('审批', 'Decide'), department: 'YC-GA-HZ', post: 'approver', days: 2, standard: text('决定是否签发', 'Decides on the issue') },
    { stage: 'close', name: text('制证办结', 'Make and close'), department: 'YC-GA-HZ', post: 'reviewer', days: 1, standard: text('缴费后签发电子证照并制作实体卡', 'After payment the electronic card is issued and the physical one made') },
    { stage: 'deliver', name: text('送达', 'Deliver'), department: 'YC-GA-HZ', post: 'window', days: 1, standard: text('在线送达，实体卡寄递或窗口领取', 'Online; the physical card by courier or at the window') },
  ],
  specialProcedures: [{ kind: '2', name: text('身份核查', 'Identity investigation'), days: 10, explain: text('信息有矛盾时暂停计时并书面告知', 'Stops the clock with written notice where records contradict') }],
  caseKind: '2',
  audiences: ['1'],
  handlingForms: ['1', '2', '3'],
  visits: { count: 0 },
  fees: {
    charged: true,
    basis: text('发改价格〔2003〕2322号', 'National pricing notice [2003] No. 2322'),
    items: [{
      code: 'card-fee', name: text('居民身份证补领工本费', 'Replacement card fee'), standard: text('40 元／证', '40 yuan a card'),
      byLaw: text('发改价格〔2003〕2322号', 'National pricing notice [2003] No. 2322'), amount: 4000, reducible: false,
    }],
    payOnline: true,
  },
  consultation: { phone: '0990-12100011', ways: text('电话或门户“咨询”', 'By phone or the portal’s “Ask”') },
  complaint: { phone: '0990-12900011', ways: text('电话或门户“投诉”', 'By phone or the portal’s “Complain”') },
  address: text('云川市政务服务中心一楼 A 区（听潮路 1 号）', 'Yunchuan Government Service Centre, ground floor, area A (1 Tingchao Road)'),
  hours,
  crossArea: '4',
  inServiceCentre: true,
  courier: true,
  postalApplication: false,
  online: true,
  onlineDepths: ['1', '2', '3', '4', '5', '6', '7'],
  onlineGrade: 'Ⅳ',
  appointment: false,
  kiosk: true,
  otherDepartments: [],
  results: [{
    name: text('居民身份证（电子）', 'Resident identity card (electronic)'), kind: 'licence', licence: 'resident-identity-card',
    sample: {
      title: text('居民身份证（样例）', 'Resident identity card (specimen)'),
      rows: [
        { label: text('姓名', 'Name'), example: text('云小川', 'Yun Xiaochuan') },
        { label: text('公民身份号码', 'Citizen number'), example: text('990102199003070011', '990102199003070011') },
        { label: text('有效期限', 'Valid'), example: text('2026-11-22 — 2046-11-22', '2026-11-22 — 2046-11-22') },
      ],
    },
  }],
  intermediaries: [],
  personTopics: ['020', '160'],
  companyTopics: [],
  faq: [
    { question: text('补办期间要用身份证怎么办？', 'What if I need a card meanwhile?'), answer: text('可在户籍窗口当场申领临时居民身份证。', 'The household office issues a temporary card on the spot.') },
    { question: text('丢失的证件找回来了还能用吗？', 'I found the old card. May I use it?'), answer: text('不能。补领后原证件即作废，请交回户籍窗口。', 'No. It became void; please hand it in at the household office.') },
    { question: text('可以替父母办吗？', 'Can I apply for a parent?'), answer: text('已满十六周岁的须本人申请；您可以作为受委托人代为填写、缴费和领取。', 'From 16 on one applies in person; with a mandate you may fill in, pay and collect.') },
  ],
};
