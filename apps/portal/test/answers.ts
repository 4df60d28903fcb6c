import type { MyCase, MyCaseDetail, ServiceGuide, ServiceSummary } from '@zhengwu/contracts';

/* What a small fictional site answers; shapes are those of the contracts, checked by the compiler. */

export const ids = {
  me: '019a0000-0000-7000-8000-000000000001', company: '019a0000-0000-7000-8000-000000000002', draft: '019a0000-0000-7000-8000-000000000003', key: '019a0000-0000-7000-8000-000000000004',
  open: '019a0000-0000-7000-8000-000000000005', correct: '019a0000-0000-7000-8000-000000000006', closed: '019a0000-0000-7000-8000-000000000007', pay: '019a0000-0000-7000-8000-000000000008',
  order: '019a0000-0000-7000-8000-000000000009', message: '019a0000-0000-7000-8000-00000000000a', mandate: '019a0000-0000-7000-8000-00000000000b', upload: '019a0000-0000-7000-8000-00000000000c', item: '019a0000-0000-7000-8000-00000000000d', withdrawn: '019a0000-0000-7000-8000-00000000000e',
};
const text = (zh: string, en: string) => ({ zh, en });
const at = '2026-11-20T02:30:00.000Z';

export const summary: ServiceSummary = {
  code: 'id-replace', name: text('补办居民身份证', 'Replace a resident identity card'), summary: text('身份证丢失、损坏后补领新证，全程网上办，新证寄到家。', 'Your card was lost or damaged: apply online and have the new one sent home.'),
  department: text('市公安局', 'Public Security Bureau'), audience: ['1'], topics: ['020'], kind: '2', promisedDays: 7, visits: 0, online: true,
};
const second: ServiceSummary = { ...summary, code: 'company-new', name: text('企业设立登记', 'Establish an enterprise'), summary: text('一次填报，营业执照、税务、印章、社保一起办。', 'One form for licence, tax, seals and social insurance.'), department: text('市场监督管理局', 'Market Regulation'), audience: ['2'], promisedDays: 3 };
const third: ServiceSummary = { ...summary, code: 'driving-renew', name: text('机动车驾驶证期满换证', 'Renew a driver’s licence'), summary: text('符合条件的当场办结，几秒钟拿到新证。', 'Decided at once where the registers allow it.'), kind: '1', promisedDays: 0 };
export const services = [summary, second, third];

export const site = {
  name: text('云川政务服务网', 'Yunchuan Government Services'), city: text('云川市', 'Yunchuan'), siteCode: '9900000001', demo: true,
  contact: { phone: '099-12345', address: text('云川市江心区政务大道 1 号', '1 Zhengwu Avenue, Jiangxin District'), hours: text('工作日 9:00–17:00', 'Working days 9:00–17:00') },
  accounts: [{ account: 'lin.xiaoyu', password: 'yunchuan-2026', who: text('林小雨，市民，也是一家公司的法定代表人', 'Lin Xiaoyu, a resident who also represents a company'), for: 'portal' as const }],
  news: [{ id: 'n1', title: text('驾驶证期满换证实现“秒办”', 'Licence renewal now decided in seconds'), body: text('自本月起，符合条件的换证申请由系统自动审核。\n平均用时不到一分钟。', 'From this month, renewals that meet the conditions are decided by rule.\nIt takes less than a minute.'), at, kind: 'news' as const },
    { id: 'n2', title: text('元旦期间服务安排', 'Opening hours at New Year'), body: text('网上服务不间断。', 'Online services stay open.'), at, kind: 'notice' as const }],
};

export const browse = {
  topics: [{ code: '020', name: text('户籍办理', 'Household and identity'), count: 1 }, { code: '070', name: text('设立变更', 'Founding and changing'), count: 1 }, { code: '140', name: text('交通出行', 'Transport'), count: 2 }],
  departments: [{ code: 'YC-GA', name: text('市公安局', 'Public Security Bureau'), count: 3 }, { code: 'YC-SC', name: text('市场监督管理局', 'Market Regulation'), count: 1 }],
  lifeEvents: [{ code: 'start-company', name: text('开办企业一件事', 'Starting a company'), summary: text('执照、税务、印章、社保一次办好', 'Licence, tax, seals and insurance in one go'), services: ['company-new'] }],
  mostUsed: services,
};

