import type { Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { filterSql, type Columns } from './filter.ts';
import type { Filter } from 'scim2-parse-filter';

/** Whose view it is: the client, and the departments it reaches; null for all. */
export interface Reach {
  application: string;
  departments: readonly number[] | null;
}

export interface OfficialRow {
  id: string;
  account: string;
  name: string;
  active: boolean;
  phone: string | null;
  email: string | null;
  version: number;
  externalId: string | null;
  employeeNumber: string | null;
  manager: { value: string; displayName: string } | null;
  posts: { value: string; display: string; department: string }[];
  title: string | null;
  department: string | null;
  groups: { value: string; display: string }[];
  created: string | null;
  modified: string | null;
}

export interface GroupRow {
  id: string;
  code: string;
  name: Text;
  department: number;
  departmentCode: string;
  version: number;
  externalId: string | null;
  members: { value: string; display: string }[];
  created: string | null;
  modified: string | null;
}

/** Which resources, in which order, and which part of them. */
export interface Asked {
  filter: Filter | null;
  sortBy: string | null;
  descending: boolean;
  offset: number;
  count: number;
}

const text = (sql: string): Columns[string] => ({ sql, as: 'text' });
const exact = (sql: string): Columns[string] => ({ sql, as: 'exact' });
const contact = (sql: string): Columns[string] => ({
  from: `(select ${sql} as value, 'work' as type, true as is_primary where ${sql} <> '') v`,
  parts: { value: { sql: 'v.value', as: 'text' }, type: { sql: 'v.type', as: 'text' }, primary: { sql: 'v.is_primary', as: 'boolean' } },
});
const withUrn = (urn: string, columns: Columns): Columns => Object.fromEntries(Object.entries(columns).flatMap(([name, column]) => [[name, column], [`${urn}:${name}`, column]]));
const GROUPS_OF = `select g.id::text as value, g.name_zh as display from directory.people_group g join directory.group_member m on m.group_id = g.id where m.person = e.id`;

const META: Columns = { 'meta.created': { sql: 'e.created', as: 'instant' }, 'meta.lastmodified': { sql: 'e.modified', as: 'instant' } };
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';
const OWN_USER = 'urn:zhengwu:params:scim:schemas:extension:1.0:user';
const OWN_GROUP = 'urn:zhengwu:params:scim:schemas:extension:1.0:group';

export const OFFICIALS: Columns = {
  ...withUrn('urn:ietf:params:scim:schemas:core:2.0:user', {
    ...META, id: exact('e.id::text'), externalid: exact('x.external_id'), username: text('e.account'), displayname: text('e.name'), 'name.formatted': text('e.name'), title: text('e.title'), active: { sql: 'e.active', as: 'boolean' },
    emails: contact('e.email'), phonenumbers: contact('e.phone'),
    groups: { from: `(${GROUPS_OF}) v`, parts: { value: { sql: 'v.value', as: 'exact' }, display: { sql: 'v.display', as: 'text' } } },
  }),
  [`${ENTERPRISE}:employeenumber`]: text('e.employee_number'), [`${ENTERPRISE}:department`]: text('e.department'), [`${ENTERPRISE}:manager.value`]: exact('e.manager::text'), [`${ENTERPRISE}:manager.displayname`]: text('e.manager_name'),
  [`${OWN_USER}:posts`]: {
    from: `jsonb_to_recordset(e.posts) as v(value text, display text, department text)`,
    parts: { value: { sql: 'v.value', as: 'exact' }, display: { sql: 'v.display', as: 'text' }, department: { sql: 'v.department', as: 'text' } },
  },
};

export const GROUPS: Columns = {
  ...withUrn('urn:ietf:params:scim:schemas:core:2.0:group', {
    ...META, id: exact('e.id::text'), externalid: exact('x.external_id'), displayname: text('e.name_zh'),
    members: { from: '(select m.person::text as value, p.name as display from directory.group_member m join directory.person p on p.id = m.person where m.group_id = e.id and p.active) v', parts: { value: { sql: 'v.value', as: 'exact' }, display: { sql: 'v.display', as: 'text' } } },
  }),
  [`${OWN_GROUP}:code`]: exact('e.code'), [`${OWN_GROUP}:nameen`]: text('e.name_en'),
};

const instant = (sql: string): string => `to_char(${sql} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const RECORD = (kind: string): string => `left join provisioning.record x on x.application = $1 and x.kind = '${kind}' and x.resource = e.id`;

/** Officials that a client reaches: all of their posts lie in its departments, or they have none and it entered them. What it took away is not there. */
const OFFICIAL_FROM = `provisioning.official e ${RECORD('user')} where x.removed_at is null
  and ($2::int[] is null or (e.seats is not null and e.seats <@ $2::int[]) or (e.seats is null and x.resource is not null))`;
const OFFICIAL = `jsonb_build_object('id', e.id, 'account', e.account, 'name', e.name, 'active', e.active, 'phone', nullif(e.phone, ''), 'email', nullif(e.email, ''), 'version', e.version, 'externalId', x.external_id, 'employeeNumber', e.employee_number,
  'manager', case when e.manager is not null then jsonb_build_object('value', e.manager, 'displayName', e.manager_name) end, 'posts', e.posts, 'title', e.title, 'department', e.department,
  'groups', (select coalesce(jsonb_agg(jsonb_build_object('value', g.value, 'display', g.display) order by g.display), '[]') from (${GROUPS_OF}) g), 'created', ${instant('e.created')}, 'modified', ${instant('e.modified')})`;

const GROUP_FROM = `(select g.*, d.code as department_code, t.created, t.modified from directory.people_group g join directory.department d on d.id = g.department
    left join lateral (select min(h.since) as created, max(h.since) as modified from directory.history h where h.entity = 'people_group' and h.key = g.id::text and h.since > '-infinity') t on true) e ${RECORD('group')}
  where x.removed_at is null and ($2::int[] is null or e.department = any ($2::int[]))`;
const GROUP = `jsonb_build_object('id', e.id, 'code', e.code, 'name', jsonb_build_object('zh', e.name_zh, 'en', e.name_en), 'department', e.department, 'departmentCode', e.department_code, 'version', e.version, 'externalId', x.external_id,
  'members', (select coalesce(jsonb_agg(jsonb_build_object('value', p.id, 'display', p.name) order by p.name, p.id), '[]') from directory.group_member m join directory.person p on p.id = m.person where m.group_id = e.id and p.active),
  'created', ${instant('e.created')}, 'modified', ${instant('e.modified')})`;

interface Shape {
  from: string;
  value: string;
  columns: Columns;
}
const OFFICIAL_SHAPE: Shape = { from: OFFICIAL_FROM, value: OFFICIAL, columns: OFFICIALS };
const GROUP_SHAPE: Shape = { from: GROUP_FROM, value: GROUP, columns: GROUPS };

const orderOf = ({ sortBy, descending }: Asked, { columns }: Shape): string => {
  const column = sortBy === null ? undefined : columns[sortBy.toLowerCase()];
  if (!column || 'from' in column) return 'e.id';
  return `${column.as === 'text' ? `lower(${column.sql})` : column.sql}${column.as === 'text' || column.as === 'exact' ? ' collate "C"' : ''} ${descending ? 'desc nulls first' : 'asc nulls last'}, e.id`;
};
/** Whether resources can be put in order by this. */
export const isSortable = (columns: Columns, name: string): boolean => {
  const column = columns[name.toLowerCase()];
  return column !== undefined && !('from' in column);
};

const listing = async <T>(tx: Tx, shape: Shape, { application, departments }: Reach, asked: Asked): Promise<{ total: number; rows: T[] }> => {
  await tx.named('scim.limit_time', `select set_config('statement_timeout', '10000', true)`);
  const values: unknown[] = [application, departments];
  const where = asked.filter ? ` and ${filterSql(asked.filter, shape.columns, values)}` : '';
  const { rows: [counted] } = await tx.query<{ n: number }>(`select count(*)::int as n from ${shape.from}${where}`, values);
  const total = counted?.n ?? 0;
  if (asked.count === 0 || asked.offset >= total) return { total, rows: [] };
  const { rows } = await tx.query<{ value: T }>(`select ${shape.value} as value from ${shape.from}${where} order by ${orderOf(asked, shape)} limit $${values.push(asked.count)} offset $${values.push(asked.offset)}`, values);
  return { total, rows: rows.map(({ value }) => value) };
};
const single = async <T>(tx: Tx, name: string, { from, value }: Shape, { application, departments }: Reach, id: string): Promise<T | null> =>
  (await tx.named<{ value: T }>(name, `select ${value} as value from ${from} and e.id::text = $3`, [application, departments, id])).rows[0]?.value ?? null;

export const officials = (tx: Tx, reach: Reach, asked: Asked) => listing<OfficialRow>(tx, OFFICIAL_SHAPE, reach, asked);
export const official = (tx: Tx, reach: Reach, id: string) => single<OfficialRow>(tx, 'scim.official', OFFICIAL_SHAPE, reach, id);
export const groups = (tx: Tx, reach: Reach, asked: Asked) => listing<GroupRow>(tx, GROUP_SHAPE, reach, asked);
export const group = (tx: Tx, reach: Reach, id: string) => single<GroupRow>(tx, 'scim.group', GROUP_SHAPE, reach, id);

/** Who has this user name or this external id already, whatever the client reaches. */
export const taken = async (tx: Tx, application: string, kind: 'user' | 'group', externalId: string, but: string | null): Promise<boolean> =>
  (await tx.named('scim.taken', 'select from provisioning.record where application = $1 and kind = $2 and external_id = $3 and removed_at is null and resource is distinct from $4::uuid', [application, kind, externalId, but])).rowCount > 0;

export interface PostRow {
  id: string;
  code: string;
  department: number;
}
/** Posts in open departments by their codes, or by the code or name of the post and of its department. */
export const postsByCode = async (tx: Tx, codes: readonly string[]): Promise<PostRow[]> =>
  (await tx.named<PostRow & Record<string, unknown>>('scim.posts', 'select p.id, p.code, p.department from directory.post p join directory.department d on d.id = p.department where d.closed_at is null and p.code = any ($1::text[])', [codes])).rows;
export const postsByName = async (tx: Tx, title: string, department: string | null): Promise<PostRow[]> =>
  (await tx.named<PostRow & Record<string, unknown>>('scim.posts_named', `select p.id, p.code, p.department from directory.post p join directory.department d on d.id = p.department
    where d.closed_at is null and $1 in (p.code, p.name_zh, p.name_en) and ($2::text is null or $2 in (d.code, d.name_zh, d.name_en)) order by p.code limit 2`, [title, department])).rows;
/** Officials in office by id or user name. */
export const peopleBy = async (tx: Tx, names: readonly string[]): Promise<{ id: string; account: string }[]> =>
  (await tx.named<{ id: string; account: string }>('scim.people', 'select id, account from directory.person where active and (id::text = any ($1::text[]) or lower(account) = any (select lower(n) from unnest($1::text[]) n))', [names])).rows;
export const departmentBy = async (tx: Tx, code: string): Promise<number | null> =>
  (await tx.named<{ id: number }>('scim.department', 'select id from directory.department where code = $1 and closed_at is null', [code])).rows[0]?.id ?? null;

export const keepRecord = async (tx: Tx, application: string, kind: 'user' | 'group', resource: string, externalId: string | null): Promise<void> =>
  void (await tx.named('scim.record', `insert into provisioning.record (application, kind, resource, external_id) values ($1, $2, $3, $4)
    on conflict (application, kind, resource) do update set external_id = excluded.external_id, removed_at = null`, [application, kind, resource, externalId]));
export const dropRecord = async (tx: Tx, application: string, kind: 'user' | 'group', resource: string, at: Date): Promise<void> =>
  void (await tx.named('scim.drop', `insert into provisioning.record (application, kind, resource, removed_at) values ($1, $2, $3, $4)
    on conflict (application, kind, resource) do update set removed_at = excluded.removed_at`, [application, kind, resource, at]));
export const keepParticular = async (tx: Tx, person: string, given: { employeeNumber: string | null; manager: string | null }): Promise<void> =>
  void (await tx.named('scim.particular', `insert into provisioning.particular (person, employee_number, manager) values ($1, $2, $3)
    on conflict (person) do update set employee_number = excluded.employee_number, manager = excluded.manager, modified_at = now()`, [person, given.employeeNumber, given.manager]));
