import type pg from 'pg';

const days = 360;

/** Rows of cases as SQL makes them: 100 in department 90, a twentieth in 70, the rest in the three that handle most. */
const CASES = `
insert into cases.case (id, number, service, service_zh, service_en, pack_hash, department, applicant, applicant_kind, applicant_name, channel, state,
  submitted_at, accepted_at, closed_at, promised_days, statutory_days, promised_due, card)
select gen_random_uuid(), '99' || lpad(n::text, 16, '0'), s.code, s.zh, s.en, 'bulk',
  case when n % 100 = 7 and n < 10000 then 90 when n % 20 = 3 then 70 when n % 3 = 0 then 11 when n % 3 = 1 then 12 else 20 end,
  gen_random_uuid(), 'person', case when n % 500 = 7 and n < 10000 then '欧阳罕见' else substr('赵钱孙李周吴郑王冯陈', 1 + (n % 10)::int, 1) || substr('伟芳娜敏静丽强磊军洋', 1 + (n / 10 % 10)::int, 1) end,
  'portal', case when n % 10 < 7 then 11 else 6 end, at, at + interval '1 day', case when n % 10 < 7 then at + interval '5 days' end, 7, 20, (at + interval '10 days')::date, 'none'
from generate_series($1::bigint, $2::bigint) n,
  lateral (select now() - interval '1 minute' - (n * 7919 % 1000003) * interval '${days} days' / 1000003 as at) t,
  lateral (select * from (values (0, 'identity-card-replacement', '补办居民身份证', 'Replacement of a resident identity card'), (1, 'driver-licence-renewal', '机动车驾驶证期满换证', 'Renewal of a driver’s licence'),
    (2, 'enterprise-establishment', '企业设立登记', 'Establishment of an enterprise')) v (i, code, zh, en) where v.i = n % 3) s`;

const WORDS = `
insert into cases.search (case_id, department, submitted_at, words, plain)
select c.id, c.department, c.submitted_at, to_tsvector('simple', c.number || ' ' || c.applicant_name || ' ' ||
  case c.service when 'identity-card-replacement' then '补办 居民 身份 身份证 居民身份证' when 'driver-licence-renewal' then '机动 机动车 驾驶 驾驶证 期满 换证' else '企业 设立 登记' end), c.number || ' ' || c.applicant_name
from cases.case c where c.pack_hash = 'bulk' and c.number >= '99' || lpad($1::text, 16, '0') and c.number <= '99' || lpad($2::text, 16, '0')`;

const INDEXES = `
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
where i.indrelid in ('cases.case'::regclass, 'cases.search'::regclass) and not i.indisprimary and not i.indisunique`;

/** Adds rows from..to without their indexes and keys, which are made again afterwards: a million in a minute or two. */
export const fill = async (owner: pg.Pool, from: number, to: number): Promise<void> => {
  const client = await owner.connect();
  try {
    await client.query(`set maintenance_work_mem = '512MB'; set synchronous_commit = off; set statement_timeout = 0`);
    const { rows: indexes } = await client.query<{ name: string; made: string }>(INDEXES);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await client.query('alter table cases.search drop constraint search_case_id_fkey');
    await client.query(CASES, [from, to]);
    await client.query(WORDS, [from, to]);
    for (const { made } of indexes) await client.query(made);
    await client.query('alter table cases.search add constraint search_case_id_fkey foreign key (case_id) references cases.case');
    await client.query('vacuum analyze cases.case');
    await client.query('vacuum analyze cases.search');
    await client.query('checkpoint').catch(() => undefined);
  } finally {
    client.release(true);
  }
};
