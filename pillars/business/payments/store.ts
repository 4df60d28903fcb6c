import type { Database, Tx } from '@zhengwu/database';
import type { Acting } from '@zhengwu/database';
import type { Text } from '@zhengwu/contracts';

export interface OrderRow {
  id: string;
  number: string;
  case_id: string;
  payer: string;
  department: number;
  amount: number;
  items: { name: Text; amount: number }[];
  provider: string;
  status: 'created' | 'paid' | 'failed' | 'refunded' | 'closed';
  provider_transaction: string | null;
  created_at: Date;
  paid_at: Date | null;
  refunded_at: Date | null;
}

type Read = OrderRow & Record<string, unknown>;

export const orderById = (database: Database, actor: Acting, id: string): Promise<OrderRow | null> =>
  database.as(actor, async (tx) => (await tx.named<Read>('payments.by_id', 'select * from payments.order where id = $1', [id])).rows[0] ?? null, { readOnly: true });

export const orderByNumber = (database: Database, number: string): Promise<OrderRow | null> =>
  database.as(database.system, async (tx) => (await tx.named<Read>('payments.by_number', 'select * from payments.order where number = $1', [number])).rows[0] ?? null, { readOnly: true });

export const paidNumber = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.named<{ number: string }>('payments.paid_number', `select number from payments.order where id = $1 and status = 'paid'`, [id])).rows[0]?.number ?? null;

export const take = async (tx: Tx, provider: string, callback: { nonce: string; order: string; transaction: string; amount: number; result: string }): Promise<string> =>
  (await tx.named<{ outcome: string }>('payments.take', 'select payments.take($1, $2, $3, $4, $5, $6) as outcome', [provider, callback.nonce, callback.order, callback.transaction, callback.amount, callback.result])).rows[0]?.outcome ?? 'unknown';

/** Orders as they stood after a day in Asia/Shanghai on which they were paid or refunded. */
export const settledOn = (database: Database, provider: string, day: string): Promise<OrderRow[]> =>
  database.as(database.system, async (tx) => (await tx.named<Read>('payments.settled',
    `select * from payments.order where provider = $1
      and (coalesce(refunded_at, paid_at) at time zone 'Asia/Shanghai')::date = $2::date`, [provider, day])).rows, { readOnly: true });

export interface SandboxRow {
  order_number: string;
  transaction: string;
  amount: number;
  status: 'waiting' | 'paid' | 'declined' | 'refunded';
  callback: string;
  return_to: string;
}

export const sandboxOpen = (database: Database, row: Omit<SandboxRow, 'status'>): Promise<SandboxRow> =>
  database.as(database.system, async (tx) => (await tx.named<SandboxRow & Record<string, unknown>>('sandbox.open',
    `insert into payments.sandbox (order_number, transaction, amount, status, callback, return_to) values ($1, $2, $3, 'waiting', $4, $5)
     on conflict (order_number) do update set return_to = excluded.return_to, status = case when payments.sandbox.status = 'declined' then 'waiting' else payments.sandbox.status end returning *`,
    [row.order_number, row.transaction, row.amount, row.callback, row.return_to])).rows[0] as SandboxRow);
export const sandboxRead = (database: Database, transaction: string): Promise<SandboxRow | null> =>
  database.as(database.system, async (tx) => (await tx.named<SandboxRow & Record<string, unknown>>('sandbox.read', 'select * from payments.sandbox where transaction = $1', [transaction])).rows[0] ?? null);
export const sandboxSettle = (database: Database, transaction: string, from: string, status: string): Promise<boolean> =>
  database.as(database.system, async (tx) => (await tx.named('sandbox.settle', 'update payments.sandbox set status = $3, settled_at = now() where transaction = $1 and status = $2', [transaction, from, status])).rowCount > 0);
export const sandboxBooks = (database: Database, day: string): Promise<SandboxRow[]> =>
  database.as(database.system, async (tx) => (await tx.named<SandboxRow & Record<string, unknown>>('sandbox.books',
    `select * from payments.sandbox where status in ('paid', 'refunded') and (settled_at at time zone 'Asia/Shanghai')::date = $1::date`, [day])).rows);
