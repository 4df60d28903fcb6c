import type { Tx } from '@zhengwu/database';

const MOST = 5000;

/** Orders of one payer; amounts in fen. */
export const paidBy = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ row: Record<string, unknown> }>(`select jsonb_build_object('number', number, 'amountFen', amount, 'items', items, 'status', status, 'createdAt', created_at, 'paidAt', paid_at, 'refundedAt', refunded_at) as row
    from payments.order where payer = $1 order by created_at limit $2`, [person, MOST])).rows.map(({ row }) => row);
