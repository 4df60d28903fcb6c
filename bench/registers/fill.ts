import type pg from 'pg';

/** Key of row `n`: no real number, but as long as one and spread over the whole index. */
export const keyOf = (n: number): string => `99${String((n * 7_368_787) % 9_999_999_967).padStart(10, '0')}${String(n % 1_000_000).padStart(6, '0')}`;

const ROWS = `
insert into registers.record (register, key, subject, data, valid_from, known_from, cause, secrecy)
select 'population', k.key, gen_random_uuid(), jsonb_build_object('citizenNumber', k.key, 'name', '甲' || n, 'sex', case when n % 2 = 0 then '男' else '女' end, 'ethnicity', '汉族', 'birth', '1990-01-01',
    'address', '云川市云麓区望岚路' || n % 900 || '号' || n % 30 || '室', 'division', '990102', 'householdNumber', lpad((n / 3)::text, 9, '0'), 'headOfHousehold', n % 3 = 0, 'marriage', '已婚', 'education', '本科', 'status', 'living'),
  '1990-01-01', now() - interval '1 day', 'import:bench', 1
from generate_series($1::bigint, $2::bigint) n, lateral (select '99' || lpad((n * 7368787 % 9999999967)::text, 10, '0') || lpad((n % 1000000)::text, 6, '0') as key) k`;

const INDEXES = `
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
where i.indrelid = 'registers.record'::regclass and not i.indisprimary`;

const CHUNK = 500_000;

/** Adds records from..to without indexes and triggers, which are put back afterwards. */
export const fill = async (owner: pg.Pool, from: number, to: number): Promise<void> => {
  const client = await owner.connect();
  try {
    await client.query(`set maintenance_work_mem = '512MB'; set synchronous_commit = off; set statement_timeout = 0`);
    const { rows: indexes } = await client.query<{ name: string; made: string }>(INDEXES);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await client.query('alter table registers.record disable trigger user');
    for (let at = from; at <= to; at += CHUNK) await client.query(ROWS, [at, Math.min(to, at + CHUNK - 1)]);
    await client.query('alter table registers.record enable trigger user');
    for (const { made } of indexes) await client.query(made);
    await client.query('vacuum analyze registers.record');
    await client.query('checkpoint').catch(() => undefined);
  } finally {
    client.release(true);
  }
};
