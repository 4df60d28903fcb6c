import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Day, Fen, Id, Instant } from '../scalars.ts';
import { Text } from '../text.ts';

export const PaymentOrder = Type.Object({
  id: Id, number: Type.String(), caseId: Id, amount: Fen, status: Type.Enum(['created', 'paid', 'failed', 'refunded', 'closed']),
  items: Type.Array(Type.Object({ name: Text, amount: Fen })), createdAt: Instant, paidAt: Type.Union([Instant, Type.Null()]),
});
const params = Type.Object({ id: Id });
export const myOrder = operation({ id: 'payment.view', method: 'GET', path: '/api/my/payments/:id', summary: 'One of my payment orders', params, response: PaymentOrder });
export const startPayment = operation({ id: 'payment.start', method: 'POST', path: '/api/my/payments/:id/start', summary: 'Address of the provider to pay at', params, body: Type.Object({ returnTo: Type.String({ maxLength: 500 }) }, { additionalProperties: false }), response: Type.Object({ address: Type.String() }) });
export const paymentCallback = operation({
  id: 'payment.callback', method: 'POST', path: '/api/payments/callback/:provider', summary: 'Signed callback of a provider', params: Type.Object({ provider: Type.String({ maxLength: 40 }) }),
  body: Type.Object({ order: Type.String({ maxLength: 64 }), transaction: Type.String({ maxLength: 64 }), amount: Fen, result: Type.Enum(['paid', 'failed', 'refunded']), at: Instant, nonce: Type.String({ maxLength: 64 }), signature: Type.String({ maxLength: 512 }) }, { additionalProperties: false }),
  response: Type.Object({ accepted: Type.Boolean() }),
});
export const paymentReceipt = operation({ id: 'payment.receipt', method: 'GET', path: '/api/my/payments/:id/receipt', summary: 'Receipt as PDF', params, raw: true, response: Type.Unknown() });
export const refundPayment = operation({ id: 'payment.refund', method: 'POST', path: '/api/payments/:id/refund', summary: 'Refund in full', idempotent: true, params, body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }), response: PaymentOrder });
export const reconcilePayments = operation({
  id: 'payment.reconcile', method: 'POST', path: '/api/payments/reconcile', summary: "Compare a day's orders with the provider's statement", body: Type.Object({ day: Day }, { additionalProperties: false }),
  response: Type.Object({ day: Day, orders: Type.Integer(), matched: Type.Integer(), findings: Type.Array(Type.Object({ kind: Type.Enum(['missing-here', 'missing-there', 'amount', 'status']), order: Type.String(), detail: Type.String() })) }),
});
