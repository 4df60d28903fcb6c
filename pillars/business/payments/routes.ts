import * as api from '@zhengwu/contracts';
import type { Call, Http } from '@zhengwu/http';
import { fileAnswer } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import { Payments } from './payments.ts';
import { reconcileDay } from './reconcile.ts';
import { refundAt, takeCallback } from './returning.ts';
import * as store from './store.ts';
import type { OrderRow } from './store.ts';

const viewOf = (row: OrderRow): api.ResponseOf<typeof api.myOrder> => ({
  id: row.id, number: row.number, caseId: row.case_id, amount: Number(row.amount), status: row.status, items: row.items,
  createdAt: row.created_at.toISOString(), paidAt: row.paid_at?.toISOString() ?? null,
});

const found = (row: OrderRow | null): OrderRow => {
  if (!row) throw fail('payment.unknown');
  return row;
};

const record = (site: Site, actor: api.Actor, event: string, subject: string, detail: Record<string, unknown>): Promise<void> =>
  site.database.as(site.database.system, (tx) => site.audit.recordFor(tx, actor, { event, subject, detail }));

const payers = (site: Site, http: Http): void => {
  const payments = site.use(Payments);
  http.route(api.myOrder, async ({ actor, params }) => viewOf(found(await store.orderById(site.database, actor, params.id))));
  http.route(api.startPayment, async ({ actor, params, body }) => {
    const order = found(await store.orderById(site.database, actor, params.id));
    if (order.status === 'closed') throw fail('payment.void');
    if (order.status !== 'created' && order.status !== 'failed') throw fail('payment.not-due', { status: order.status });
    // Back to the portal alone: another address would make us a signpost for strangers.
    if (!body.returnTo.startsWith(`${site.config.origins.portal}/`)) throw fail('payment.unknown');
    try {
      return await payments.provider(order.provider).open({ number: order.number, amount: Number(order.amount), returnTo: body.returnTo });
    } catch (error) {
      throw fail('payment.provider-down', {}, { cause: error });
    }
  });
  http.route(api.paymentReceipt, async ({ actor, params }) => {
    const order = found(await store.orderById(site.database, actor, params.id));
    if (order.status !== 'paid' && order.status !== 'refunded') throw fail('payment.unknown');
    return fileAnswer({ body: await payments.printReceipt(order), type: 'application/pdf', name: `${order.number}.pdf`, inline: true });
  });
};

const providers = (site: Site, http: Http): void => {
  const payments = site.use(Payments);
  http.route(api.paymentCallback, async ({ params, body, actor }) => {
    const provider = payments.find(params.provider);
    if (!provider?.verify(body)) throw fail('payment.forged');
    const outcome = await takeCallback(site, provider.name, body);
    await record(site, actor, 'payment.callback', body.order, { provider: provider.name, result: body.result, outcome });
    if (outcome === 'unknown') throw fail('payment.unknown');
    if (outcome === 'amount' || outcome === 'late') throw fail('payment.mismatch');
    return { accepted: true };
  });
};

const officials = (site: Site, http: Http): void => {
  const payments = site.use(Payments);
  http.route(api.refundPayment, async (call: Call<{ id: string }, unknown, { reason: string }>) => {
    const order = found(await store.orderById(site.database, call.actor, call.params.id));
    if (order.status === 'refunded') return viewOf(order);
    if (order.status !== 'paid' || !order.provider_transaction) throw fail('payment.not-refundable', { status: order.status });
    await refundAt(site, order);
    await record(site, call.actor, 'payment.refunded', order.id, { reason: call.body.reason });
    return viewOf(found(await store.orderById(site.database, call.actor, order.id)));
  });
  http.route(api.reconcilePayments, async ({ body, actor }) => {
    const { findings, ...sums } = await reconcileDay(site.database, payments, body.day);
    await record(site, actor, 'payment.reconciled', body.day, { findings: findings.length });
    return { day: body.day, ...sums, findings };
  });
};

export const routes = (site: Site, http: Http): void => {
  payers(site, http);
  providers(site, http);
  officials(site, http);
};
