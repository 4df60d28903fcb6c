import type { Migration } from '@zhengwu/database';

/** Candidates are a few rows of many millions, found by their keys; without statistics yet, a planner might read the whole table instead. */
export const migration: Migration = {
  id: '0002-plans',
  sql: `
alter function matching.candidates(jsonb, int) set enable_hashjoin = off;
alter function matching.candidates(jsonb, int) set enable_mergejoin = off;
alter function matching.candidates(jsonb, int) set enable_seqscan = off;
`,
};
