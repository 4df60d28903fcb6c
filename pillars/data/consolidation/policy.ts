import { definePolicy } from '@zhengwu/module';

const keeper = { who: 'official', permission: 'centre.consolidate' } as const;

/** Old centres are consolidated by the data centre; reading rows is reading personal data and recorded. */
export const policy = definePolicy({
  'consolidation.list': { ...keeper, audit: null },
  'consolidation.take': { ...keeper, audit: 'consolidation.taken' },
  'consolidation.read': { ...keeper, audit: null },
  'consolidation.propose': { ...keeper, audit: 'consolidation.proposed', recorded: 'gate', purpose: 'record-matching', rate: { account: 60 } },
  'consolidation.map': { ...keeper, audit: 'consolidation.mapped' },
  'consolidation.compare': { ...keeper, audit: 'consolidation.compared', audits: ['consolidation.finished'] },
  'consolidation.migrate': { ...keeper, audit: 'consolidation.migrated', audits: ['consolidation.finished'] },
  'consolidation.switch': { ...keeper, audit: 'consolidation.switched', assurance: 2 },
  'consolidation.rollBack': { ...keeper, audit: 'consolidation.rolledBack', assurance: 2 },
  'consolidation.rows': { ...keeper, audit: 'consolidation.rowsRead', personal: true, purpose: 'record-matching', found: 'mask', recorded: 'gate' },
}, {
  'consolidation.taken': { zh: '建立旧中心清单', en: 'Inventory of an old centre taken' },
  'consolidation.proposed': { zh: '为旧表推荐映射', en: 'Mapping of an old table proposed' },
  'consolidation.mapped': { zh: '确认旧表映射', en: 'Mapping of an old table confirmed' },
  'consolidation.compared': { zh: '开始逐行核对旧中心', en: 'Comparison of an old centre begun' },
  'consolidation.migrated': { zh: '开始迁移旧中心', en: 'Migration of an old centre begun' },
  'consolidation.finished': { zh: '旧中心核对或迁移完成', en: 'Comparison or migration of an old centre finished' },
  'consolidation.switched': { zh: '旧中心切换关闭', en: 'Old centre closed' },
  'consolidation.rolledBack': { zh: '撤回旧中心迁移', en: 'Migration of an old centre taken back' },
  'consolidation.rowsRead': { zh: '查看旧中心的行', en: 'Rows of an old centre read', personal: true },
});
