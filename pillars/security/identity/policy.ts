import { definePolicy } from '@zhengwu/module';

// An office, or a carrier's customers, may share one address; guessing at one account is stopped by its lock (GB/T 22239).
export const policy = definePolicy({
  'session.signIn': { who: 'public', audit: null, rate: { address: 60 } },
  'session.current': { who: 'official', audit: null },
  'session.signOut': { who: 'official', audit: null },
  'citizen.signIn': { who: 'portal', audit: null, rate: { address: 120 } },
  'citizen.session': { who: 'citizen', audit: null },
  'citizen.signOut': { who: 'citizen', audit: null },
  'citizen.register': { who: 'portal', audit: null, rate: { address: 20 } },
  'account.changePassword': { who: ['official', 'citizen'], audit: null, rate: { account: 10 } },
  'session.list': { who: ['official', 'citizen'], audit: null },
  'session.end': { who: ['official', 'citizen'], audit: null },
});
