import { defineErrors } from '@zhengwu/errors';

export const fail = defineErrors({
  'payment.unknown': { status: 404, zh: '没有找到这笔缴费。没有任何扣款，请从“我的办件”进入缴费。', en: 'There is no such payment. Nothing was charged; go to the payment from “My cases”.' },
  'payment.not-due': { status: 409, zh: '这笔费用不需要再缴（当前状态：{status}）。没有重复扣款。', en: 'This fee need not be paid any more (it is {status}). Nothing was charged twice.' },
  'payment.void': { status: 409, zh: '这件事已经结束，费用不用再缴。没有扣款；如果您刚刚付过，会原路退回。', en: 'This case has ended and its fee need not be paid. Nothing was charged; if you have just paid, the money goes back the way it came.' },
  'payment.forged': { status: 403, zh: '缴费通知的签名无效，已拒绝，缴费状态没有改变。', en: 'The signature of the payment notice is not valid; it was refused and nothing was changed.' },
  'payment.mismatch': { status: 409, zh: '缴费通知与订单不符，已拒绝，缴费状态没有改变。', en: 'The payment notice does not match its order; it was refused and nothing was changed.' },
  'payment.not-refundable': { status: 409, zh: '这笔费用不能退（当前状态：{status}）。没有任何改动。', en: 'This fee cannot be refunded (it is {status}). Nothing was changed.' },
  'payment.provider-down': { status: 503, zh: '支付渠道暂时没有响应。没有扣款，您的办件保留着，请稍后再试。', en: 'The payment provider does not answer. Nothing was charged and your case is kept; try again later.' },
});
