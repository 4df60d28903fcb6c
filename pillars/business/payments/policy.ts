import { definePolicy } from '@zhengwu/module';

export const policy = definePolicy({
  'payment.view': { who: 'citizen', audit: null },
  'payment.start': { who: 'citizen', audit: 'payment.started', recorded: 'gate' },
  'payment.callback': { who: 'public', audit: 'payment.callback' },
  'payment.receipt': { who: 'citizen', audit: null },
  'payment.refund': { who: 'official', permission: 'payment.refund', audit: 'payment.refunded' },
  'payment.reconcile': { who: 'official', permission: 'payment.reconcile', audit: 'payment.reconciled' },
  'sandbox.page': { who: 'public', audit: null },
  'sandbox.settle': { who: 'public', audit: 'payment.sandboxSettled', recorded: 'gate' },
}, {
  'payment.started': { zh: '发起缴费', en: 'Payment started' },
  'payment.callback': { zh: '支付结果通知', en: 'Payment result received' },
  'payment.refunded': { zh: '退费', en: 'Fee refunded' },
  'payment.returned': { zh: '退回无主缴费', en: 'Unclaimed payment returned' },
  'payment.reconciled': { zh: '对账', en: 'Day reconciled' },
  'payment.sandboxSettled': { zh: '演示支付', en: 'Demo payment settled' },
});
