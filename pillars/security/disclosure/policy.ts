import { definePolicy } from '@zhengwu/module';

const reader = { who: 'official', permission: 'disclosure.read' } as const;

/** What leaves as a list: everybody within their own permissions and quota; the security administrator sees the ledger and decides. */
export const policy = definePolicy({
  'export.kinds': { who: 'official', audit: null, found: 'mask' },
  'export.make': { who: 'official', audit: 'disclosure.exported', rate: { account: 30 }, shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] },
  'export.ask': { who: 'official', audit: 'disclosure.asked', rate: { account: 10 }, found: 'mask' },
  'export.withdraw': { who: 'official', audit: 'disclosure.withdrawn', found: 'mask' },
  'export.ledger': { ...reader, audit: null, found: 'mask' },
  'export.requests': { ...reader, audit: null, found: 'mask' },
  'export.decide': { who: 'official', permission: 'disclosure.decide', audit: 'disclosure.approved', audits: ['disclosure.refused'], assurance: 1, found: 'mask' },
  'export.quotas': { ...reader, audit: null },
  'export.putQuota': { who: 'official', permission: 'disclosure.decide', audit: 'disclosure.quotaChanged', assurance: 1 },
}, {
  'disclosure.exported': { zh: '导出列表', en: 'List exported' },
  'disclosure.asked': { zh: '申请增加导出额度', en: 'More rows to export asked for' },
  'disclosure.withdrawn': { zh: '撤回导出申请', en: 'Request to export withdrawn' },
  'disclosure.approved': { zh: '批准导出申请', en: 'Request to export approved' },
  'disclosure.refused': { zh: '拒绝导出申请', en: 'Request to export refused' },
  'disclosure.quotaChanged': { zh: '修改导出额度', en: 'Quota of exports changed' },
});
