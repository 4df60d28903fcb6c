import type { ResponseOf, reconcilePayments } from '@zhengwu/contracts';
import type { StatementLine } from './provider.ts';
import type { OrderRow } from './store.ts';

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
