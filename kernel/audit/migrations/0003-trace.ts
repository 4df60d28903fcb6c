/** Looks at marked copies are found by the number on the copy. */
export const migration = {
  id: '0003-trace',
  sql: `
create index record_trace on audit.record ((detail->>'trace')) where detail->>'trace' is not null;
`,
};
