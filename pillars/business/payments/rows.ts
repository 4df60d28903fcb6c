import type { Text } from '@zhengwu/contracts';
import { uuidv7 } from '@zhengwu/ids';

/** An order for other modules' units of work; `payments.write(jsonb)` takes it. Amounts in fen. */
export const orderRow = (given: { caseId: string; payer: string; department: number; items: readonly { name: Text; amount: number }[]; provider: string; at: Date }) => {
  const id = uuidv7();
  return {
    id, number: `P${id.replaceAll('-', '').slice(0, 24).toUpperCase()}`, case_id: given.caseId, payer: given.payer, department: given.department,
    amount: given.items.reduce((sum, item) => sum + item.amount, 0), items: given.items, provider: given.provider, created_at: given.at.toISOString(),
  };
};
