import type { Migration } from '@zhengwu/database';

/** Refused rows are told for as long as turns are, and no longer. */
export const migration: Migration = {
  id: '0004-retention',
  sql: `
alter table adapters.refusal add column at timestamptz not null default now();
create index by_age on adapters.refusal (at);
grant delete on adapters.refusal to $app;
`,
};
