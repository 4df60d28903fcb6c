import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'licence.mine': { who: 'citizen', audit: null },
  'licence.view': { who: 'citizen', audit: null },
  'licence.pdf': { who: 'citizen', audit: null },
  'licence.verify': { who: ['public', 'citizen', 'official', 'portal'], audit: null, rate: { address: 120 } },
  'licence.verifyJws': { who: ['public', 'citizen', 'official', 'portal'], audit: null, rate: { address: 120 } },
  'licence.keys': { who: ['public', 'citizen', 'official', 'portal'], audit: null },
  'licence.revoke': { who: 'official', permission: 'licence.revoke', audit: 'licence.revoked' },
  'licence.officialPdf': { who: 'official', permission: 'case.read', audit: 'licence.printed', personal: true },
});
