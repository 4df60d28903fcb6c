import { definePolicy } from '@zhengwu/module';

/** The protocol's own routes stand outside the gate (routes.ts says why); what it does is recorded under these events. */
export const policy = definePolicy({
  'signOn.list': { who: 'official', permission: 'directory.grant', audit: null },
  'signOn.put': { who: 'official', permission: 'directory.grant', audit: 'signOn.clientChanged', assurance: 2 },
  'signOn.drop': { who: 'official', permission: 'directory.grant', audit: 'signOn.clientDropped', assurance: 2 },
  'signOn.rotateKey': { who: 'official', permission: 'directory.grant', audit: 'signOn.keyRotated', assurance: 2 },
  'signOn.ready': { who: 'official', audit: null, readsOnly: true, audits: ['signOn.entered', 'signOn.tokens', 'signOn.refused', 'signOn.left', 'signOn.ended', 'signOn.agreed'], rate: { account: 60 } },
  'signOn.consents': { who: 'official', audit: null },
  'signOn.withdraw': { who: 'official', audit: 'signOn.withdrawn' },
}, {
  'signOn.clientChanged': { zh: '修改应用的单点登录设置', en: 'Sign-on of an application changed' },
  'signOn.clientDropped': { zh: '取消应用的单点登录', en: 'Sign-on of an application taken away' },
  'signOn.keyRotated': { zh: '更换单点登录签名密钥', en: 'Signing key of sign-on replaced' },
  'signOn.entered': { zh: '单点登录到应用', en: 'Signed on to an application' },
  'signOn.tokens': { zh: '向应用发放令牌', en: 'Tokens issued to an application' },
  'signOn.refused': { zh: '单点登录请求被拒绝', en: 'A request for sign-on was refused' },
  'signOn.left': { zh: '从应用退出登录', en: 'Signed out from an application' },
  'signOn.ended': { zh: '会话结束，应用的令牌随之失效', en: 'A session ended, and the tokens of applications with it' },
  'signOn.agreed': { zh: '同意应用获知身份', en: 'Agreed that an application may know who one is' },
  'signOn.withdrawn': { zh: '撤回对应用的同意', en: 'Withdrew consent for an application' },
});
