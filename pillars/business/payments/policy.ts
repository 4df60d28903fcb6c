import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'payment.view': { who: 'citizen', audit: null },
  'payment.start': { who: 'citizen', audit: null },
  'payment.callback': { who: 'public', audit: null },
  'payment.receipt': { who: 'citizen', audit: null },
  'payment.refund': { who: 'official', permission: 'payment.refund', audit: null },
  'payment.reconcile': { who: 'official', permission: 'payment.reconcile', audit: null },
  'sandbox.page': { who: 'public', audit: null },
  'sandbox.settle': { who: 'public', audit: null },
});
