import type { Migration } from '@zhengwu/database';

/** Messages larger than the servers of a stream take stay in the database; the stream holds their place. */
export const migration: Migration = {
  id: '0003-large-messages',
  sql: `
alter table topics.message add column stays boolean not null default false;
`,
};
