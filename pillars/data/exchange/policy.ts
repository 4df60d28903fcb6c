import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'exchange.membership': { who: 'public', audit: null },
  'exchange.entry': { who: 'public', audit: null },
});