const material = (code: string, zh: string, en: string, satisfied?: [string, string]) => ({
  code, name: text(zh, en), need: 'required', source: 'applicant', form: 'electronic', copies: 1, standard: text('照片清晰、无涂改', 'Legible and unaltered'), accept: ['image/jpeg', 'image/png', 'application/pdf'], maxBytes: 5_242_880,
  ...(satisfied ? { satisfiedBy: text(...satisfied) } : {}),
});
export const photo = material('photo', '近期免冠照片', 'A recent photograph');
export const household = material('household', '户口簿', 'Household booklet', ['人口库户籍信息', 'population register']);

export const guide: ServiceGuide = {
  summary, catalogueCode: '000109001000', implementationCode: '119900000000000000M300109001000', handlingCode: '119900000000000000M30010900100001', version: '1.0.0', packHash: 'a'.repeat(64), itemType: '07', exerciseLevel: '3',
  body: { name: text('云川市公安局', 'Yunchuan Public Security Bureau'), code: '119900000000000000', kind: '1' }, basis: [text('《中华人民共和国居民身份证法》第十一条', 'Resident Identity Card Law, art. 11')],
  conditions: [text('具有本市户籍', 'Registered as a resident here'), text('原证丢失或者严重损坏', 'The card is lost or badly damaged')],
  limit: { statutoryDays: 60, statutoryNote: text('自交验之日起', 'from the day of application'), promisedDays: 7 }, visits: { times: 0 }, depth: ['4', '5', '6', '7'], handlingForms: ['1', '2'],
  steps: [{ stage: 'accept', name: text('受理', 'Accept'), who: text('窗口', 'Window'), days: 1 }, { stage: 'review', name: text('审核', 'Review'), who: text('户政科', 'Registry'), days: 3 }, { stage: 'close', name: text('制证', 'Make the card'), who: text('制证中心', 'Card centre'), days: 3, note: text('寄到家', 'Sent home') }],
  materials: [photo, household], fees: [{ name: text('工本费', 'Card fee'), amount: 4000, standard: text('每证 40 元', 'CNY 40 a card'), basis: text('发改价格〔2003〕2322号', 'Price notice 2003-2322'), reduction: text('低保家庭免收', 'Waived for families on minimum income') }], payOnline: true,
  results: [{ code: 'id-card', name: text('居民身份证', 'Resident identity card') }], place: [{ name: text('市政务服务中心', 'City service centre'), address: text('政务大道 1 号', '1 Zhengwu Avenue'), hours: text('工作日 9:00–17:00', 'Working days 9:00–17:00'), phone: '099-8800001' }],
  consultPhone: '099-8800002', complaintPhone: '099-8800003', crossArea: ['cross-city'], express: true, faq: [{ question: text('旧证找到了怎么办？', 'What if I find the old card?'), answer: text('请交回派出所。', 'Hand it in at a police station.') }], special: [], hasPreCheck: true, assurance: 1, lifeEvents: [],
  before: { steps: 6, papers: 5, visits: 2, hands: 5, days: 60 },
};

export const preCheckStep = {
  id: 'pre-check', title: text('看看您能不能补办身份证', 'Can you replace your card?'), schema: { type: 'object', properties: { lost: { type: 'string' }, resident: { type: 'boolean' } } },
  layout: [
    { key: 'resident', question: text('您的户籍在本市吗？', 'Are you registered as a resident here?'), control: 'radios' as const },
    { key: 'lost', question: text('原来的身份证怎么了？', 'What happened to the card?'), control: 'radios' as const, options: [{ value: 'lost', label: text('丢失', 'Lost') }, { value: 'damaged', label: text('损坏', 'Damaged') }] },
  ],
};
export const verdict = (eligible: boolean) => ({
  eligible, reasons: [eligible ? text('您符合补办条件', 'You meet the conditions') : text('须在户籍所在地办理', 'Apply where you are registered')], ...(eligible ? {} : { instead: text('请到户籍地公安机关申请异地办理。', 'Apply at the authority of your place of registration.') }),
  materials: [{ code: 'photo', name: photo.name, needed: true }, { code: 'household', name: household.name, needed: true, satisfiedBy: text('人口库户籍信息', 'population register') }], fee: 4000, promisedDays: 7,
});

