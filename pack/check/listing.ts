import type { Listing } from '../schema/listing.ts';
import type { Limit } from '../schema/parts.ts';
import { finding, rule, type Finding, type Rule } from './finding.ts';

const areaCoded = /^0\d{2,3}-\d{3,8}(-\d{1,6})?$/;
const order = ['accept', 'review', 'approve', 'close', 'deliver'];

/** Calendar days that a limit takes at most, five working days counting as seven. */
const calendarDays = (limit: Limit): number => (limit.unit === 'working' ? Math.ceil((limit.days * 7) / 5) : limit.days);

const isWithin = (promised: Limit, statutory: Limit): boolean =>
  promised.unit === statutory.unit ? promised.days <= statutory.days : calendarDays(promised) <= calendarDays(statutory);

/** A rule over one listing: the paths (under the listing) that break it, each with what was found. */
interface ListingRule extends Rule {
  broken: (listing: Listing) => [path: string, detail: string][];
}

const when = (condition: boolean, path: string, detail = ''): [string, string][] => (condition ? [[path, detail]] : []);

/** The consistency rules that a real city's audit runs over its implementation lists (standards §1). */
export const listingRules: ListingRule[] = [
  {
    ...rule('listing.immediate-kind', '即时办结（承诺 0 日）与“即办件”必须一致（承诺 {detail} 日）', 'Immediate (promised 0 days) and case kind 1 must go together (promised {detail} days)',
      '把承诺时限改为 0 日并把办件类型设为 1，或两者都不要。', 'Promise 0 days and set the case kind to 1, or neither.'),
    broken: (l) => when((l.promised.days === 0) !== (l.caseKind === '1'), 'caseKind', String(l.promised.days)),
  },
  {
    ...rule('listing.visits-reason', '到现场 {detail} 次但没有说明必须到现场的原因', '{detail} visits without saying why one has to come',
      '填写 visits.reason，或改为 0 次。', 'Give visits.reason, or make it 0 visits.'),
    broken: (l) => when(l.visits.count !== 0 && !l.visits.reason, 'visits/reason', String(l.visits.count)),
  },
  {
    ...rule('listing.no-visit-offline', '到现场 0 次又不能网上办理，却不接受邮寄申请', '0 visits, not online, and no application by post',
      '开通网上办理，或提供邮寄申请（postalApplication）。', 'Offer it online, or offer application by post (postalApplication).'),
    broken: (l) => when(l.visits.count === 0 && !l.online && !l.postalApplication, 'postalApplication'),
  },
  {
    ...rule('listing.grade-four-visits', '网办深度Ⅳ级（全程网办）但到现场次数为 {detail}', 'Online grade Ⅳ (whole process online) but {detail} visits',
      '把到现场次数改为 0，或降低网办等级。', 'Make it 0 visits, or lower the grade.'),
    broken: (l) => when(l.onlineGrade === 'Ⅳ' && l.visits.count !== 0, 'visits/count', String(l.visits.count)),
  },
  {
    ...rule('listing.fee-complete', '收费但缺少：{detail}', 'Charged, but missing: {detail}',
      '收费事项须填写收费依据、收费项目和是否支持网上支付。', 'A charged service needs the basis, at least one fee item and the online-payment flag.'),
    broken: (l) => {
      if (!l.fees.charged) return [];
      const lacking = [!l.fees.basis && 'basis', l.fees.items.length === 0 && 'items', l.fees.payOnline === undefined && 'payOnline'];
      return lacking.filter((name) => name !== false).map((name) => [`fees/${name}`, name]);
    },
  },
  {
    ...rule('listing.fee-amount', '收费项目必须在固定金额与决策中二选一（{detail}）', 'A fee item needs either an amount or a decision, not both ({detail})',
      '填写 amount（分）或 decision。', 'Give amount (fen) or decision.'),
    broken: (l) => l.fees.items.flatMap((item, i) => when((item.amount === undefined) === (item.decision === undefined), `fees/items/${i}`, item.code)),
  },
  {
    ...rule('listing.no-fee-payment', '不收费却开通网上支付或列有收费项目', 'Not charged, yet online payment or fee items are given',
      '删除 payOnline 与收费项目，或设为收费。', 'Remove payOnline and the fee items, or mark it as charged.'),
    broken: (l) => when(!l.fees.charged && (l.fees.payOnline === true || l.fees.items.length > 0), 'fees'),
  },
  {
    ...rule('listing.phones-differ', '咨询电话与监督投诉电话相同（{detail}）', 'Consultation and complaint phone are the same ({detail})',
      '两个电话必须不同。', 'The two phones must differ.'),
    broken: (l) => when(l.consultation.phone === l.complaint.phone, 'complaint/phone', l.complaint.phone),
  },
  {
    ...rule('listing.phone-area-code', '电话没有区号：{detail}', 'Phone without area code: {detail}',
      '写成“0xxx-号码”。', 'Write it as 0xxx-number.'),
    broken: (l) => [
      ...when(!areaCoded.test(l.consultation.phone), 'consultation/phone', l.consultation.phone),
      ...when(!areaCoded.test(l.complaint.phone), 'complaint/phone', l.complaint.phone),
    ],
  },
  {
    ...rule('listing.audience-topic', '服务对象与主题分类不一致：{detail}', 'Audience and topics do not match: {detail}',
      '面向自然人须有个人主题，面向法人须有法人主题；反之亦然。', 'Natural persons need person topics, bodies need company topics, and the other way round.'),
    broken: (l) => [
      ...when(l.audiences.includes('1') !== l.personTopics.length > 0, 'personTopics', 'personTopics'),
      ...when(l.audiences.some((a) => a !== '1') !== l.companyTopics.length > 0, 'companyTopics', 'companyTopics'),
    ],
  },
  {
    ...rule('listing.licence-faq', '行政许可没有常见问题', 'An administrative licence without a single FAQ',
      '至少写一条常见问题与解答。', 'Write at least one question and answer.'),
    broken: (l) => when(l.itemType === '01' && l.faq.length === 0, 'faq'),
  },
  {
    ...rule('listing.licence-stages', '行政许可的办理流程缺少环节：{detail}', 'The flow of an administrative licence lacks: {detail}',
      '至少列出受理、审核、审批、办结、送达五个环节，按此次序。', 'List at least accept, review, approve, close and deliver, in this order.'),
    broken: (l) => {
      if (l.itemType !== '01') return [];
      const given = l.flow.map((stage) => stage.stage);
      const lacking = order.filter((stage) => !given.some((one) => one === stage));
      const inOrder = [...given].sort((a, b) => order.indexOf(a) - order.indexOf(b)).every((stage, i) => stage === given[i]);
      return lacking.length > 0 ? [['flow', lacking.join(', ')]] : when(!inOrder, 'flow', 'order');
    },
  },
  {
    ...rule('listing.result-sample', '办理结果“{detail}”没有样本', 'The result “{detail}” has no sample',
      '给出结果样本（sample）。', 'Give its sample.'),
    broken: (l) => l.results.flatMap((result, i) => when(!result.sample, `results/${i}/sample`, result.name.en)),
  },
  {
    ...rule('listing.promised-within-statutory', '承诺时限长于法定时限（{detail}）', 'The promised limit is longer than the statutory one ({detail})',
      '缩短承诺时限。', 'Shorten the promise.'),
    broken: (l) => when(!isWithin(l.promised, l.statutory), 'promised', `${l.promised.days} > ${l.statutory.days}`),
  },
  {
    ...rule('listing.statutory-limit', '行政许可的法定时限 {detail} 日超过二十个工作日而未说明依据（行政许可法 §42）', 'A licence’s statutory limit of {detail} days exceeds 20 working days without a reason (Administrative Licensing Law §42)',
      '写明另有规定的法律（statutory.explain）。', 'Cite the law that says otherwise in statutory.explain.'),
    broken: (l) => when(l.itemType === '01' && calendarDays(l.statutory) > 28 && !l.statutory.explain, 'statutory', String(l.statutory.days)),
  },
  {
    ...rule('listing.implementation-code', '实施编码应为：主体代码＋行使层级＋基本编码（{detail}）', 'The implementation code must be body + exercise level + catalogue code ({detail})',
      '按三段拼接。', 'Join the three parts.'),
    broken: (l) => {
      const right = l.body.uscc + l.exerciseLevel + l.catalogueCode;
      const items = l.handlingItemCodes.flatMap((code, i) => when(!code.startsWith(right), `handlingItemCodes/${i}`, code));
      return [...when(l.implementationCode !== right, 'implementationCode', right), ...items];
    },
  },
  {
    ...rule('listing.online-form', '网上办理与办理形式、网办深度不一致', 'Online does not match the handling forms or depths',
      '网上办理须含办理形式 2 与至少一项网办深度；反之亦然。', 'Online needs handling form 2 and at least one depth, and the other way round.'),
    broken: (l) => when(l.online !== l.handlingForms.includes('2') || l.online !== l.onlineDepths.length > 0, 'online'),
  },
];

export const checkListing = (listing: Listing, at: string): Finding[] =>
  listingRules.flatMap((one) => one.broken(listing).map(([path, detail]) => finding(one, `${at}/${path}`, detail)));
