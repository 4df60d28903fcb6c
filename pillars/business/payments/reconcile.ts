import type { ResponseOf, reconcilePayments } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import type { Payments } from './payments.ts';
import type { StatementLine } from './provider.ts';
import { settledOn, type OrderRow } from './store.ts';

type Findings = ResponseOf<typeof reconcilePayments>['findings'];

/** Compares our orders of a day with the provider's statement: what one has and the other lacks, and what differs. */
export const compare = (orders: readonly OrderRow[], statement: readonly StatementLine[]): { matched: number; findings: Findings } => {
  const ours = new Map(orders.map((order) => [order.number, order]));
  const theirs = new Map(statement.map((line) => [line.order, line]));
  const findings: Findings = [];
  let matched = 0;
  for (const [number, line] of theirs) {
    const order = ours.get(number);
    if (!order) findings.push({ kind: 'missing-here', order: number, detail: `${line.transaction} ${line.amount}` });
    else if (order.amount !== line.amount) findings.push({ kind: 'amount', order: number, detail: `${order.amount} ≠ ${line.amount}` });
    else if (order.status !== line.status) findings.push({ kind: 'status', order: number, detail: `${order.status} ≠ ${line.status}` });
    else matched += 1;
  }
  for (const [number, order] of ours) if (!theirs.has(number)) findings.push({ kind: 'missing-there', order: number, detail: `${order.provider_transaction ?? ''} ${order.amount}` });
  return { matched, findings };
};

/** Compares a day's orders with the statements of all providers. */
export const reconcileDay = async (database: Database, payments: Payments, day: string): Promise<{ orders: number; matched: number; findings: Findings }> => {
  const all = await Promise.all(payments.all().map(async (provider) => {
    const [orders, statement] = await Promise.all([settledOn(database, provider.name, day), provider.statement(day)]);
    return { orders: orders.length, ...compare(orders.map((order) => ({ ...order, amount: Number(order.amount) })), statement) };
  }));
  const sum = (of: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + of(one), 0);
  return { orders: sum((one) => one.orders), matched: sum((one) => one.matched), findings: all.flatMap((one) => one.findings) };
};
