import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'message.mine': { who: ['citizen', 'official'], audit: null, shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] },
  'message.read': { who: ['citizen', 'official'], audit: 'message.read', recorded: 'gate' },
  'message.mailbox': { who: 'public', audit: null, shows: ['citizen-number', 'mobile-phone', 'bank-card', 'travel-document'] },
  'message.reportError': { who: ['portal', 'citizen'], audit: 'remark.reported', rate: { address: 20 } },
}, {
  'message.read': { zh: '阅读消息', en: 'Message read' },
  'remark.reported': { zh: '网站找错', en: 'Error on the site reported' },
});
