import { definePolicy } from '@zhengwu/module';

/** Certificates, lists and answers of the authority are public by their nature; who gets one is decided by two people. */
export const policy = definePolicy({
  'certificate.mine': { who: 'official', audit: null },
  'certificate.authority': { who: 'official', audit: null },
  'certificate.submit': { who: 'official', audit: 'certificate.requested', rate: { account: 20 } },
  'certificate.handOut': { who: 'official', audit: 'certificate.issued', audits: ['certificate.handedOut'], rate: { account: 10 } },
  'certificate.renew': { who: 'official', audit: 'certificate.requested', rate: { account: 20 } },
  'certificate.list': { who: 'official', permission: 'certificate.register', audit: null },
  'certificate.approve': { who: 'official', permission: 'certificate.register', assurance: 2, audit: 'certificate.approved', audits: ['certificate.issued'] },
  'certificate.refuse': { who: 'official', permission: 'certificate.register', assurance: 2, audit: 'certificate.refused' },
  'certificate.revoke': { who: 'official', permission: 'certificate.register', assurance: 2, audit: 'certificate.revoked' },
  'certificate.suspend': { who: 'official', permission: 'certificate.register', assurance: 2, audit: 'certificate.suspended' },
  'certificate.release': { who: 'official', permission: 'certificate.register', assurance: 2, audit: 'certificate.released' },
  'pki.revocationList': { who: 'public', audit: null },
  'pki.issuingCertificate': { who: 'public', audit: null },
  'pki.chain': { who: 'public', audit: null },
  'pki.status': { who: 'public', audit: null, rate: { address: 1200 } },
  'pki.postStatus': { who: 'public', audit: null, readsOnly: true, rate: { address: 1200 } },
  // Each token has its row in certificates.stamp, which is the record of it; the trail itself is stamped.
  'pki.stamp': { who: 'public', audit: null, readsOnly: true, rate: { address: 120 } },
}, {
  'certificate.requested': { zh: '申请证书', en: 'Certificate requested' },
  'certificate.approved': { zh: '批准证书申请', en: 'Certificate request approved' },
  'certificate.refused': { zh: '拒绝证书申请', en: 'Certificate request refused' },
  'certificate.issued': { zh: '签发证书', en: 'Certificate issued' },
  'certificate.handedOut': { zh: '发放证书和私钥', en: 'Certificate and key handed out' },
  'certificate.revoked': { zh: '吊销证书', en: 'Certificate revoked' },
  'certificate.suspended': { zh: '暂停证书', en: 'Certificate suspended' },
  'certificate.released': { zh: '恢复证书', en: 'Certificate released' },
});
