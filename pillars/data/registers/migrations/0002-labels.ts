import type { Migration } from '@zhengwu/database';

/** A register declares its label; its records are entered with it and follow it. */
export const migration: Migration = {
  id: '0002-labels',
  sql: `
select kernel.label_table('register', 'registers.register', 'code', 1);
select kernel.label_table('record', 'registers.record', 'id', 1);
select kernel.label_follows('registers.record', 'register', 'registers.register', 'code');
`,
};
