import type { Migration } from '@zhengwu/database';

/** Entries carry a label; changes, approvals and proofs are seen by whoever sees the entry. */
export const migration: Migration = {
  id: '0002-labels',
  sql: `
select kernel.label_table('entry', 'governance.entry', 'id', 1);
`,
};
