import type { Text } from '@zhengwu/contracts';

export type NoticeKind =
  | 'receipt' | 'acceptance' | 'correction' | 'suspension' | 'extension' | 'notWithinScope' | 'refusedAcceptance' | 'decision' | 'refusal' | 'revocation';

interface Wording {
  title: Text;
  /** Paragraphs; `{name}` places are filled from the notice. */
  zh: readonly string[];
  en: readonly string[];
  /** What the list below the text is headed with. */
  list?: Text;
  /** The right to review must be told (行政复议法 §17, 行政诉讼法 §46). */
  isRefusal?: true;
}

const remedyZh = '如不服本决定，可以自收到之日起六十日内申请行政复议，或者自收到之日起六个月内依法提起行政诉讼。';
const remedyEn = 'Against this decision you may ask for administrative review within sixty days of receiving it, or go to court within six months.';

/** Written notices of 行政许可法, worded once for all services. */
export const NOTICES: Readonly<Record<NoticeKind, Wording>> = {
  receipt: {
    title: { zh: '接件回执', en: 'Receipt of application' },
    zh: ['你（单位）于{date}提交的“{service}”申请已收到，办件编号为{number}。本机关将在五个工作日内告知是否受理；逾期不告知的，自收到申请材料之日起即为受理。'],
    en: ['Your application “{serviceEn}” of {date} has arrived; its number is {number}. You will hear within five working days whether it is accepted; otherwise it counts as accepted on receipt.'],
  },
  acceptance: {
    title: { zh: '受理通知书', en: 'Notice of acceptance' },
    zh: ['你（单位）申请的“{service}”，经审查，申请材料齐全、符合法定形式，根据《中华人民共和国行政许可法》第三十二条第一款第五项的规定，本机关决定予以受理。', '本事项承诺于{due}前办结。'],
    en: ['Your application “{serviceEn}” is complete and in due form and is accepted (Administrative Licence Law, article 32). We promise a decision by {due}.'],
  },
  correction: {
    title: { zh: '一次性补正告知书', en: 'Notice of correction' },
    zh: ['你（单位）申请的“{service}”，经审查，申请材料需要补正。根据《中华人民共和国行政许可法》第三十二条第一款第四项的规定，现将需要补正的全部内容一次告知如下，请于{due}前补正。补正期间不计入办理时限。'],
    en: ['Your application “{serviceEn}” needs correction. Everything that is missing is named below, once (Administrative Licence Law, article 32). Please give it by {due}; the clock stands still until then.'],
    list: { zh: '需要补正的内容', en: 'To be corrected' },
  },
  suspension: {
    title: { zh: '特别程序告知书', en: 'Notice of special procedure' },
    zh: ['你（单位）申请的“{service}”，依法需要进行{reason}。根据《中华人民共和国行政许可法》第四十五条的规定，所需时间预计{days}个工作日，不计入办理时限，特此告知。'],
    en: ['“{serviceEn}” calls for a special procedure ({reason}) of about {days} working days, which do not count towards the limit (Administrative Licence Law, article 45).'],
  },
  extension: {
    title: { zh: '延长办理期限告知书', en: 'Notice of extension' },
    zh: ['你（单位）申请的“{service}”，因{reason}，根据《中华人民共和国行政许可法》第四十二条的规定，经本机关负责人批准，办理期限延长{days}个工作日，至{due}。'],
    en: ['The limit of “{serviceEn}” is extended by {days} working days to {due}, by approval of the head of this body (Administrative Licence Law, article 42). Reason: {reason}.'],
  },
  notWithinScope: {
    title: { zh: '不受理告知书', en: 'Notice: not within our scope' },
    zh: ['你（单位）申请的“{service}”，经审查，不属于本机关受理范围。根据《中华人民共和国行政许可法》第三十二条的规定，不予受理，特此告知。', '说明：{reason}'],
    en: ['“{serviceEn}” is not within the scope of this body (Administrative Licence Law, article 32). Note: {reason}'],
    isRefusal: true,
  },
  refusedAcceptance: {
    title: { zh: '不予受理决定书', en: 'Decision not to accept' },
    zh: ['你（单位）申请的“{service}”，经审查，根据《中华人民共和国行政许可法》第三十二条的规定，本机关决定不予受理。', '理由：{reason}'],
    en: ['Your application “{serviceEn}” is not accepted (Administrative Licence Law, article 32). Reason: {reason}'],
    isRefusal: true,
  },
  decision: {
    title: { zh: '准予决定书', en: 'Decision: approved' },
    zh: ['你（单位）申请的“{service}”，经审查，符合法定条件、标准。根据《中华人民共和国行政许可法》第三十八条第一款的规定，本机关决定准予。', '本决定自作出之日起十日内送达，相关电子证照可在“我的证照”中查看和下载。'],
    en: ['Your application “{serviceEn}” meets the conditions of the law and is approved (Administrative Licence Law, article 38). The licence is under “My licences”.'],
    list: { zh: '随本决定签发', en: 'Issued with this decision' },
  },
  refusal: {
    title: { zh: '不予批准决定书', en: 'Decision: not approved' },
    zh: ['你（单位）申请的“{service}”，经审查，根据《中华人民共和国行政许可法》第三十八条第二款的规定，本机关决定不予批准。', '理由：{reason}'],
    en: ['Your application “{serviceEn}” is not approved (Administrative Licence Law, article 38). Reason: {reason}'],
    isRefusal: true,
  },
  revocation: {
    title: { zh: '撤销决定书', en: 'Decision: revoked' },
    zh: ['就你（单位）申请的“{service}”（办件编号{number}）作出的准予决定，根据《中华人民共和国行政许可法》第六十九条的规定，本机关决定予以撤销，随该决定签发的证照同时失效。', '理由：{reason}'],
    en: ['The approval of your application “{serviceEn}” ({number}) is revoked (Administrative Licence Law, article 69); the licences issued with it are no longer valid. Reason: {reason}'],
    list: { zh: '同时失效的证照', en: 'Licences no longer valid' },
    isRefusal: true,
  },
};

