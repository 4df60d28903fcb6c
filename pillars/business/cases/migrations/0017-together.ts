import type { Migration } from '@zhengwu/database';

/** Drafts of one matter belong together: they are filled in as one form and handed in at the same moment. */
export const migration: Migration = {
  id: '0017-together',
  sql: `
alter table cases.draft add column together uuid;
create index draft_together on cases.draft (together) where together is not null;
`,
};
