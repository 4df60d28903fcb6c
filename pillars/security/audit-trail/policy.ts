import { definePolicy } from '@zhengwu/module';

/** The trail is the audit administrator's alone; each look at it is in it. */
export const policy = definePolicy({
  'audit.search': { who: 'official', permission: 'audit.read', audit: 'audit.searched', personal: true },
}, {
  'audit.searched': { zh: '查询审计记录', en: 'Trail searched' },
  'audit.asked': { zh: '查询审计记录的条件', en: 'What was searched for in the trail' },
  'audit.exported': { zh: '导出审计日志', en: 'Trail exported' },
});
