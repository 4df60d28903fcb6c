import type { Migration } from '@zhengwu/database';

/** Listings are published: public. */
export const migration: Migration = {
  id: '0002-labels',
  sql: `
select kernel.label_table('service', 'services.service', 'code', 0);
`,
};
