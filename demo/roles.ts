import type { Scope, Text } from '@zhengwu/contracts';
import type { DemoRole } from './officials.ts';

export interface DemoRoleGrants {
  code: DemoRole;
  name: Text;
  grants: { permission: string; scope: Scope }[];
}

type Grants = Readonly<Record<string, Scope>>;

const role = (code: DemoRole, zh: string, en: string, grants: Grants): DemoRoleGrants => ({
  code,
  name: { zh, en },
  grants: Object.entries(grants).map(([permission, scope]) => ({ permission, scope })),
});

const review: Grants = { 'task.handle': 'subtree', 'case.read': 'subtree', 'case.reveal': 'subtree' };

/** Who may what in Yunchuan. Least privilege: everyday work reaches the seat's own department, heads what is below them. */
export const roles: readonly DemoRoleGrants[] = [
  role('window', '窗口受理', 'Window clerk', {
    'case.read': 'department', 'task.handle': 'department', 'case.intake': 'department', 'case.reveal': 'department', 'case.deliver': 'department', 'account.window': 'department',
  }),
  role('reviewer', '审核', 'Reviewer', review),
  role('approver', '审批', 'Approver', { ...review, 'label.change': 'subtree', 'case.extend': 'subtree', 'case.revoke': 'subtree', 'licence.revoke': 'subtree', 'case.deliver': 'department' }),
  role('countersigner', '会签', 'Countersigner', { 'case.read': 'department', 'task.handle': 'department' }),
  role('clerk', '办事员', 'Clerk', { 'case.read': 'department', 'task.handle': 'department' }),
  role('supervisor', '督办', 'Supervisor', {
    'indicator.read': 'all', 'analytics.ask': 'all', 'case.read': 'all', 'supervision.read': 'all', 'supervision.act': 'all', 'supervision.chase': 'all', 'privacy.answer': 'all', 'task.takeOver': 'all', 'task.handle': 'own',
  }),
  role('leader', '部门负责人', 'Head of department', { 'indicator.read': 'subtree', 'analytics.ask': 'subtree', 'label.change': 'subtree', 'access.vouch': 'subtree', 'case.read': 'subtree', 'task.handle': 'subtree', 'task.takeOver': 'subtree', 'supervision.read': 'subtree', 'supervision.chase': 'subtree', 'governance.read': 'subtree', 'governance.keep': 'subtree', 'governance.approve': 'subtree', 'privacy.answer': 'subtree' }),
  role('steward', '部门数据专员', 'Data steward', { 'catalogue.read': 'subtree', 'catalogue.edit': 'subtree', 'catalogue.request': 'subtree', 'catalogue.answer': 'subtree', 'register.read': 'subtree', 'register.reveal': 'subtree', 'register.correct': 'subtree', 'match.review': 'subtree', 'register.import': 'subtree', 'quality.read': 'subtree', 'quality.measure': 'subtree' }),
  role('dataCentre', '数据中心管理员', 'Data centre officer', { 'catalogue.read': 'all', 'catalogue.edit': 'all', 'catalogue.publish': 'all', 'catalogue.request': 'all', 'register.read': 'all', 'register.correct': 'all', 'exchange.read': 'all', 'exchange.manage': 'all', 'exchange.log': 'all', 'topic.read': 'all', 'topic.manage': 'all', 'match.review': 'all', 'match.keep': 'all', 'register.import': 'all', 'adapter.read': 'all', 'adapter.manage': 'all', 'quality.read': 'all', 'quality.measure': 'all', 'centre.consolidate': 'all', 'indicator.read': 'all', 'analytics.keep': 'all', 'analytics.ask': 'all' }),
  role('administrator', '系统管理员', 'System administrator', {
    'governance.read': 'department', 'governance.keep': 'department',
    'account.recover': 'all', 'directory.admin': 'all', 'duty.decide': 'all', 'service.manage': 'all', 'case.mend': 'all', 'calendar.keep': 'all', 'payment.reconcile': 'all', 'payment.refund': 'all', 'monitoring.read': 'all', 'monitoring.manage': 'all', 'alert.handle': 'all',
    'ldap.read': 'all', 'device.manage': 'all', 'identity-source.read': 'all', 'identity-source.propose': 'all', 'identity-source.stop': 'all',
  }),
  role('security', '安全保密管理员', 'Security administrator', { 'governance.read': 'all', 'governance.keep': 'all', 'governance.drill': 'all', 'label.change': 'all', 'label.decide': 'all', 'session.manage': 'all', 'account.recover': 'all', 'directory.grant': 'all', 'access.vouch': 'all', 'duty.decide': 'all', 'defence.read': 'all', 'defence.keep': 'all', 'certificate.register': 'all', 'disclosure.read': 'all', 'disclosure.decide': 'all', 'identity-source.read': 'all', 'identity-source.decide': 'all', 'identity-source.stop': 'all' }),
  role('auditor', '安全审计员', 'Audit administrator', { 'exchange.read': 'all', 'exchange.log': 'all', 'audit.read': 'all', 'identity-source.read': 'all', 'governance.read': 'all', 'governance.inspect': 'all', 'duty.decide': 'all' }),
];
