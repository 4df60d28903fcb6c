import type { BodyOf, ResponseOf, Text, listApplications, listGroups, putApplication, putGroup } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';

/** Another system of the city, once it has shown its secret; `departments` is empty for the whole site. */
export interface ApplicationPrincipal {
  id: string;
  clientId: string;
  name: Text;
  department: number;
  permissions: string[];
  scope: string;
  departments: number[];
}

type Group = ResponseOf<typeof listGroups>['items'][number];
type Application = ResponseOf<typeof listApplications>['items'][number];

const values = async <T>(tx: Tx, name: string, text: string, given: readonly unknown[] = []): Promise<T[]> =>
  (await tx.named<{ value: T }>(name, text, given)).rows.map((row) => row.value);
const GROUP = `select jsonb_build_object('id', g.id, 'code', g.code, 'name', jsonb_build_object('zh', g.name_zh, 'en', g.name_en), 'department', g.department, 'version', g.version,
  'members', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name) from directory.person p where p.id in (select directory.members(g.id))), '[]')) as value from directory.people_group g`;
const APPLICATION = `select jsonb_build_object('id', a.id, 'clientId', a.client_id, 'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en), 'department', a.department, 'permissions', a.permissions, 'scope', a.scope,
  'hasSecret', a.secret_hash is not null, 'active', a.active, 'endsOn', a.ends_on::text, 'usedAt', to_char(a.used_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'version', a.version) as value from directory.application a`;

export const groups = (tx: Tx): Promise<Group[]> => values(tx, 'group.list', `${GROUP} order by g.code limit 500`);
/** Version 0 enters a new group; null when somebody changed it since or the code is taken. */
export const putOneGroup = async (tx: Tx, code: string, body: BodyOf<typeof putGroup>): Promise<Group | null> => {
  const { rows } = body.version === 0
    ? await tx.named<{ id: string }>('group.insert', 'insert into directory.people_group (id, code, name_zh, name_en, department) values ($1, $2, $3, $4, $5) on conflict do nothing returning id', [uuidv7(), code, body.name.zh, body.name.en, body.department])
    : await tx.named<{ id: string }>('group.update', 'update directory.people_group set name_zh = $3, name_en = $4, department = $5, version = version + 1 where code = $1 and version = $2 returning id', [code, body.version, body.name.zh, body.name.en, body.department]);
  const [row] = rows;
  if (!row) return null;
  await tx.named('group.leave', 'delete from directory.group_member where group_id = $1 and person <> all ($2::uuid[])', [row.id, body.members]);
  await tx.named('group.join', 'insert into directory.group_member (group_id, person) select $1, p.id from directory.person p where p.active and p.id = any ($2::uuid[]) on conflict do nothing', [row.id, body.members]);
  return (await values<Group>(tx, 'group.one', `${GROUP} where g.id = $1`, [row.id]))[0] ?? null;
};
export const dropOneGroup = async (tx: Tx, code: string): Promise<boolean> => (await tx.named('group.drop', 'delete from directory.people_group where code = $1', [code])).rowCount > 0;
/** These groups, each with its members in office. */
export const groupsNamed = async (tx: Tx, codes: readonly string[]): Promise<Pick<Group, 'name' | 'members'>[]> =>
  codes.length === 0 ? [] : (await values<Group>(tx, 'group.named', `${GROUP} where g.code = any ($1::text[]) order by g.code`, [codes])).map(({ name, members }) => ({ name, members }));
/** Members in office of these groups. */
export const membersOf = async (tx: Tx, codes: readonly string[]): Promise<string[]> =>
  (await tx.named<{ id: string }>('group.members', 'select distinct directory.members(g.id) as id from directory.people_group g where g.code = any ($1::text[])', [codes])).rows.map((row) => row.id);

export const applications = (tx: Tx): Promise<Application[]> => values(tx, 'application.list', `${APPLICATION} order by a.client_id limit 500`);
/** Version 0 registers a new one; null when somebody changed it since or the name is taken. */
export const putOneApplication = async (tx: Tx, clientId: string, body: BodyOf<typeof putApplication>): Promise<Application | null> => {
  const given = [clientId, body.name.zh, body.name.en, body.department, body.permissions, body.scope, body.active, body.endsOn];
  const { rowCount } = body.version === 0
    ? await tx.named('application.insert', 'insert into directory.application (id, client_id, name_zh, name_en, department, permissions, scope, active, ends_on) values ($9, $1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing', [...given, uuidv7()])
    : await tx.named('application.update', 'update directory.application set name_zh = $2, name_en = $3, department = $4, permissions = $5, scope = $6, active = $7, ends_on = $8, version = version + 1 where client_id = $1 and version = $9', [...given, body.version]);
  return rowCount === 0 ? null : (await values<Application>(tx, 'application.one', `${APPLICATION} where a.client_id = $1`, [clientId]))[0] ?? null;
};
export const keepSecret = async (tx: Tx, clientId: string, hash: string): Promise<boolean> =>
  (await tx.named('application.secret', 'update directory.application set secret_hash = $2, version = version + 1 where client_id = $1', [clientId, hash])).rowCount > 0;
export const applicationByToken = async (tx: Tx, hash: string, address: string): Promise<(ApplicationPrincipal & { institution: string | null }) | null> =>
  (await tx.named<{ value: (ApplicationPrincipal & { institution: string | null }) | null }>('application.by_token', 'select directory.application_by_token($1, $2) as value', [hash, address])).rows[0]?.value ?? null;
export const applicationOf = async (tx: Tx, clientId: string, hash: string): Promise<ApplicationPrincipal | null> =>
  (await tx.named<{ value: ApplicationPrincipal | null }>('application.of', 'select directory.application_of($1, $2) as value', [clientId, hash])).rows[0]?.value ?? null;
