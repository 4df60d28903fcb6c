import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'sign-on.unknown-application': {
    status: 404,
    zh: '目录中没有应用 {client}。没有任何改动，请先在“应用”中登记，再设置单点登录。',
    en: 'The directory has no application {client}. Nothing was changed; register it under “Applications” first, then set up its sign-on.',
  },
  'sign-on.changed': {
    status: 409,
    zh: '这个应用的单点登录设置刚被他人修改。您的修改没有保存，请重新打开后再改。',
    en: 'Somebody changed the sign-on of this application just now. Your change was not kept; open it again and repeat it.',
  },
  'sign-on.bad-address': {
    status: 422,
    zh: '地址“{address}”不能使用：只接受 https 地址（本机调试可用 http://127.0.0.1），不带账号、片段和通配符，且全部回调地址在同一主机。没有任何改动，请改正后重试。',
    en: 'The address “{address}” cannot be used: https addresses only (http://127.0.0.1 for trying things on one machine), without credentials, fragments or wildcards, all redirect addresses on one host. Nothing was changed; correct it and try again.',
  },
  'sign-on.bad-keys': {
    status: 422,
    zh: '公钥集不能使用：需要一至五个 JWK 公钥（P-256 椭圆曲线、Ed25519，或 2048 位以上 RSA），且不得包含私钥。没有任何改动，请改正后重试。',
    en: 'The key set cannot be used: it takes one to five public JWKs (P-256, Ed25519, or RSA of 2048 bits or more) and no private part. Nothing was changed; correct it and try again.',
  },
  'sign-on.bad-method': {
    status: 422,
    zh: '认证方式与所填内容不符：私钥签名需要公钥集，证书认证需要机构统一社会信用代码，公开客户端两者都不填，不能绑定证书，也总要征求本人同意。没有任何改动，请改正后重试。',
    en: 'The way to authenticate does not fit what was given: signed requests need a key set, certificates the credit code of an institution, a public client neither; it cannot have bound tokens, and people are always asked. Nothing was changed; correct it and try again.',
  },
  'sign-on.gone': {
    status: 410,
    zh: '这次登录已经结束或超时。没有任何改动，请回到要登录的系统重新开始。',
    en: 'This sign-on has ended or taken too long. Nothing was changed; go back to the system you want to use and start again.',
  },
});
