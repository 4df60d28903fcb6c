import { codeList } from './code-list.ts';

/* Service items 政务服务事项 (GB/T 39046-2020, GB/T 39554, national platform C0109). */

/** 事项类型. */
export const itemTypes = codeList('item-type', [
  { code: '01', zh: '行政许可', en: 'Administrative licence' },
  { code: '02', zh: '行政处罚', en: 'Administrative penalty' },
  { code: '03', zh: '行政强制', en: 'Administrative compulsion' },
  { code: '04', zh: '行政征收', en: 'Administrative levy' },
  { code: '05', zh: '行政给付', en: 'Administrative payment' },
  { code: '06', zh: '行政检查', en: 'Administrative inspection' },
  { code: '07', zh: '行政确认', en: 'Administrative confirmation' },
  { code: '08', zh: '行政奖励', en: 'Administrative reward' },
  { code: '09', zh: '行政裁决', en: 'Administrative ruling' },
  { code: '10', zh: '其他行政权力', en: 'Other administrative power' },
  { code: '20', zh: '公共服务', en: 'Public service' },
]);

/** 行使层级. */
export const exerciseLevels = codeList('exercise-level', [
  { code: '1', zh: '国家级', en: 'National' },
  { code: '2', zh: '省级', en: 'Province' },
  { code: '3', zh: '市级', en: 'City' },
  { code: '4', zh: '县级', en: 'County' },
  { code: '5', zh: '镇（乡、街道）级', en: 'Town or street' },
  { code: '6', zh: '村（社区）级', en: 'Village or community' },
  { code: '7', zh: '分级', en: 'Graded' },
]);

/** 实施主体性质. */
export const bodyKinds = codeList('body-kind', [
  { code: '1', zh: '法定机关', en: 'Statutory body' },
  { code: '2', zh: '授权组织', en: 'Authorised body' },
  { code: '3', zh: '受委托组织', en: 'Entrusted body' },
  { code: '9', zh: '其他', en: 'Other' },
]);

/** 服务对象. */
export const audiences = codeList('audience', [
  { code: '1', zh: '自然人', en: 'Natural person' },
  { code: '2', zh: '企业法人', en: 'Enterprise' },
  { code: '3', zh: '事业法人', en: 'Public institution' },
  { code: '4', zh: '社会组织法人', en: 'Social organisation' },
  { code: '5', zh: '行政机关', en: 'Administrative body' },
  { code: '6', zh: '其他组织', en: 'Other organisation' },
]);

/** 办理形式. */
export const handlingForms = codeList('handling-form', [
  { code: '1', zh: '窗口办理', en: 'At the window' },
  { code: '2', zh: '网上办理', en: 'On the web' },
  { code: '3', zh: '移动端办理', en: 'On the phone' },
  { code: '4', zh: '快递申请', en: 'By courier' },
  { code: '9', zh: '其他', en: 'Other' },
]);

/** 办件类型. */
export const caseKinds = codeList('case-kind', [
  { code: '1', zh: '即办件', en: 'Immediate' },
  { code: '2', zh: '承诺件', en: 'Promised' },
  { code: '9', zh: '其他', en: 'Other' },
]);

/** 特别程序. */
export const specialProcedures = codeList('special-procedure', [
  { code: '1', zh: '延长审批', en: 'Extension' },
  { code: '2', zh: '其他特别程序', en: 'Other special procedure' },
]);

/** 通办范围. */
export const crossAreaScopes = codeList('cross-area-scope', [
  { code: '1', zh: '全国', en: 'Nationwide' },
  { code: '2', zh: '跨省', en: 'Across provinces' },
  { code: '3', zh: '跨市', en: 'Across cities' },
  { code: '4', zh: '跨县', en: 'Across counties' },
]);

/** 权力来源. */
export const powerSources = codeList('power-source', [
  { code: '1', zh: '法定本级行使', en: 'Statutory at this level' },
  { code: '2', zh: '上级下放', en: 'Delegated from above' },
  { code: '3', zh: '上级授权', en: 'Authorised from above' },
  { code: '4', zh: '同级授权', en: 'Authorised by a peer' },
  { code: '5', zh: '上级委托', en: 'Entrusted from above' },
  { code: '6', zh: '同级委托', en: 'Entrusted by a peer' },
]);

/** 网办深度; several apply. */
export const onlineDepths = codeList('online-depth', [
  { code: '1', zh: '互联网咨询', en: 'Consult' },
  { code: '2', zh: '互联网收件', en: 'Receive' },
  { code: '3', zh: '互联网预审', en: 'Pre-check' },
  { code: '4', zh: '互联网受理', en: 'Accept' },
  { code: '5', zh: '互联网办理', en: 'Handle' },
  { code: '6', zh: '互联网办理结果信息反馈', en: 'Result feedback' },
  { code: '7', zh: '互联网电子证照反馈', en: 'Electronic licence' },
  { code: '8', zh: '其他', en: 'Other' },
]);

/** The older scale of online depth; Ⅳ is the whole process online. */
export const onlineGrades = codeList('online-grade', [
  { code: 'Ⅰ', zh: '一级：信息发布', en: 'Grade I: information' },
  { code: 'Ⅱ', zh: '二级：表格下载', en: 'Grade II: forms' },
  { code: 'Ⅲ', zh: '三级：网上申请', en: 'Grade III: apply online' },
  { code: 'Ⅳ', zh: '四级：全程网办', en: 'Grade IV: whole process online' },
]);

/** 审批结果类型. */
export const resultKinds = codeList('result-kind', [
  { code: 'licence', zh: '证照', en: 'Licence' },
  { code: 'approval', zh: '批文', en: 'Approval' },
  { code: 'other', zh: '其他', en: 'Other' },
]);

/** What every licence’s handling shows, in order. */
export const stages = codeList('stage', [
  { code: 'accept', zh: '受理', en: 'Accept' },
  { code: 'review', zh: '审核', en: 'Review' },
  { code: 'approve', zh: '审批', en: 'Approve' },
  { code: 'close', zh: '办结', en: 'Close' },
  { code: 'deliver', zh: '送达', en: 'Deliver' },
]);
