import type { ResponseOf, colleagues, listDelegations, listMandates, listPeople, listRoles } from '@zhengwu/contracts';
import type { Database, Tx } from '@zhengwu/database';

type PersonView = ResponseOf<typeof listPeople>['items'][number];
type RoleView = ResponseOf<typeof listRoles>['items'][number];
type DelegationView = ResponseOf<typeof listDelegations>['items'][number];
type MandateView = ResponseOf<typeof listMandates>['items'][number];
type ColleagueView = ResponseOf<typeof colleagues>['people'][number];

export interface DepartmentRow {
  id: number;
  code: string;
  division: string;
  name_zh: string;
  name_en: string;
  region_parent: number | null;
  line_parent: number | null;
  /** Who followed it, when it is closed. */
  successor: number | null;
  version: number;
}

export interface PrincipalRow {
  id: string;
  kind: 'person' | 'institution';
  name: string;
  identifier_hash: string;
  identifier_sealed: string;
  phone: string | null;
  email: string | null;
  division: string | null;
}

const one = async <T>(tx: Tx, name: string, text: string, values: readonly unknown[]): Promise<T | null> =>
  ((await tx.named<{ value: T }>(name, text, values)).rows[0]?.value ?? null);

/** Tables of the directory as they stand, or as they stood at the moment that `$n` gives. */
const tablesAt = (moment: string | null) => {
  const of = (table: string): string => (moment === null ? `directory.${table}` : `directory.${table}_at(${moment}::timestamptz)`);
  return { department: of('department'), post: of('post'), person: of('person'), role: of('role'), grant: of('role_grant'), holding: moment === null ? '(select * from directory.holding where until is null)' : of('holding') };
};
const named = (name: string, at: Date | null): string => (at === null ? name : `${name}_at`);

export const departments = async (tx: Tx, at: Date | null = null): Promise<DepartmentRow[]> =>
  (await tx.named<DepartmentRow & Record<string, unknown>>(named('directory.departments', at), `select id, code, division, name_zh, name_en, region_parent, line_parent, successor, version
    from ${tablesAt(at && '$1').department} order by id`, at ? [at] : [])).rows;

const personView = (moment: string | null): string => {
  const { holding, post } = tablesAt(moment);
  return `jsonb_build_object('id', p.id, 'name', p.name, 'account', p.account, 'clearance', p.clearance, 'active', p.active, 'version', p.version,
  'posts', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'name', jsonb_build_object('zh', s.name_zh, 'en', s.name_en),
    'department', s.department, 'roles', s.roles) order by s.code) from ${holding} h join ${post} s on s.id = h.post where h.person = p.id), '[]'))`;
};

export const people = async (tx: Tx, text: string, department: number | null, at: Date | null = null): Promise<PersonView[]> => {
  const moment = at && '$3';
  const { person: table, holding, post } = tablesAt(moment);
  return (await tx.named<{ value: PersonView }>(named('directory.people', at), `select ${personView(moment)} as value from ${table} p
    where ($1 = '' or p.name like '%' || $1 || '%' or p.account like '%' || $1 || '%')
      and ($2::int is null or exists (select 1 from ${holding} h join ${post} s on s.id = h.post where h.person = p.id and s.department = $2))
    order by p.name limit 200`, at ? [text, department, at] : [text, department])).rows.map((row) => row.value);
};

export const person = (tx: Tx, id: string): Promise<PersonView | null> =>
  one<PersonView>(tx, 'directory.person', `select ${personView(null)} as value from directory.person p where p.id = $1`, [id]);

/** The reason that history keeps with each change of this transaction. */
export const because = async (tx: Tx, reason: string): Promise<void> => void (await tx.named('directory.because', 'select directory.because($1)', [reason]));

/** Lets the rules of separation of duties speak now rather than at the end of the transaction. */
export const settle = async (tx: Tx): Promise<void> => void (await tx.query('set constraints all immediate'));

/** Whether there is a post behind each of these ids. */
export const arePosts = async (tx: Tx, ids: readonly string[]): Promise<boolean> =>
  ((await tx.named<{ known: boolean }>('directory.are_posts', 'select not exists (select from unnest($1::uuid[]) wanted (id) where not exists (select from directory.post p where p.id = wanted.id)) as known', [ids])).rows[0]?.known ?? false);

/** Sets the posts a person holds from now on; false when somebody changed the person since. */
export const assignPosts = async (tx: Tx, id: string, posts: readonly string[], version: number): Promise<boolean> => {
  const { rowCount } = await tx.named('directory.touch', 'update directory.person set version = version + 1 where id = $1 and version = $2', [id, version]);
  if (rowCount === 0) return false;
  await tx.named('directory.leave', 'update directory.holding set until = now() where person = $1 and until is null and post <> all ($2::uuid[])', [id, posts]);
  await tx.named('directory.join', `insert into directory.holding (person, post) select $1, wanted.id from unnest($2::uuid[]) wanted (id)
    where not exists (select 1 from directory.holding h where h.person = $1 and h.post = wanted.id and h.until is null)`, [id, posts]);
  return true;
};

