import type { Migration } from '@zhengwu/database';

/** What people ask to be put right carries a label. */
export const migration: Migration = {
  id: '0002-labels',
  sql: `
select kernel.label_table('correction', 'privacy.correction', 'id', 1);
`,
};
