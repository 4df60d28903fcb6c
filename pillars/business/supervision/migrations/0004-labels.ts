import type { Migration } from '@zhengwu/database';

/** Cards and chases of a case carry its label. */
export const migration: Migration = {
  id: '0004-labels',
  sql: `
select kernel.label_table('card', 'supervision.card', 'id', 1);
select kernel.label_table('chase', 'supervision.chase', 'id', 1);
select kernel.label_follows('supervision.card', 'case_id', 'cases.case', 'id');
select kernel.label_follows('supervision.chase', 'case_id', 'cases.case', 'id');
`,
};
