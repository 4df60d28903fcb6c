import { definePolicy } from '@zhengwu/module';

/** Entries hold the phones of those who are called in an emergency; other numbers that somebody wrote are masked. */
const written = { shows: ['mobile-phone'], found: 'mask' } as const;
const read = { who: 'official', permission: 'governance.read', audit: null, ...written } as const;
const keep = { who: 'official', permission: 'governance.keep', audit: 'governance.changed', ...written } as const;
const inspect = { who: 'official', permission: 'governance.inspect', audit: 'governance.changed', ...written } as const;

export const policy = definePolicy({
  'governance.registers': read, 'governance.entries': read, 'governance.entry': read, 'governance.walk': read, 'governance.controls': read, 'governance.state': read, 'governance.readers': read,
  'governance.create': keep, 'governance.change': keep, 'governance.act': keep,
  'governance.raise': inspect, 'governance.amend': inspect, 'governance.recheck': inspect,
  'governance.decide': { ...keep, permission: 'governance.approve', audits: ['governance.approved'] },
  'governance.link': { ...keep, audit: 'governance.linked' },
  'governance.unlink': { ...keep, audit: 'governance.unlinked' },
  'governance.scan': { ...keep, audit: 'governance.scanned' },
  // Stopping a part of the running site: the password again, lately.
  'governance.drill': { ...keep, permission: 'governance.drill', audit: 'governance.drillStarted', assurance: 1 },
  'governance.mine': { who: 'official', audit: null, ...written },
  'governance.acknowledge': { who: 'official', audit: 'governance.acknowledged' },
}, {
  'governance.changed': { zh: '安全登记簿变更', en: 'Security register changed' },
  'governance.approved': { zh: '多人批准中的一次批准', en: 'One of several approvals given' },
  'governance.linked': { zh: '建立关联', en: 'Two things linked' },
  'governance.unlinked': { zh: '取消关联', en: 'A link undone' },
  'governance.scanned': { zh: '清点数据表', en: 'Tables entered as assets' },
  'governance.escalated': { zh: '逾期上报', en: 'Overdue entry brought to the head of its department' },
  'governance.acknowledged': { zh: '确认已读安全策略', en: 'Policy acknowledged' },
  'governance.drillStarted': { zh: '开始演练', en: 'Drill started' },
  'governance.drillEnded': { zh: '演练结束', en: 'Drill ended' },
  'governance.restoreProved': { zh: '恢复验证', en: 'Proof of restore' },
});
