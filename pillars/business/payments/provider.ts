import type { paymentCallback, BodyOf } from '@zhengwu/contracts';

/** What a provider tells us, signed. */
export type Callback = BodyOf<typeof paymentCallback>;

export interface StatementLine {
  order: string;
  transaction: string;
  /** Fen. */
  amount: number;
  status: 'paid' | 'refunded';
}

/** A payment provider (bank, UnionPay, non-tax revenue platform). Amounts are integer fen. */
export interface PaymentProvider {
  readonly name: string;
  /** Opens a payment and answers where the payer goes. The same order may be opened again while it is not paid. */
  open(order: { number: string; amount: number; returnTo: string }): Promise<{ address: string }>;
  /** True when the callback is the provider's own and unaltered. */
  verify(callback: Callback): boolean;
  /** Refunds in full; asked again, it is still refunded once. */
  refund(order: { number: string; transaction: string; amount: number }): Promise<void>;
  /** Its own books of one day (Asia/Shanghai). */
  statement(day: string): Promise<StatementLine[]>;
}
