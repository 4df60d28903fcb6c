import { codeList } from '@zhengwu/contracts';

/* The national tables are in contracts; these are the platform's own words that packs use. */

/** Who may read a field of a register. */
export const fieldClasses = codeList('field-classes', [
  { code: 'public', zh: '公开', en: 'Anyone' },
  { code: 'internal', zh: '政务内部', en: 'Officials' },
  { code: 'personal', zh: '个人信息', en: 'The person and officials with a reason' },
  { code: 'sensitive', zh: '敏感个人信息', en: 'The person and the named departments' },
]);

/** What a structured reason may be given for. */
export const reasonUses = codeList('reason-uses', [
  { code: 'correct', zh: '补正', en: 'Correction' },
  { code: 'refuse', zh: '不予受理、不予批准', en: 'Refusal' },
  { code: 'suspend', zh: '特别程序', en: 'Special procedure' },
]);

/** What a user task may end with; process models name these and no others. */
export const outcomes = codeList('outcomes', [
  { code: 'accept', zh: '受理', en: 'Accept' },
  { code: 'correct', zh: '一次性告知补正', en: 'Ask for correction, once' },
  { code: 'notWithinScope', zh: '不属于受理范围', en: 'Not within scope' },
  { code: 'refuseAcceptance', zh: '不予受理', en: 'Refuse acceptance' },
  { code: 'pass', zh: '审核通过', en: 'Pass' },
  { code: 'fail', zh: '审核不通过', en: 'Does not pass' },
  { code: 'approve', zh: '批准', en: 'Approve' },
  { code: 'approveFollowUp', zh: '容缺批准', en: 'Approve, materials to follow' },
  { code: 'refuse', zh: '不予批准', en: 'Refuse' },
  { code: 'agree', zh: '同意', en: 'Agree' },
  { code: 'disagree', zh: '不同意', en: 'Disagree' },
  { code: 'back', zh: '退回', en: 'Send back' },
  { code: 'expertReview', zh: '转专家评审', en: 'Expert review first' },
  { code: 'done', zh: '办理完毕', en: 'Done' },
  { code: 'absent', zh: '未到场', en: 'Did not come' },
  { code: 'submit', zh: '已提交', en: 'Submitted' },
]);

/** Outcomes that must not be given without a stated reason. */
export const reasonedOutcomes: readonly string[] = ['correct', 'notWithinScope', 'refuseAcceptance', 'fail', 'refuse', 'disagree', 'back', 'approveFollowUp', 'expertReview'];

/** What a user task is, for the console. */
export const taskKinds = codeList('task-kinds', [
  { code: 'accept', zh: '受理', en: 'Accept' },
  { code: 'review', zh: '审核', en: 'Review' },
  { code: 'decide', zh: '决定', en: 'Decide' },
  { code: 'countersign', zh: '会签', en: 'Countersign' },
  { code: 'handle', zh: '办理', en: 'Handle' },
  { code: 'applicant', zh: '申请人办理', en: 'For the applicant' },
]);

/** Posts that tasks are given to. */
export const posts = codeList('posts', [
  { code: 'window', zh: '窗口人员', en: 'Window clerk' },
  { code: 'reviewer', zh: '审核人员', en: 'Reviewer' },
  { code: 'approver', zh: '审批人员', en: 'Approver' },
  { code: 'countersigner', zh: '会签人员', en: 'Countersigner' },
  { code: 'supervisor', zh: '监察人员', en: 'Supervisor' },
  { code: 'administrator', zh: '管理人员', en: 'Administrator' },
]);

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
