import { definePolicy } from '@zhengwu/module';

const keeping = 'identity-source.propose';
const opened = ['session.opened', 'session.refused', 'identitySource.linked', 'identitySource.refused', 'account.registered'];

export const policy = definePolicy({
  'identity-source.list': { who: 'official', permission: 'identity-source.read', audit: null },
  'identity-source.propose': { who: 'official', permission: keeping, audit: 'identitySource.proposed', assurance: 2 },
  'identity-source.decide': { who: 'official', permission: 'identity-source.decide', audit: 'identitySource.approved', audits: ['identitySource.notApproved'], assurance: 2 },
  'identity-source.stop': { who: 'official', permission: 'identity-source.stop', audit: 'identitySource.stopped', assurance: 2 },
  'identity-source.check': { who: 'official', permission: keeping, audit: null, readsOnly: true, rate: { account: 20 } },
  'identity-source.keys': { who: ['public', 'portal'], audit: null, rate: { address: 60 } },
  'identity-source.offered': { who: 'portal', audit: null },
  'identity-source.begin': { who: 'portal', audit: null, readsOnly: true, rate: { address: 60 } },
  'identity-source.beginMine': { who: 'citizen', audit: null, readsOnly: true, assurance: 1, rate: { account: 10 } },
  'identity-source.beginProof': { who: 'citizen', audit: null, readsOnly: true, rate: { account: 10 } },
  'identity-source.finish': { who: 'portal', audit: 'session.opened', audits: [...opened, 'session.proved'], rate: { address: 60 } },
  'identity-source.confirm': { who: 'portal', audit: 'session.opened', audits: opened, rate: { address: 20 } },
  'identity-source.leave': { who: 'citizen', audit: null },
  'identity-source.backChannelLogout': { who: 'portal', audit: 'identitySource.signedOut', rate: { address: 120 } },
  'identity-source.mine': { who: 'citizen', audit: null },
  'identity-source.unlink': { who: 'citizen', audit: 'identitySource.unlinked', assurance: 1 },
  'identity-source.setPassword': { who: 'citizen', audit: 'identitySource.passwordSet', assurance: 1, rate: { account: 10 } },
}, {
  'identitySource.proposed': { zh: '提议外部身份来源的改动', en: 'Change of an outside source proposed' },
  'identitySource.approved': { zh: '批准外部身份来源的改动', en: 'Change of an outside source approved' },
  'identitySource.notApproved': { zh: '不批准外部身份来源的改动', en: 'Change of an outside source refused' },
  'identitySource.stopped': { zh: '停用外部身份来源', en: 'Outside source switched off' },
  'identitySource.linked': { zh: '关联外部身份', en: 'Outside account linked' },
  'identitySource.unlinked': { zh: '解除外部身份关联', en: 'Outside account unlinked' },
  'identitySource.refused': { zh: '外部身份登录未通过', en: 'Sign-in by an outside account refused' },
  'identitySource.passwordSet': { zh: '为外部身份账号设置密码', en: 'First password of an account from outside' },
  'identitySource.signedOut': { zh: '外部来源通知退出', en: 'Signed out by the outside source' },
});
