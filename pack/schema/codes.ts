import type { Text } from '@zhengwu/contracts';

/**
 * Code tables of the national implementation list (GB/T 39046-2020, GB/T 39554, C0109 schemas).
 * The key is what is stored and exchanged; the text is what people read.
 */
const table = <K extends string>(rows: Record<K, [zh: string, en: string]>): Record<K, Text> =>
  Object.fromEntries(
    Object.entries<[string, string]>(rows).map(([code, [zh, en]]) => [code, { zh, en }]),
  ) as Record<K, Text>;

export const itemTypes = table({
  '01': ['行政许可', 'Administrative licence'],
  '02': ['行政处罚', 'Administrative penalty'],
  '03': ['行政强制', 'Administrative compulsion'],
  '04': ['行政征收', 'Administrative levy'],
  '05': ['行政给付', 'Administrative payment'],
  '06': ['行政检查', 'Administrative inspection'],
  '07': ['行政确认', 'Administrative confirmation'],
  '08': ['行政奖励', 'Administrative reward'],
  '09': ['行政裁决', 'Administrative ruling'],
  '10': ['其他行政权力', 'Other administrative power'],
  '20': ['公共服务', 'Public service'],
});

export const exerciseLevels = table({
  '1': ['国家级', 'National'],
  '2': ['省级', 'Province'],
  '3': ['市级', 'City'],
  '4': ['县级', 'County'],
  '5': ['镇（乡、街道）级', 'Town or street'],
  '6': ['村（社区）级', 'Village or community'],
  '7': ['分级', 'Graded'],
});

export const bodyKinds = table({
  '1': ['法定机关', 'Statutory body'],
  '2': ['授权组织', 'Authorised body'],
  '3': ['受委托组织', 'Entrusted body'],
  '9': ['其他', 'Other'],
});

export const audiences = table({
  '1': ['自然人', 'Natural person'],
  '2': ['企业法人', 'Enterprise'],
  '3': ['事业法人', 'Public institution'],
  '4': ['社会组织法人', 'Social organisation'],
  '5': ['行政机关', 'Administrative body'],
  '6': ['其他组织', 'Other organisation'],
});

export const handlingForms = table({
  '1': ['窗口办理', 'At the window'],
  '2': ['网上办理', 'On the web'],
  '3': ['移动端办理', 'On the phone'],
  '4': ['快递申请', 'By courier'],
  '9': ['其他', 'Other'],
});

export const caseKinds = table({
  '1': ['即办件', 'Immediate'],
  '2': ['承诺件', 'Promised'],
  '9': ['其他', 'Other'],
});

export const specialProcedures = table({
  '1': ['延长审批', 'Extension'],
  '2': ['其他特别程序', 'Other special procedure'],
});

export const crossAreaScopes = table({
  '1': ['全国', 'Nationwide'],
  '2': ['跨省', 'Across provinces'],
  '3': ['跨市', 'Across cities'],
  '4': ['跨县', 'Across counties'],
});

export const powerSources = table({
  '1': ['法定本级行使', 'Statutory at this level'],
  '2': ['上级下放', 'Delegated from above'],
  '3': ['上级授权', 'Authorised from above'],
  '4': ['同级授权', 'Authorised by a peer'],
  '5': ['上级委托', 'Entrusted from above'],
  '6': ['同级委托', 'Entrusted by a peer'],
});

export const onlineDepths = table({
  '1': ['互联网咨询', 'Consult'],
  '2': ['互联网收件', 'Receive'],
  '3': ['互联网预审', 'Pre-check'],
  '4': ['互联网受理', 'Accept'],
  '5': ['互联网办理', 'Handle'],
  '6': ['互联网办理结果信息反馈', 'Result feedback'],
  '7': ['互联网电子证照反馈', 'Electronic licence'],
  '8': ['其他', 'Other'],
});

/** The older scale; grade Ⅳ is the whole process online. */
export const onlineGrades = table({
  'Ⅰ': ['一级：信息发布', 'Grade I: information'],
  'Ⅱ': ['二级：表格下载', 'Grade II: forms'],
  'Ⅲ': ['三级：网上申请', 'Grade III: apply online'],
  'Ⅳ': ['四级：全程网办', 'Grade IV: whole process online'],
});

export const materialNeeds = table({
  required: ['必要', 'Required'],
  optional: ['非必要', 'Optional'],
  later: ['容缺后补', 'May follow later'],
});

export const materialSources = table({
  applicant: ['申请人自备', 'From the applicant'],
  government: ['政府部门核发', 'Issued by government'],
  other: ['其他', 'Other'],
});

export const materialForms = table({
  paper: ['纸质', 'Paper'],
  electronic: ['电子', 'Electronic'],
  both: ['纸质和电子', 'Paper and electronic'],
});

export const resultKinds = table({
  licence: ['证照', 'Licence'],
  approval: ['批文', 'Approval'],
  other: ['其他', 'Other'],
});

