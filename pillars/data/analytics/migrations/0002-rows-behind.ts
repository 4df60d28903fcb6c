import type { Migration } from '@zhengwu/database';

/** How many rows stand behind a value, so that shares and means of several sites can be put together. */
export const migration: Migration = {
  id: '0002-rows-behind',
  sql: `
alter table analytics.value add column n float8;
alter table analytics.value add constraint value_and_rows check (value is not null or n is null);
`,
};