export const posts = async (tx: Tx, at: Date | null = null) =>
  (await tx.named<{ id: string; code: string; name_zh: string; name_en: string; department: number; roles: string[] }>(
    named('directory.posts', at), `select id, code, name_zh, name_en, department, roles from ${tablesAt(at && '$1').post} order by code`, at ? [at] : [])).rows
    .map(({ name_zh: zh, name_en: en, ...post }) => ({ ...post, name: { zh, en } }));

const roleView = (moment: string | null): string => {
  const { grant, holding, post } = tablesAt(moment);
  return `jsonb_build_object('code', r.code, 'name', jsonb_build_object('zh', r.name_zh, 'en', r.name_en), 'version', r.version,
  'grants', coalesce((select jsonb_agg(jsonb_build_object('permission', g.permission, 'scope', g.scope) order by g.permission) from ${grant} g where g.role = r.code), '[]'),
  'holders', (select count(distinct h.person) from ${holding} h join ${post} p on p.id = h.post where r.code = any (p.roles)))`;
};

export const roles = async (tx: Tx, at: Date | null = null): Promise<RoleView[]> =>
  (await tx.named<{ value: RoleView }>(named('directory.roles', at), `select ${roleView(at && '$1')} as value from ${tablesAt(at && '$1').role} r order by r.code`, at ? [at] : [])).rows.map((row) => row.value);

/** Writes a role whole, touching only what differs; null when somebody changed it since. */
export const changeRole = async (
  tx: Tx, code: string, role: { version: number; name: { zh: string; en: string }; grants: readonly { permission: string; scope: string }[] },
): Promise<RoleView | null> => {
  const { rowCount } = await tx.named('directory.role', 'update directory.role set name_zh = $3, name_en = $4, version = version + 1 where code = $1 and version = $2', [code, role.version, role.name.zh, role.name.en]);
  if (rowCount === 0) return null;
  const grants = JSON.stringify(role.grants);
  await tx.named('directory.ungrant', 'delete from directory.role_grant where role = $1 and permission not in (select g.permission from jsonb_to_recordset($2::jsonb) g (permission text))', [code, grants]);
  await tx.named('directory.grant', `insert into directory.role_grant as k (role, permission, scope) select $1, g.permission, g.scope from jsonb_to_recordset($2::jsonb) g (permission text, scope text)
    on conflict (role, permission) do update set scope = excluded.scope where k.scope <> excluded.scope`, [code, grants]);
  return one<RoleView>(tx, 'directory.role_view', `select ${roleView(null)} as value from directory.role r where r.code = $1`, [code]);
};

/** Version of a role as it is now. */
export const roleVersion = async (tx: Tx, code: string): Promise<number | null> =>
  (await tx.named<{ version: number }>('directory.role_version', 'select version from directory.role where code = $1', [code])).rows[0]?.version ?? null;

/** Officials by part of their name or department, or by user name, each once; `department` narrows to who could take its work for that post. */
export const findColleagues = async (
  tx: Tx, text: string, work: { department: number; post: string | null } | null,
): Promise<(ColleagueView & { openTasks: number; away: boolean })[]> =>
  (await tx.named<ColleagueView & { openTasks: number; away: boolean } & Record<string, unknown>>('directory.colleagues', `
    select p.id, p.name, (jsonb_agg(jsonb_build_object('zh', d.name_zh, 'en', d.name_en) order by d.id))->0 as department, jsonb_agg(distinct jsonb_build_object('zh', s.name_zh, 'en', s.name_en)) as posts, 0 as "openTasks",
      exists (select 1 from directory.delegation g where g.from_person = p.id and g.ended_at is null and now() between g.starts_at and g.ends_at) as away
    from directory.person p join directory.holding h on h.person = p.id and h.until is null join directory.post s on s.id = h.post join directory.department d on d.id = s.department
    where p.active and ($1 = '' or strpos(p.name, $1) > 0 or lower(p.account) = lower($1) or strpos(d.name_zh, $1) > 0 or strpos(lower(d.name_en), lower($1)) > 0)
      and ($2::int is null or (s.department = $2 and ($3::text is null or $3 = any (s.roles) or $3 = s.code)))
    group by p.id, p.name order by p.name, p.id limit 50`, [text, work?.department ?? null, work?.post ?? null])).rows;

