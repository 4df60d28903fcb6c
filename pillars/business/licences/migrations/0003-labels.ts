import type { Migration } from '@zhengwu/database';

/** Licences carry a label; those of a case get the case’s. */
export const migration: Migration = {
  id: '0003-labels',
  sql: `
select kernel.label_table('licence', 'licences.licence', 'id', 1);
`,
};
