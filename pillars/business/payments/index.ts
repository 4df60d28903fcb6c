export { paymentsModule } from './module.ts';
export { Payments } from './payments.ts';
export type { Callback, PaymentProvider, StatementLine } from './provider.ts';
export { orderRow } from './rows.ts';
export type { OrderRow } from './store.ts';
