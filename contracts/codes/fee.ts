import { codeList } from './code-list.ts';

export const feeReductions = codeList('fee-reduction', [
  { code: '0', zh: '不可减免', en: 'No reduction' },
  { code: '1', zh: '可减免', en: 'May be reduced' },
]);

export const paymentStatuses = codeList('payment-status', [
  { code: 'created', zh: '待支付', en: 'To be paid' },
  { code: 'paid', zh: '已支付', en: 'Paid' },
  { code: 'failed', zh: '支付失败', en: 'Failed' },
  { code: 'refunded', zh: '已退款', en: 'Refunded' },
  { code: 'closed', zh: '已关闭', en: 'Closed' },
]);
