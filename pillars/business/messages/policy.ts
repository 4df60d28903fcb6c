import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'message.mine': { who: 'citizen', audit: null },
  'message.read': { who: 'citizen', audit: null },
  'message.mailbox': { who: 'public', audit: null },
  'message.reportError': { who: ['portal', 'citizen'], audit: null, rate: { address: 20 } },
});