export const draft = {
  id: ids.draft, submissionKey: ids.key, service: { code: summary.code, name: summary.name }, onBehalfOf: { id: ids.me, name: '林小雨', kind: 'person' as const }, values: { reason: 'lost', phone: '12900000001' },
  completedSteps: ['reason'], stepCount: 2, updatedAt: at, expiresAt: '2026-12-20T02:30:00.000Z', version: 3,
};
export const reasonStep = { id: 'reason', title: text('补办原因', 'Reason'), schema: { type: 'object', required: ['reason'], properties: { reason: { type: 'string' } } }, layout: [{ key: 'reason', question: text('为什么要补办身份证？', 'Why do you need a new card?'), hint: text('选一项最接近的。', 'Choose the closest.'), control: 'radios' as const, options: [{ value: 'lost', label: text('丢失', 'Lost') }, { value: 'damaged', label: text('损坏', 'Damaged'), hint: text('看不清或读不出', 'Illegible or unreadable') }] }] };
export const contactStep = {
  id: 'contact', title: text('联系方式和收件地址', 'How to reach you'), hint: text('新证会寄到这里。', 'The new card will be sent here.'),
  schema: { type: 'object', required: ['name', 'phone', 'address'], properties: { name: { type: 'string' }, phone: { type: 'string' }, address: { type: 'object' }, since: { type: 'string' }, notify: { type: 'boolean' } } },
  layout: [
    { key: 'name', question: text('姓名', 'Name'), control: 'text' as const, locked: true }, { key: 'phone', question: text('手机号', 'Mobile phone'), control: 'phone' as const, hint: text('11 位', '11 digits') },
    { key: 'address', question: text('收件地址', 'Address'), control: 'address' as const, options: [{ value: '990102', label: text('江心区', 'Jiangxin') }, { value: '990103', label: text('云岭区', 'Yunling') }] },
    { key: 'since', question: text('丢失日期', 'Day of the loss'), control: 'date' as const }, { key: 'notify', question: text('发邮件告诉我进展', 'Tell me by e-mail'), control: 'checkbox' as const },
  ],
};
export const stepAnswer = (step: typeof reasonStep | typeof contactStep) => ({
  draft, step, position: step.id === 'reason' ? 1 : 2, count: 2, visible: step.layout.map((field) => field.key), values: { ...draft.values, name: '林小雨' },
  prefilled: step.id === 'contact' ? [{ key: 'name', source: text('人口库', 'population register'), locked: true }, { key: 'phone', source: text('您的账户', 'your account'), locked: false }] : [],
  previous: step.id === 'contact' ? 'reason' : null, next: step.id === 'reason' ? 'contact' : 'materials',
});
export const draftMaterials = [
  { material: photo, needed: true, files: [{ id: ids.upload, name: '照片.jpg', size: 204_800, type: 'image/jpeg' }] }, { material: household, needed: true, files: [], satisfiedBy: text('人口库户籍信息', 'population register') },
];
export const check = (missing: boolean) => ({
  draft,
  sections: [
    { step: 'reason', title: reasonStep.title, answers: [{ key: 'reason', question: text('补办原因', 'Reason'), display: text('丢失', 'Lost') }] },
    { step: 'contact', title: contactStep.title, answers: [{ key: 'name', question: text('姓名', 'Name'), display: text('林小雨', 'Lin Xiaoyu'), source: text('人口库', 'population register') }, { key: 'phone', question: text('手机号', 'Mobile phone'), display: text('12900000001', '12900000001') }] },
  ],
  materials: draftMaterials, fee: 4000, promisedDays: 7, missing: missing ? [{ step: 'contact', path: '/address', message: text('请填写收件地址', 'Give an address') }] : [],
});