export const officials = async (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  (await tx.named<{ id: string; name: string }>('directory.officials', 'select id, name from directory.person where active and id = any ($1::uuid[]) order by name, id', [ids])).rows;

/** For whom a person stands in now. */
export const standsInFor = async (tx: Tx, me: string): Promise<string[]> =>
  (await tx.named<{ id: string }>('delegation.stands_in', 'select distinct from_person as id from directory.delegation where to_person = $1 and ended_at is null and now() between starts_at and ends_at', [me])).rows.map((row) => row.id);

const DELEGATION = `jsonb_build_object('id', d.id, 'from', jsonb_build_object('id', f.id, 'name', f.name), 'to', jsonb_build_object('id', t.id, 'name', t.name),
  'startsAt', to_char(d.starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'endsAt', to_char(d.ends_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'reason', d.reason)`;
const DELEGATIONS = `select ${DELEGATION} as value from directory.delegation d join directory.person f on f.id = d.from_person join directory.person t on t.id = d.to_person`;

export const delegations = async (tx: Tx, me: string): Promise<DelegationView[]> =>
  (await tx.named<{ value: DelegationView }>('delegation.list', `${DELEGATIONS} where d.ended_at is null and d.ends_at > now() and $1 in (d.from_person, d.to_person) order by d.starts_at`, [me])).rows.map((row) => row.value);

export const insertDelegation = async (tx: Tx, row: { id: string; from: string; to: string; startsAt: string; endsAt: string; reason: string }): Promise<DelegationView | null> => {
  await tx.named('delegation.insert', 'insert into directory.delegation (id, from_person, to_person, starts_at, ends_at, reason) values ($1, $2, $3, $4, $5, $6)', [row.id, row.from, row.to, row.startsAt, row.endsAt, row.reason]);
  return one<DelegationView>(tx, 'delegation.one', `${DELEGATIONS} where d.id = $1`, [row.id]);
};

export const endDelegation = async (tx: Tx, id: string, me: string): Promise<boolean> =>
  (await tx.named('delegation.end', 'update directory.delegation set ended_at = now() where id = $1 and from_person = $2 and ended_at is null', [id, me])).rowCount > 0;

export const principalById = async (database: Database, id: string): Promise<PrincipalRow | null> =>
  (await database.ask<PrincipalRow>(database.system, 'principal.by_id', 'select * from directory.principal_of($1::jsonb, $2)', [id])).rows[0] ?? null;
export const subjectsOf = async (tx: Tx, person: string): Promise<string[]> =>
  (await tx.query<{ subjects: string[] }>('select directory.subjects_of($1) as subjects', [person])).rows[0]?.subjects ?? [];
export const principalByHash = async (tx: Tx, hash: string): Promise<PrincipalRow | null> =>
  (await tx.named<PrincipalRow & Record<string, unknown>>('principal.by_hash', 'select * from directory.principal where identifier_hash = $1', [hash])).rows[0] ?? null;

/** Enters principals, those already known left as they are. */
export const insertPrincipals = async (tx: Tx, rows: readonly PrincipalRow[]): Promise<void> => {
  await tx.query(`insert into directory.principal (id, kind, name, identifier_hash, identifier_sealed, phone, email, division)
    select id, kind, name, identifier_hash, identifier_sealed, phone, email, division
    from jsonb_to_recordset($1::jsonb) r (id uuid, kind text, name text, identifier_hash text, identifier_sealed text, phone text, email text, division text)
    on conflict (identifier_hash) do nothing`, [JSON.stringify(rows)]);
};

const MANDATES = `select jsonb_build_object('id', m.id, 'principal', jsonb_build_object('id', p.id, 'name', p.name, 'kind', p.kind), 'agent', jsonb_build_object('id', a.id, 'name', a.name),
    'basis', m.basis, 'services', m.services, 'status', m.status, 'startsAt', to_char(m.starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'endsAt', to_char(m.ends_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'mine', case when m.agent = $1 then 'received' else 'given' end) as value
  from directory.mandate m join directory.principal p on p.id = m.principal join directory.principal a on a.id = m.agent`;

/** Mandates of a citizen: received, and given by themselves or by whom they represent. */
export const mandates = async (tx: Tx, me: string, subjects: readonly string[]): Promise<MandateView[]> =>
  (await tx.named<{ value: MandateView }>('mandate.list', `${MANDATES} where (m.agent = $1 or m.principal = any ($2::uuid[])) and m.status <> 'ended' order by m.starts_at desc limit 200`, [me, subjects])).rows.map((row) => row.value);
export const mandate = (tx: Tx, me: string, id: string): Promise<MandateView | null> => one<MandateView>(tx, 'mandate.one', `${MANDATES} where m.id = $2`, [me, id]);

export const insertMandate = async (tx: Tx, row: { id: string; principal: string; agent: string; basis: string; services: readonly string[] | null; endsAt: string | null; status?: string }): Promise<void> => {
  await tx.named('mandate.insert', 'insert into directory.mandate (id, principal, agent, basis, services, ends_at, status) values ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.principal, row.agent, row.basis, row.services, row.endsAt, row.status ?? 'offered']);
};
export const acceptMandate = async (tx: Tx, id: string, agent: string): Promise<boolean> =>
  (await tx.named('mandate.accept', `update directory.mandate set status = 'active', starts_at = now() where id = $1 and agent = $2 and status = 'offered'`, [id, agent])).rowCount > 0;
export const endMandate = async (tx: Tx, id: string, me: string, subjects: readonly string[]): Promise<boolean> =>
  (await tx.named('mandate.end', `update directory.mandate set status = 'ended', ended_at = now() where id = $1 and status <> 'ended' and (agent = $2 or principal = any ($3::uuid[]))`, [id, me, subjects])).rowCount > 0;
