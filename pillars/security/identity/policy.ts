import { definePolicy } from '@zhengwu/module';

// An office, or a carrier's customers, may share one address; guessing at one account is stopped by its lock (GB/T 22239).
export const policy = definePolicy({
  'session.signIn': { who: 'public', audit: 'session.opened', audits: ['session.refused'], rate: { address: 60 } },
  'session.current': { who: 'official', audit: null },
  'session.signOut': { who: 'official', audit: 'session.closed' },
  'citizen.signIn': { who: 'portal', audit: 'session.opened', audits: ['session.refused'], rate: { address: 120 } },
  'citizen.session': { who: 'citizen', audit: null },
  'citizen.signOut': { who: 'citizen', audit: 'session.closed' },
  'citizen.register': { who: 'portal', audit: 'account.registered', rate: { address: 20 } },
  'account.changePassword': { who: ['official', 'citizen'], audit: 'account.passwordChanged', rate: { account: 10 } },
  'session.list': { who: ['official', 'citizen'], audit: null },
  'session.end': { who: ['official', 'citizen'], audit: 'session.closed' },
}, {
  'session.opened': { zh: '登录', en: 'Signed in' },
  'session.refused': { zh: '登录被拒绝', en: 'Sign-in refused' },
  'session.closed': { zh: '退出登录', en: 'Signed out' },
  'account.registered': { zh: '注册账号', en: 'Account registered' },
  'account.passwordChanged': { zh: '修改密码', en: 'Password changed' },
});
