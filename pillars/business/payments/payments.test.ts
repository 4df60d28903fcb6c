import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { paymentsModule } from './module.ts';
import { Payments } from './payments.ts';
import { compare } from './reconcile.ts';
import { giveBack, takeCallback } from './returning.ts';
import { orderRow } from './rows.ts';
import type { Sandbox } from './sandbox.ts';
import * as store from './store.ts';

const PAYER = '0190f7a0-0000-7000-8000-0000000000a1';
const CASE = '0190f7a0-0000-7000-8000-0000000000c1';
let site: TestSite;
let bank: Sandbox;
let order: ReturnType<typeof orderRow>;

const take = (callback: Parameters<typeof store.take>[2]) => site.database.as(site.database.system, (tx) => store.take(tx, 'sandbox', callback));
const read = async () => (await store.orderById(site.database, site.database.system, order.id)) as store.OrderRow;
const opened = async () => {
  await bank.open({ number: order.number, amount: order.amount, returnTo: 'http://127.0.0.1:8080/x' });
  const rows = await site.database.as(site.database.system, (tx) => tx.query<store.SandboxRow & Record<string, unknown>>('select * from payments.sandbox where order_number = $1', [order.number]));
  return rows.rows[0] as store.SandboxRow;
};

beforeAll(async () => {
  site = await createTestSite({ modules: [paymentsModule] });
  bank = site.site.use(Payments).provider('sandbox') as Sandbox;
});
afterAll(() => site.drop());
beforeEach(async () => {
  order = orderRow({ caseId: CASE, payer: PAYER, department: 11, items: [{ name: { zh: '工本费', en: 'Fee' }, amount: 4000 }], provider: 'sandbox', at: new Date() });
  await site.database.as(site.database.system, (tx) => tx.query('select payments.write($1::jsonb)', [JSON.stringify([order])]));
});

describe('callbacks', () => {
  test('a paid one is taken once, however often it comes', async () => {
    const callback = bank.callbackOf(await opened(), 'paid');
    expect(bank.verify(callback)).toBe(true);
    expect(await take(callback)).toBe('paid');
    expect(await take(callback)).toBe('repeated');
    expect(await take({ ...bank.callbackOf(await opened(), 'paid') })).toBe('repeated');
    const events = await site.database.as(site.database.system, (tx) => tx.query(`select 1 from events.outbox where subject = $1`, [order.id]));
    expect(events.rowCount).toBe(1);
    expect((await read()).status).toBe('paid');
  });

  test('an altered or foreign one does not verify', async () => {
    const callback = bank.callbackOf(await opened(), 'paid');
    expect(bank.verify({ ...callback, amount: 1 })).toBe(false);
    expect(bank.verify({ ...callback, order: 'P0' })).toBe(false);
    expect(bank.verify({ ...callback, signature: 'hmac-sha256:AAAA' })).toBe(false);
  });

  test('another amount changes nothing', async () => {
    expect(await take({ ...bank.callbackOf(await opened(), 'paid'), amount: 3999 })).toBe('amount');
    expect((await read()).status).toBe('created');
  });

  test('two at once pay once', async () => {
    const callback = bank.callbackOf(await opened(), 'paid');
    const outcomes = await Promise.all([take(callback), take(callback), take(callback)]);
    expect(outcomes.sort()).toEqual(['paid', 'repeated', 'repeated']);
  });

  test('a declined payment may be tried again', async () => {
    expect(await take(bank.callbackOf(await opened(), 'failed'))).toBe('failed');
    expect(await take(bank.callbackOf(await opened(), 'paid'))).toBe('paid');
  });
});

describe('the order of a case that has ended', () => {
  const voided = () => site.database.as(site.database.system, (tx) => tx.query('select payments.void($1)', [CASE]));

  test('money that comes all the same is given back, once, even when the bank is away at first', async () => {
    const callback = bank.callbackOf(await opened(), 'paid');
    await voided();
    expect((await read()).status).toBe('closed');
    expect(await takeCallback(site.site, 'sandbox', callback)).toBe('owed');
    expect(await takeCallback(site.site, 'sandbox', bank.callbackOf(await opened(), 'paid'))).toBe('repeated');
    const queued = await site.database.as(site.database.system, (tx) => tx.query(`select 1 from events.outbox where payload::text like $1`, [`%${order.number}%`]));
    expect(queued.rowCount).toBe(1);
    // The bank has not booked the payment yet and refuses: the job fails and comes again.
    await expect(giveBack(site.site, order.number)).rejects.toThrow();
    expect(await read()).toMatchObject({ status: 'closed', paid_at: expect.any(Date) });
    await store.sandboxSettle(site.database, callback.transaction, 'waiting', 'paid');
    await giveBack(site.site, order.number);
    await giveBack(site.site, order.number);
    expect((await read()).status).toBe('refunded');
  });

  test('what was paid stays paid', async () => {
    await take(bank.callbackOf(await opened(), 'paid'));
    await voided();
    expect((await read()).status).toBe('paid');
  });
});

test('a payer sees their own orders and nobody else’s', async () => {
  const as = (subjects: string[]) => store.orderById(site.database, { kind: 'citizen', scope: 'own', departments: [], subjects, clearance: 0 }, order.id);
  expect((await as([PAYER]))?.id).toBe(order.id);
  expect(await as(['0190f7a0-0000-7000-8000-0000000000ff'])).toBeNull();
});

test('reconciliation names what differs and which way', () => {
  const row = (number: string, amount: number, status: 'paid' | 'refunded') => ({ number, amount, status, provider_transaction: 't' }) as store.OrderRow;
  const line = (number: string, amount: number, status: 'paid' | 'refunded') => ({ order: number, transaction: 't', amount, status });
  const { matched, findings } = compare(
    [row('same', 1, 'paid'), row('amount', 1, 'paid'), row('status', 1, 'refunded'), row('ours', 1, 'paid')],
    [line('same', 1, 'paid'), line('amount', 2, 'paid'), line('status', 1, 'paid'), line('theirs', 1, 'paid')],
  );
  expect(matched).toBe(1);
  expect(findings.map((one) => one.kind).sort()).toEqual(['amount', 'missing-here', 'missing-there', 'status']);
});
