import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'licence.mine': { who: 'citizen', audit: null, shows: ['citizen-number', 'mobile-phone'] },
  'licence.view': { who: 'citizen', audit: null, shows: ['citizen-number', 'mobile-phone'] },
  'licence.pdf': { who: 'citizen', audit: null },
  'licence.verify': { who: ['public', 'citizen', 'official', 'portal'], audit: null, rate: { address: 120 } },
  'licence.verifyJws': { who: ['public', 'citizen', 'official', 'portal'], audit: null, readsOnly: true, rate: { address: 120 } },
  'licence.keys': { who: ['public', 'citizen', 'official', 'portal'], audit: null },
  'licence.revoke': { who: 'official', permission: 'licence.revoke', assurance: 2, audit: 'licence.revoked' },
  'licence.officialPdf': { who: 'official', permission: 'case.read', audit: 'licence.printed', personal: true, purpose: 'licence-issuing' },
}, {
  'licence.revoked': { zh: '吊销证照', en: 'Licence revoked' },
  'licence.printed': { zh: '打印证照', en: 'Licence printed', personal: true },
});
