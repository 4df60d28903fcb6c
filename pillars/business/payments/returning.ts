import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import { Payments } from './payments.ts';
import type { Callback } from './provider.ts';
import * as store from './store.ts';
import type { OrderRow } from './store.ts';

/** Name of the job that returns money to who paid for nothing. */
export const RETURN = 'payments.return';

const queue = (site: Site, tx: Tx, number: string): Promise<void> => site.jobs.enqueue(tx, { job: RETURN, payload: { number }, key: `${RETURN}:${number}` });

/** The case of a paid order ended before the fee reached it. */
export const returnUnclaimed = async (site: Site, tx: Tx, id: string): Promise<void> => {
  const number = await store.paidNumber(tx, id);
  if (number) await queue(site, tx, number);
};

/** Takes a verified callback; money paid on a void order is queued to be returned in the same transaction, so that it is never lost. */
export const takeCallback = (site: Site, provider: string, callback: Omit<Callback, 'signature' | 'at'>): Promise<string> =>
  site.database.as(site.database.system, async (tx) => {
    const outcome = await store.take(tx, provider, callback);
    if (outcome === 'owed') await queue(site, tx, callback.order);
    return outcome;
  });

/** Refunds an order at its provider, in full and once, and notes it. Throws when the provider does not. */
export const refundAt = async (site: Site, order: OrderRow): Promise<void> => {
  const about = { number: order.number, transaction: order.provider_transaction as string, amount: Number(order.amount) };
  await site.use(Payments).provider(order.provider).refund(about);
  const notice = { nonce: `refund:${order.id}`, order: order.number, transaction: about.transaction, amount: about.amount, result: 'refunded' as const };
  await site.database.as(site.database.system, (tx) => store.take(tx, order.provider, notice));
};

/** The job: tried again until the provider has refunded. */
export const giveBack = async (site: Site, number: string): Promise<void> => {
  const order = await store.orderByNumber(site.database, number);
  if (!order?.provider_transaction || order.status === 'refunded') return;
  await refundAt(site, order);
  await site.database.as(site.database.system, (tx) => site.audit.record(tx, { event: 'payment.returned', subject: order.id, detail: { case: order.case_id } }));
};
