import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'message.mine': { who: ['citizen', 'official'], audit: null },
  'message.read': { who: ['citizen', 'official'], audit: null },
  'message.mailbox': { who: 'public', audit: null },
  'message.reportError': { who: ['portal', 'citizen'], audit: null, rate: { address: 20 } },
});
