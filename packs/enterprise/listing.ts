import { text, type Listing, type Sample } from '@zhengwu/pack';

const uscc = '11990100990000201R';
const catalogue = '000131001001';
const specimen = (zh: string, en: string): Sample => ({
  title: text(`${zh}（样例）`, `${en} (specimen)`),
  rows: [
    { label: text('名称', 'Name'), example: text('云川清溪软件有限公司', '云川清溪软件有限公司') },
    { label: text('统一社会信用代码', 'Unified social credit code'), example: text('91990102MA0000015T', '91990102MA0000015T') },
  ],
});

export const listing: Listing = {
  catalogueCode: catalogue,
  implementationCode: `${uscc}3${catalogue}`,
  handlingItemCodes: [`${uscc}3${catalogue}01`],
  name: text('企业设立登记', 'Establishment of an enterprise'),
  itemType: '01',
  byLaw: text('《中华人民共和国公司法》第二十九条；《中华人民共和国市场主体登记管理条例》第三条', 'Company Law, article 29; Regulation on Registration of Market Entities, article 3'),
  exerciseLevel: '3',
  state: 'inForce',
  version: '1',
  effective: '2026-01-01',
  body: { department: 'YC-SC', name: text('云川市市场监督管理局', 'Yunchuan Market Regulation Bureau'), kind: '1', uscc },
  powerSource: '1',
  statutory: { days: 10, unit: 'working' },
  promised: { days: 3, unit: 'working', explain: text('税务、印章、社保并联办理，不另计时', 'Tax, seals and social insurance run in parallel and add no time') },
  acceptConditions: [
    text('名称符合规定且未被登记', 'The name is in order and free'),
    text('有符合规定的住所、章程、股东和注册资本', 'Premises, articles, shareholders and capital are as the law says'),
    text('法定代表人具备任职资格', 'The legal representative may hold the office'),
  ],
  flow: [
    { stage: 'accept', name: text('受理', 'Accept'), department: 'YC-SC', post: 'window', days: 1, standard: text('材料齐全、符合法定形式', 'Complete and in legal form') },
    { stage: 'review', name: text('审核与会签', 'Review and countersign'), department: 'YC-SC', post: 'reviewer', days: 1, standard: text('核查名称、经营范围、住所与人员；许可项目由主管部门会签', 'Name, scope, premises and people; trades with a permit are countersigned') },
    { stage: 'approve', name: text('登记决定与并联办理', 'Decide, then in parallel'), department: 'YC-SC', post: 'approver', days: 1, standard: text('赋码发照，税务、印章、社保同时办理', 'Code and licence, then tax, seals and social insurance at once') },
    { stage: 'close', name: text('办结', 'Close'), department: 'YC-SC', post: 'reviewer', days: 0, standard: text('四项结果齐备', 'All four results are there') },
    { stage: 'deliver', name: text('送达', 'Deliver'), department: 'YC-ZW', post: 'window', days: 0, standard: text('电子证照在线送达，印章寄递', 'Electronic licences online, seals by courier') },
  ],
  specialProcedures: [{ kind: '2', name: text('专家评审', 'Expert review'), days: 15, explain: text('许可项目需要实地核查或专家评审时暂停计时并书面告知（行政许可法 §45）', 'Stops the clock with written notice where a permit needs an inspection or experts (Administrative Licensing Law §45)') }],
  caseKind: '2',
  audiences: ['2'],
  handlingForms: ['1', '2', '3'],
  visits: { count: 0 },
  fees: { charged: false, items: [] },
  consultation: { phone: '0990-12100020', ways: text('电话或门户“咨询”', 'By phone or the portal’s “Ask”') },
  complaint: { phone: '0990-12900020', ways: text('电话或门户“投诉”', 'By phone or the portal’s “Complain”') },
  address: text('云川市政务服务中心二楼“企业开办”专区（听潮路 1 号）', 'Yunchuan Government Service Centre, first floor, “Start a company” (1 Tingchao Road)'),
  hours: text('工作日 9:00–12:00、13:30–17:30', 'Working days 9:00–12:00 and 13:30–17:30'),
  crossArea: '4',
  inServiceCentre: true,
  courier: true,
  postalApplication: false,
  online: true,
  onlineDepths: ['1', '2', '3', '4', '5', '6', '7'],
  onlineGrade: 'Ⅳ',
  appointment: false,
  kiosk: true,
  otherDepartments: [
    { department: 'YC-SW', name: text('云川市税务局', 'Yunchuan Tax Bureau') },
    { department: 'YC-GA-YZ', name: text('云川市公安局印章管理科', 'Seal Administration Section') },
    { department: 'YC-RS', name: text('云川市人力资源和社会保障局', 'Yunchuan Human Resources and Social Security Bureau') },
  ],
  results: [
    { name: text('营业执照', 'Business licence'), kind: 'licence', licence: 'business-licence', sample: specimen('营业执照', 'Business licence') },
    { name: text('税务登记信息确认单', 'Confirmation of tax details'), kind: 'licence', licence: 'tax-registration', sample: specimen('税务登记信息确认单', 'Confirmation of tax details') },
    { name: text('印章备案证明', 'Certificate of seal filing'), kind: 'licence', licence: 'seal-filing', sample: specimen('印章备案证明', 'Certificate of seal filing') },
    { name: text('社会保险登记证明', 'Certificate of social insurance'), kind: 'licence', licence: 'social-insurance-registration', sample: specimen('社会保险登记证明', 'Certificate of social insurance') },
  ],
  intermediaries: [],
  personTopics: [],
  companyTopics: ['010', '050', '070'],
  faq: [
    { question: text('要跑几个部门？', 'How many offices do I have to visit?'), answer: text('一个也不用。一次申请，执照、税务、印章、社保并联办理。', 'None. One application; licence, tax, seals and insurance run in parallel.') },
    { question: text('注册资本要先存到银行吗？', 'Must the capital be paid in first?'), answer: text('不用。认缴后自公司成立之日起五年内缴足。', 'No. It is subscribed and paid within five years of founding.') },
    { question: text('名称被驳回怎么办？', 'What if the name is refused?'), answer: text('系统会指出原因，您可以直接修改名称重新提交，其他内容保留。', 'You are told why and change the name; everything else is kept.') },
  ],
};
