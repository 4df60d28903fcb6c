import type { Migration } from '@zhengwu/database';

/** Standard addresses are found by street, division and number. */
export const migration: Migration = {
  id: '0011-addresses',
  sql: `
create index record_address on registers.record ((data->>'street'), (data->>'division'), ((data->>'number')::int))
  where register = 'addresses' and known_to is null and valid_to is null;
`,
};