const clock = { startedOn: '2026-11-20', running: true, stoppedFor: null, promisedDue: '2026-12-01', statutoryDue: '2027-02-20', promisedRemaining: 6, statutoryRemaining: 59, extendedBy: 0, card: 'none' as const };
const row = (id: string, state: number, stateText: { zh: string; en: string }, todo: MyCase['todo']): MyCase => ({
  id, number: `YC20261120${id.slice(-4).padStart(6, '0')}`, service: { code: summary.code, name: summary.name }, applicant: { id: ids.me, name: '林小雨' }, state, stateText, submittedAt: at, closedAt: state >= 11 ? '2026-11-21T08:00:00.000Z' : null,
  clock: state === 6 ? { ...clock, running: false, stoppedFor: text('等待申请人补正', 'waiting for your correction') } : clock, todo,
});
export const cases: MyCase[] = [
  row(ids.correct, 6, text('补正开始', 'Correction asked for'), 'correct'), row(ids.pay, 8, text('部门受理', 'Accepted'), 'pay'), row(ids.open, 8, text('部门受理', 'Accepted'), null), row(ids.closed, 11, text('办结（准予许可）', 'Closed, approved'), 'rate'), row(ids.withdrawn, 14, text('撤回', 'Withdrawn'), null),
];
export const licence = {
  id: '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U', type: 'id-card', name: text('居民身份证（电子）', 'Electronic identity card'), holder: '林小雨', issuer: text('云川市公安局', 'Yunchuan Public Security Bureau'),
  issuedOn: '2026-11-21', validUntil: '2027-01-21', status: 'valid' as const, version: 1, caseId: ids.closed, fields: [{ key: 'number', label: text('公民身份号码', 'Citizen number'), value: '990102********0017' }],
};
export const caseDetail = (id: string): MyCaseDetail | null => {
  const one = cases.find((item) => item.id === id);
  if (!one) return null;
  const closed = one.closedAt !== null;
  return {
    ...one, next: { what: closed ? text('已办结，电子证照可以使用', 'Decided; your licence is ready') : text('户政科审核您的材料', 'The registry reviews your papers'), who: text('市公安局户政科', 'Registry of the bureau'), by: closed ? null : '2026-11-25' },
    timeline: [{ at: '2026-11-20T03:00:00.000Z', kind: 'accepted', title: text('已受理', 'Accepted'), department: text('市公安局', 'Public Security Bureau') }, { at, kind: 'submitted', title: text('您提交了申请', 'You submitted') }],
    answers: [{ title: reasonStep.title, answers: [{ question: text('补办原因', 'Reason'), display: text('丢失', 'Lost') }] }], materials: [{ id: ids.upload, name: photo.name, fileName: '照片.jpg', satisfiedBy: null }],
    correction: one.todo === 'correct' ? { id: ids.item, dueDay: '2026-12-01', note: null, items: [
      { id: ids.item, target: 'material', key: 'photo', label: photo.name, why: '照片反光，看不清面部', done: false }, { id: ids.mandate, target: 'field', key: 'contact.phone', label: text('手机号', 'Mobile phone'), why: '号码无法接通', done: false },
    ], form: { ...contactStep, schema: { type: 'object', required: ['phone'], properties: { phone: { type: 'string' } } }, layout: contactStep.layout.filter((field) => field.key === 'phone') }, values: { phone: '12900000001' } } : null,
    payment: one.todo === 'pay' || closed ? { orderId: ids.order, amount: 4000, status: id === ids.withdrawn ? 'closed' : closed ? 'paid' : 'created', items: [{ name: text('工本费', 'Card fee'), amount: 4000 }] } : null,
    licences: closed ? [{ id: licence.id, name: licence.name, status: 'valid' }] : [], documents: [{ kind: 'acceptance', name: text('受理通知书', 'Notice of acceptance'), issuedAt: at }],
    appointment: null, canWithdraw: !closed, rating: null, contact: { department: text('市公安局户政科', 'Registry'), phone: '099-8800002' },
  };
};
export const mandates = [
  { id: ids.mandate, principal: { id: ids.company, name: '云川市晨光商贸有限公司', kind: 'institution' as const }, agent: { id: ids.me, name: '林小雨' }, basis: 'representative' as const, services: null, status: 'active' as const, startsAt: at, endsAt: null, mine: 'received' as const },
  { id: ids.item, principal: { id: ids.key, name: '林建国', kind: 'person' as const }, agent: { id: ids.me, name: '林小雨' }, basis: 'family' as const, services: null, status: 'offered' as const, startsAt: at, endsAt: '2027-11-20T00:00:00.000Z', mine: 'received' as const },
];
export const session = {
  account: ids.me, person: ids.me, kind: 'citizen' as const, name: '林小雨', posts: [], permissions: [], assurance: 1, csrf: 'x', expiresAt: '2099-01-01T00:00:00.000Z',
  subjects: [{ id: ids.me, name: '林小雨', kind: 'person' as const }, { id: ids.company, name: '云川市晨光商贸有限公司', kind: 'institution' as const }],
};
export const messages = { items: [{ id: ids.message, template: 'correction', title: text('请补正材料', 'Please put something right'), body: text('您申请的补办居民身份证有一项内容需要补正，请在12月1日前完成。', 'One thing in your application needs to be put right by 1 December.'), caseId: ids.correct, sentAt: at, readAt: null }], next: null, total: 1, totalCapped: false, unread: 1 };
export const measured = {
  services: [{ service: summary.code, name: summary.name, before: guide.before, after: { cases: 312, steps: 3, papers: 1, visits: 0, hands: 2, days: 2.4, applicantMinutes: 6.2, clerkMinutes: 4.1 } }, { service: 'company-new', name: second.name, before: { steps: 12, papers: 14, visits: 6, hands: 9, days: 22 }, after: { cases: 0, steps: 0, papers: 0, visits: 0, hands: 0, days: 0, applicantMinutes: 0, clerkMinutes: 0 } }],
  sum: { before: { steps: 18, papers: 19, visits: 8, hands: 14, days: 82 }, after: { steps: 3, papers: 1, visits: 0, hands: 2, days: 2.4 } },
};
