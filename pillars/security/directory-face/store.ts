import type { ResponseOf, ldapAbout, ldapRecent } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Filter } from './filter.ts';
import type { Kind } from './kinds.ts';
import { filterSql, type Columns } from './matching.ts';

/** Which rows of a kind are meant: SQL with `?` for each value. */
export interface Condition {
  sql: string;
  values: readonly unknown[];
}

export interface Row {
  key: string;
  dn: string;
  attributes: Record<string, string | string[] | null>;
}

export interface Reading {
  base: string;
  kind: Kind;
  condition: Condition;
  filter: Filter;
  /** Departments whose people one may see; null for all. */
  departments: readonly number[] | null;
  /** What a filter may ask for, and what is answered. */
  readable: Columns;
  wanted: readonly string[];
  after: string;
  limit: number;
}

const conditionSql = ({ sql, values: given }: Condition, values: unknown[]): string => {
  let next = 0;
  return sql.replaceAll('?', () => `$${values.push(given[next++])}`);
};

/** Rows in the order of their keys. */
export const readRows = async (tx: Tx, { base, kind, condition, filter, departments, readable, wanted, after, limit }: Reading): Promise<Row[]> => {
  const values: unknown[] = [base];
  const where = [conditionSql(condition, values), filterSql(filter, readable, values)];
  if (after !== '') where.push(`${kind.key} collate "C" > $${values.push(after)}`);
  if (departments !== null) where.push(kind.within(`$${values.push(departments)}`));
  const picked = wanted.flatMap((name) => {
    const column = readable.get(name);
    return column ? [`'${name}', ${column.many ? `to_jsonb(${column.sql})` : column.sql}`] : [];
  });
  // First which rows, then what they hold: attributes of several values cost a query each.
  const { rows } = await tx.query<Row>(`select ${kind.key} as key, ${kind.dn} as dn, jsonb_build_object(${picked.join(', ')}) as attributes from (
    select e.* from ${kind.from} where $1::text is not null and ${where.join(' and ')} order by ${kind.key} collate "C" limit $${values.push(limit)}) e order by ${kind.key} collate "C"`, values);
  return rows;
};

/** Whether an entry is there for this reader, whatever the filter says. */
export const rowExists = async (tx: Tx, { base, kind, condition, departments }: Pick<Reading, 'base' | 'kind' | 'condition' | 'departments'>): Promise<boolean> => {
  const values: unknown[] = [base];
  const where = [conditionSql(condition, values), ...(departments === null ? [] : [kind.within(`$${values.push(departments)}`)])];
  return (await tx.query(`select from ${kind.from} where $1::text is not null and ${where.join(' and ')} limit 1`, values)).rowCount > 0;
};

/** A statement of this transaction is given up after so long. */
export const limitTime = async (tx: Tx, milliseconds: number): Promise<void> => {
  await tx.named('face.limit_time', `select set_config('statement_timeout', $1, true)`, [String(milliseconds)]);
};

export const topDivision = async (tx: Tx): Promise<{ zh: string; en: string } | null> =>
  (await tx.named<{ zh: string; en: string }>('face.division', 'select name_zh as zh, name_en as en from directory.division order by parent is not null, code limit 1')).rows[0] ?? null;

/** Whether this official is in office; the application still open. */
export const personHolds = async (tx: Tx, id: string): Promise<boolean> => (await tx.named('face.person', 'select from directory.person where id = $1 and active', [id])).rowCount > 0;
export const applicationHolds = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.named('face.application', 'select from directory.application where id = $1 and active and $2 = any (permissions) and (ends_on is null or ends_on >= (now() at time zone \'Asia/Shanghai\')::date)', [id, 'ldap.read'])).rowCount > 0;

type About = ResponseOf<typeof ldapAbout>;
/** Applications that may read over LDAP. */
export const readers = async (tx: Tx, permission: string): Promise<Omit<About['applications'][number], 'dn'>[]> =>
  (await tx.named<{ value: About['applications'][number] }>('face.readers', `select jsonb_build_object('clientId', a.client_id, 'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en), 'department', jsonb_build_object('zh', d.name_zh, 'en', d.name_en),
    'scope', a.scope, 'hasSecret', a.secret_hash is not null, 'active', a.active and (a.ends_on is null or a.ends_on >= (now() at time zone 'Asia/Shanghai')::date)) as value
    from directory.application a join directory.department d on d.id = a.department where $1 = any (a.permissions) order by a.client_id limit 200`, [permission])).rows.map(({ value }) => value);

/** What the trail says of the latest binds and searches; row-level security shows it to the auditor alone. */
export const recent = async (tx: Tx): Promise<ResponseOf<typeof ldapRecent>['items']> =>
  (await tx.named<{ value: ResponseOf<typeof ldapRecent>['items'][number] }>('face.recent', `select jsonb_build_object('at', to_char(r.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'event', r.event, 'who', coalesce(r.name, ''), 'address', r.address, 'subject', r.subject, 'detail', r.detail) as value
    from audit.record r where r.event in ('ldap.bound', 'ldap.refused', 'ldap.searched') and r.at > now() - interval '30 days' order by r.at desc limit 100`)).rows.map(({ value }) => value);
