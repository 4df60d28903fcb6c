import { definePolicy } from '@zhengwu/module';

/** The trail is the audit administrator's alone; each look at it is in it. */
export const policy = definePolicy({
  'audit.search': { who: 'official', permission: 'audit.read', audit: 'audit.searched', personal: true, purpose: 'audit', found: 'mask' },
  'audit.events': { who: 'official', permission: 'audit.read', audit: null },
  'audit.open': { who: 'official', permission: 'audit.read', audit: 'audit.opened', personal: true, purpose: 'audit', found: 'mask' },
  // The record as it was sealed: one altered character and it proves nothing.
  'audit.prove': { who: 'official', permission: 'audit.read', audit: 'audit.proved', personal: true, purpose: 'audit', shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document', 'secret'] },
  'audit.state': { who: 'official', permission: 'audit.read', audit: null },
  'audit.verify': { who: 'official', permission: 'audit.read', audit: 'audit.verified' },
  'audit.report': { who: 'official', permission: 'audit.read', audit: 'audit.reported', personal: true, purpose: 'audit' },
}, {
  'audit.opened': { zh: '查看一条审计记录', en: 'Audit record opened' },
  'audit.proved': { zh: '下载存在证明', en: 'Inclusion proof taken' },
  'audit.verified': { zh: '核验审计日志', en: 'Trail verified' },
  'audit.reported': { zh: '查看审计统计', en: 'Audit figures read' },
  'audit.retired': { zh: '移出期满的审计记录', en: 'Records removed after their time' },
  'audit.exportFailed': { zh: '第二存放地写入失败', en: 'Copy to the second place failed' },
  'audit.searched': { zh: '查询审计记录', en: 'Trail searched' },
  'audit.asked': { zh: '查询审计记录的条件', en: 'What was searched for in the trail' },
  'audit.exported': { zh: '导出审计日志', en: 'Trail exported' },
});