/** user_topic_type: what natural persons look for. */
export const personTopics = table({
  '010': ['生育收养', 'Birth and adoption'],
  '020': ['户籍办理', 'Household and identity'],
  '030': ['民族宗教', 'Ethnicity and religion'],
  '040': ['教育科研', 'Education and research'],
  '050': ['入伍服役', 'Military service'],
  '060': ['就业创业', 'Work and starting up'],
  '070': ['设立变更', 'Founding and changing'],
  '080': ['准营准办', 'Permission to operate'],
  '090': ['职业资格', 'Vocational qualifications'],
  '100': ['行政缴费', 'Fees'],
  '110': ['婚姻登记', 'Marriage'],
  '120': ['优待抚恤', 'Care and pensions'],
  '130': ['规划建设', 'Planning and building'],
  '140': ['住房保障', 'Housing'],
  '150': ['社会保障', 'Social security'],
  '160': ['证件办理', 'Documents'],
  '170': ['交通出行', 'Transport'],
  '180': ['旅游观光', 'Tourism'],
  '190': ['出境入境', 'Exit and entry'],
  '200': ['消费维权', 'Consumer rights'],
  '210': ['公共安全', 'Public safety'],
  '220': ['司法公证', 'Justice and notaries'],
  '230': ['知识产权', 'Intellectual property'],
  '240': ['环保绿化', 'Environment'],
  '250': ['文化体育', 'Culture and sport'],
  '260': ['公用事业', 'Utilities'],
  '270': ['医疗卫生', 'Health'],
  '280': ['离职退休', 'Retirement'],
  '290': ['死亡殡葬', 'Death and burial'],
  '300': ['其他', 'Other'],
});

/** corp_topic_type: what companies and other bodies look for. */
export const companyTopics = table({
  '010': ['设立变更', 'Founding and changing'],
  '020': ['准营准办', 'Permission to operate'],
  '030': ['资质认证', 'Qualifications'],
  '040': ['年检年审', 'Annual checks'],
  '050': ['税收财务', 'Tax and accounts'],
  '060': ['人力资源', 'Staff'],
  '070': ['社会保障', 'Social security'],
  '080': ['投资审批', 'Investment approval'],
  '090': ['融资信贷', 'Finance and credit'],
  '100': ['抵押质押', 'Mortgages and pledges'],
  '110': ['商务贸易', 'Trade'],
  '120': ['招标拍卖', 'Tenders and auctions'],
  '130': ['海关口岸', 'Customs'],
  '140': ['农林牧渔', 'Farming and fishing'],
  '150': ['国土和规划建设', 'Land, planning and building'],
  '160': ['交通运输', 'Transport'],
  '170': ['公安消防', 'Police and fire safety'],
  '180': ['环保绿化', 'Environment'],
  '190': ['科技创新', 'Science and innovation'],
  '200': ['检验检疫', 'Inspection and quarantine'],
  '210': ['安全生产', 'Safety at work'],
  '220': ['法人注销', 'Winding up'],
  '230': ['其他', 'Other'],
});

/** The stages that every licence's handling shows, in order (受理 审核 审批 办结 送达). */
export const stages = table({
  accept: ['受理', 'Accept'],
  review: ['审核', 'Review'],
  approve: ['审批', 'Approve'],
  close: ['办结', 'Close'],
  deliver: ['送达', 'Deliver'],
});

/** GB/T 21063 sharing classes. */
export const sharingClasses = table({
  '1': ['无条件共享', 'Shared without condition'],
  '2': ['有条件共享', 'Shared on condition'],
  '3': ['不予共享', 'Not shared'],
});

/** Who may read a field of a register. */
export const fieldClasses = table({
  public: ['公开', 'Anyone'],
  internal: ['政务内部', 'Officials'],
  personal: ['个人信息', 'The person and officials with a reason'],
  sensitive: ['敏感个人信息', 'The person and the named departments'],
});

/** What a structured reason may be given for. */
export const reasonUses = table({
  correct: ['补正', 'Correction'],
  refuse: ['不予受理、不予批准', 'Refusal'],
  suspend: ['特别程序', 'Special procedure'],
});

/** What a user task may end with; process models name these and no others. */
export const outcomes = table({
  accept: ['受理', 'Accept'],
  correct: ['一次性告知补正', 'Ask for correction, once'],
  notWithinScope: ['不属于受理范围', 'Not within scope'],
  refuseAcceptance: ['不予受理', 'Refuse acceptance'],
  pass: ['审核通过', 'Pass'],
  fail: ['审核不通过', 'Does not pass'],
  approve: ['批准', 'Approve'],
  approveFollowUp: ['容缺批准', 'Approve, materials to follow'],
  refuse: ['不予批准', 'Refuse'],
  agree: ['同意', 'Agree'],
  disagree: ['不同意', 'Disagree'],
  back: ['退回', 'Send back'],
  expertReview: ['转专家评审', 'Expert review first'],
  done: ['办理完毕', 'Done'],
  absent: ['未到场', 'Did not come'],
  submit: ['已提交', 'Submitted'],
});

/** Outcomes that must not be given without a stated reason. */
export const reasonedOutcomes: readonly string[] = ['correct', 'notWithinScope', 'refuseAcceptance', 'fail', 'refuse', 'disagree', 'back', 'approveFollowUp', 'expertReview'];

/** What a user task is, for the console. */
export const taskKinds = table({
  accept: ['受理', 'Accept'],
  review: ['审核', 'Review'],
  decide: ['决定', 'Decide'],
  countersign: ['会签', 'Countersign'],
  handle: ['办理', 'Handle'],
  applicant: ['申请人办理', 'For the applicant'],
});

/** Posts that tasks are given to. */
export const posts = table({
  window: ['窗口人员', 'Window clerk'],
  reviewer: ['审核人员', 'Reviewer'],
  approver: ['审批人员', 'Approver'],
  countersigner: ['会签人员', 'Countersigner'],
  supervisor: ['监察人员', 'Supervisor'],
  administrator: ['管理人员', 'Administrator'],
});

/** Operations that process models may call, with the inputs each needs. */
export const operations: Readonly<Record<string, readonly string[]>> = {
  'cases.accept': [],
  'cases.close': ['result'],
  'cases.deliver': [],
  'licences.issue': ['type', 'fields', 'holder'],
  'payments.request': ['items'],
  'registers.update': ['register', 'key', 'data'],
  'registers.read': ['register', 'key'],
  'services.assignUscc': ['division', 'name'],
  'messages.send': ['template'],
  'appointments.book': ['slot'],
};