export interface Notice {
  /** One of `NOTICES`; another one is refused. */
  kind: string;
  /** In place of the kind's own title. */
  title?: Text;
  caseNumber: string;
  applicant: string;
  service: Text;
  department: Text;
  /** Day of the notice, YYYY-MM-DD. */
  date: string;
  /** Shown and encoded: where the case is looked up. */
  address: string;
  items?: readonly { label: string; why?: string }[];
  due?: string;
  days?: number;
  reason?: string;
  /** Telephone of the department. */
  phone?: string;
}

const longDay = (day: string | undefined): string => (day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日` : (day ?? '—'));

export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICES, kind);

/** Words a notice for the template: title, paragraphs and list in both languages. Throws RangeError for an unknown kind. */
export const composeNotice = (notice: Notice) => {
  if (!isNoticeKind(notice.kind)) throw new RangeError(`no such notice: ${notice.kind}`);
  const wording = NOTICES[notice.kind];
  const places = { number: notice.caseNumber, reason: notice.reason || '—', days: String(notice.days ?? '—') };
  const zh = { ...places, service: notice.service.zh, date: longDay(notice.date), due: longDay(notice.due) };
  const en = { ...places, serviceEn: notice.service.en, date: notice.date, due: notice.due ?? '—' };
  const fill = (text: string, from: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => from[name] ?? '');
  return {
    title: notice.title ?? wording.title, number: notice.caseNumber, addressee: notice.applicant, address: notice.address,
    zh: [...wording.zh.map((one) => fill(one, zh)), ...(wording.isRefusal ? [remedyZh] : [])],
    en: [...wording.en.map((one) => fill(one, en)), ...(wording.isRefusal ? [remedyEn] : [])],
    list: wording.list ?? { zh: '', en: '' }, items: (notice.items ?? []).map((one) => ({ label: one.label, why: one.why ?? '' })),
    department: notice.department, date: longDay(notice.date), phone: notice.phone ?? null,
  };
};
