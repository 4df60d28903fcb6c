import type { Migration } from '@zhengwu/database';

/** Messages carry a label; those about a case get the case’s. */
export const migration: Migration = {
  id: '0002-labels',
  sql: `
select kernel.label_table('message', 'messages.message', 'id', 1);
`,
};
