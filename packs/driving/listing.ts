import { text, type Listing } from '@zhengwu/pack';

const uscc = '119901009900001216';
const fee = {
  charged: true,
  basis: text('发改价格〔2004〕2831号', 'National pricing notice [2004] No. 2831'),
  items: [{
    code: 'licence-fee', name: text('机动车驾驶证工本费', 'Driver’s licence fee'), standard: text('10 元／证', '10 yuan a licence'),
    byLaw: text('发改价格〔2004〕2831号', 'National pricing notice [2004] No. 2831'), decision: 'licenceFee', reducible: true,
    reduction: text('最低生活保障对象免收，由民政数据自动核定', 'Free for recipients of the living allowance, found from civil affairs data'),
  }],
  payOnline: true,
};

const common = {
  itemType: '01', exerciseLevel: '3', state: 'inForce', version: '1', effective: '2026-01-01', powerSource: '1',
  body: { department: 'YC-GA-JG', name: text('云川市公安局交通警察支队', 'Yunchuan Traffic Police'), kind: '2', uscc },
  fees: fee,
  consultation: { phone: '0990-12100012', ways: text('电话或门户“咨询”', 'By phone or the portal’s “Ask”') },
  complaint: { phone: '0990-12900012', ways: text('电话或门户“投诉”', 'By phone or the portal’s “Complain”') },
  address: text('云川市车管所（环城路 66 号）', 'Yunchuan Vehicle Office (66 Huancheng Road)'),
  hours: text('周一至周六 8:30–12:00、13:30–17:30', 'Monday to Saturday 8:30–12:00 and 13:30–17:30'),
  crossArea: '1', inServiceCentre: true, courier: true, postalApplication: false, online: true, kiosk: true, intermediaries: [], otherDepartments: [],
  audiences: ['1'], personTopics: ['160', '170'], companyTopics: [],
  results: [{
    name: text('机动车驾驶证', 'Driver’s licence'), kind: 'licence', licence: 'driver-licence',
    sample: {
      title: text('机动车驾驶证（样例）', 'Driver’s licence (specimen)'),
      rows: [
        { label: text('姓名', 'Name'), example: text('云小川', 'Yun Xiaochuan') },
        { label: text('准驾车型', 'Class'), example: text('C1', 'C1') },
        { label: text('有效期限', 'Valid'), example: text('2026-11-22 至 2032-11-22', '2026-11-22 to 2032-11-22') },
      ],
    },
  }],
} satisfies Partial<Listing>;

const stage = (which: Listing['flow'][number]['stage'], zh: string, en: string, post: string, standard: [string, string]): Listing['flow'][number] => ({
  stage: which, name: text(zh, en), department: 'YC-GA-JG', post, days: 1, standard: text(...standard),
});

const first = '000109031001';
export const firstIssue: Listing = {
  ...common,
  catalogueCode: first, implementationCode: `${uscc}3${first}`, handlingItemCodes: [`${uscc}3${first}01`],
  name: text('机动车驾驶证初次申领', 'First issue of a driver’s licence'),
  byLaw: text('《中华人民共和国道路交通安全法》第十九条', 'Road Traffic Safety Law, article 19'),
  statutory: { days: 5, unit: 'working' },
  promised: { days: 2, unit: 'working', explain: text('自到场受理次日起算', 'Counted from the day after the visit') },
  acceptConditions: [
    text('年满十八周岁，身体条件符合规定', '18 or older and fit'),
    text('全部科目考试合格', 'All subjects passed'),
    text('到场核验身份', 'Identity checked in person'),
  ],
  flow: [
    stage('accept', '受理', 'Accept', 'window', ['到场核验身份，材料齐全即受理', 'Identity checked in person; accepted when complete']),
    stage('review', '审核', 'Review', 'reviewer', ['考试、体检与身份一致', 'Examination, fitness and identity agree']),
    stage('approve', '审批', 'Decide', 'approver', ['决定是否准予', 'Decides']),
    stage('close', '办结', 'Close', 'reviewer', ['缴费后签发电子驾驶证', 'The electronic licence is issued after payment']),
    stage('deliver', '送达', 'Deliver', 'window', ['在线送达，实体证寄递或领取', 'Online; the physical one by courier or at the office']),
  ],
  specialProcedures: [],
  caseKind: '2', handlingForms: ['1', '2', '3'],
  visits: { count: 1, reason: text('须到场核验身份并宣誓（申领和使用规定第十九条）', 'Identity check and oath in person (Rules, article 19)') },
  onlineDepths: ['1', '2', '3', '4', '6', '7'], onlineGrade: 'Ⅲ', appointment: true,
  faq: [
    { question: text('可以直接去窗口吗？', 'May I go to the window straight away?'), answer: text('可以。窗口和网上是同一个办件，哪边开始都行。', 'Yes. Window and web are one and the same case; begin at either.') },
    { question: text('约好了没去成怎么办？', 'What if I miss the appointment?'), answer: text('办件保留，您会收到重新预约的提醒。', 'The case is kept and you are asked to choose another time.') },
  ],
};

const again = '000109031002';
export const renewal: Listing = {
  ...common,
  catalogueCode: again, implementationCode: `${uscc}3${again}`, handlingItemCodes: [`${uscc}3${again}01`],
  name: text('机动车驾驶证期满换证', 'Renewal of a driver’s licence'),
  byLaw: text('《机动车驾驶证申领和使用规定》第六十三条', 'Rules on Driver’s Licences, article 63'),
  statutory: { days: 1, unit: 'working' },
  promised: { days: 0, unit: 'working', explain: text('数据一致的即时办结；须人工核查的一个工作日内办结', 'At once where the data agree; within one working day where a person has to look') },
  acceptConditions: [
    text('在有效期满前九十日内，或期满后一年内', 'Within 90 days before or one year after the end'),
    text('没有未处理的交通违法，记分未满十二分', 'No open violations, fewer than 12 points'),
    text('有六个月内的体检合格记录', 'A record of fitness within six months'),
  ],
  flow: [
    stage('accept', '受理', 'Accept', 'window', ['系统自动受理；有疑问的转人工', 'Accepted automatically; doubts go to a person']),
    stage('review', '审核', 'Review', 'reviewer', ['驾驶人库、体检库、人口库自动核查', 'Registers of drivers, fitness and population, automatically']),
    stage('approve', '审批', 'Decide', 'approver', ['按决策表自动决定；例外由人决定', 'By decision table; exceptions by a person']),
    stage('close', '办结', 'Close', 'reviewer', ['缴费后数秒签发', 'Issued seconds after payment']),
    stage('deliver', '送达', 'Deliver', 'window', ['在线送达', 'Online']),
  ],
  specialProcedures: [],
  caseKind: '1', handlingForms: ['1', '2', '3'],
  visits: { count: 0 },
  onlineDepths: ['1', '2', '3', '4', '5', '6', '7'], onlineGrade: 'Ⅳ', appointment: false,
  faq: [
    { question: text('体检结果要上传吗？', 'Do I upload the fitness check?'), answer: text('不用。定点医院的结果自动入库。', 'No. Listed hospitals send it to the register.') },
    { question: text('为什么转人工了？', 'Why does a person look at my case?'), answer: text('数据不一致或有未处理违法时由工作人员核查，一个工作日内办结，您会看到原因。', 'When data disagree or a violation is open. It takes one working day and you are told why.') },
  ],
};
