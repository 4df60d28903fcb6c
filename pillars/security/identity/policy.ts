import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'session.signIn': { who: 'public', audit: null },
  'session.current': { who: 'official', audit: null },
  'session.signOut': { who: 'official', audit: null },
  'citizen.signIn': { who: 'portal', audit: null },
  'citizen.session': { who: 'citizen', audit: null },
  'citizen.signOut': { who: 'citizen', audit: null },
  'citizen.register': { who: 'portal', audit: null },
  'account.changePassword': { who: ['official', 'citizen'], audit: null },
  'session.list': { who: ['official', 'citizen'], audit: null },
  'session.end': { who: ['official', 'citizen'], audit: null },
});
