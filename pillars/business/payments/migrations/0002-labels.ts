import type { Migration } from '@zhengwu/database';

/** Orders carry the label of their case. */
export const migration: Migration = {
  id: '0002-labels',
  sql: `
select kernel.label_table('order', 'payments.order', 'id', 1);
`,
};
