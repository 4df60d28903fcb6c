import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import { wordsOf, type KnownCodes } from './checking.ts';
import type { SheetName, SheetRow, Sheets } from './sheets.ts';

/** What a load changed: the codes of each list, holdings as `account post`, `-` before what ended. */
export type Changed = Partial<Record<SheetName, string[]>>;

export interface Listed {
  changed: Changed;
  /** People that were not known before. */
  added: { username: string; person: string; name: string }[];
}

const run = async (tx: Tx, text: string, ...values: readonly unknown[]): Promise<string[]> =>
  (await tx.query<{ code: string }>(text, values.map((value) => JSON.stringify(value)))).rows.map((row) => row.code);

const cellsOf = (rows: readonly SheetRow[]): Record<string, string | null>[] =>
  rows.map(({ cells }) => Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column, cell === '' ? null : cell])));

/** Codes that lists may refer to. */
export const knownCodes = async (tx: Tx): Promise<KnownCodes> => ({
  divisions: new Set(await run(tx, 'select code from directory.division')),
  departments: new Set(await run(tx, 'select code from directory.department')),
  roles: new Set(await run(tx, 'select code from directory.role')),
  posts: new Set(await run(tx, 'select code from directory.post')),
  people: new Set(await run(tx, 'select lower(account) as code from directory.person where account is not null')),
});

/** Parents come in a second stroke, so that lines may stand in any order. */
const places = async (tx: Tx, { divisions, departments }: Sheets): Promise<Changed> => {
  const [given, offices] = [cellsOf(divisions), cellsOf(departments)];
  const named = await run(tx, `insert into directory.division as d (code, name_zh, name_en)
    select code, zh, en from jsonb_to_recordset($1::jsonb) r (code text, zh text, en text)
    on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en
      where (d.name_zh, d.name_en) is distinct from (excluded.name_zh, excluded.name_en) returning code`, given);
  const moved = await run(tx, `update directory.division d set parent = r.parent from jsonb_to_recordset($1::jsonb) r (code text, parent text)
    where d.code = r.code and d.parent is distinct from r.parent returning d.code`, given);
  const opened = await run(tx, `insert into directory.department as d (id, code, division, name_zh, name_en, phone, address_zh, address_en)
    select coalesce((select k.id from directory.department k where k.code = r.code), (select coalesce(max(id), 0) from directory.department) + row_number() over ()),
      r.code, r.division, r.zh, r.en, r.phone, r."addressZh", r."addressEn"
    from jsonb_to_recordset($1::jsonb) r (code text, division text, zh text, en text, phone text, "addressZh" text, "addressEn" text)
    on conflict (code) do update set division = excluded.division, name_zh = excluded.name_zh, name_en = excluded.name_en, phone = excluded.phone,
      address_zh = excluded.address_zh, address_en = excluded.address_en, version = d.version + 1
      where (d.division, d.name_zh, d.name_en, d.phone, d.address_zh, d.address_en)
        is distinct from (excluded.division, excluded.name_zh, excluded.name_en, excluded.phone, excluded.address_zh, excluded.address_en) returning code`, offices);
  const placed = await run(tx, `update directory.department d set region_parent = p.id, line_parent = l.id, version = d.version + 1
    from jsonb_to_recordset($1::jsonb) r (code text, "regionParent" text, "lineParent" text)
      left join directory.department p on p.code = r."regionParent" left join directory.department l on l.code = r."lineParent"
    where d.code = r.code and (d.region_parent, d.line_parent) is distinct from (p.id, l.id) returning d.code`, offices);
  return { divisions: [...new Set([...named, ...moved])], departments: [...new Set([...opened, ...placed])] };
};

/** A role that the lists name has exactly the permissions that they name. */
const rights = async (tx: Tx, { roles, grants, posts }: Sheets): Promise<Changed> => {
  const named = await run(tx, `insert into directory.role as o (code, name_zh, name_en)
    select code, zh, en from jsonb_to_recordset($1::jsonb) r (code text, zh text, en text)
    on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, version = o.version + 1
      where (o.name_zh, o.name_en) is distinct from (excluded.name_zh, excluded.name_en) returning code`, cellsOf(roles));
  const given = cellsOf(grants);
  const taken = await run(tx, `delete from directory.role_grant g where (g.role in (select code from jsonb_to_recordset($2::jsonb) r (code text))
      or g.role in (select role from jsonb_to_recordset($1::jsonb) r (role text)))
    and not exists (select from jsonb_to_recordset($1::jsonb) r (role text, permission text) where r.role = g.role and r.permission = g.permission)
    returning '-' || g.role || ' ' || g.permission as code`, given, cellsOf(roles));
  const granted = await run(tx, `insert into directory.role_grant as g (role, permission, scope)
    select role, permission, scope from jsonb_to_recordset($1::jsonb) r (role text, permission text, scope text)
    on conflict (role, permission) do update set scope = excluded.scope where g.scope <> excluded.scope returning role || ' ' || permission as code`, given);
  const seats = cellsOf(posts).map((post) => ({ ...post, id: uuidv7(), roles: wordsOf(post['roles'] ?? '') }));
  const seated = await run(tx, `insert into directory.post as p (id, code, department, name_zh, name_en, roles)
    select r.id, r.code, d.id, r.zh, r.en, r.roles
    from jsonb_to_recordset($1::jsonb) r (id uuid, code text, department text, zh text, en text, roles text[]) join directory.department d on d.code = r.department
    on conflict (code) do update set department = excluded.department, name_zh = excluded.name_zh, name_en = excluded.name_en, roles = excluded.roles
      where (p.department, p.name_zh, p.name_en, p.roles) is distinct from (excluded.department, excluded.name_zh, excluded.name_en, excluded.roles) returning code`, seats);
  return { roles: named, grants: [...taken, ...granted], posts: seated };
};

/** A person that the list of holdings names holds exactly the posts that it names. */
const persons = async (tx: Tx, { people, holdings }: Sheets): Promise<Listed> => {
  const given = cellsOf(people).map((person) => ({ ...person, id: uuidv7() }));
  const changed = await run(tx, `update directory.person p set name = r.name, clearance = coalesce(r.clearance, p.clearance), phone = r.phone, email = r.email, version = p.version + 1
    from jsonb_to_recordset($1::jsonb) r (account text, name text, clearance smallint, phone text, email text)
    where lower(p.account) = lower(r.account) and (p.name, p.clearance, p.phone, p.email) is distinct from (r.name, coalesce(r.clearance, p.clearance), r.phone, r.email)
    returning p.account as code`, given);
  const { rows: added } = await tx.query<{ username: string; person: string; name: string }>(`insert into directory.person (id, name, account, clearance, phone, email)
    select r.id, r.name, r.account, coalesce(r.clearance, 1), r.phone, r.email
    from jsonb_to_recordset($1::jsonb) r (id uuid, account text, name text, clearance smallint, phone text, email text)
    where not exists (select from directory.person p where lower(p.account) = lower(r.account)) returning account as username, id as person, name`, [JSON.stringify(given)]);
  const held = `(select p.id as person, s.id as post, p.account || ' ' || s.code as code from jsonb_to_recordset($1::jsonb) r (account text, post text)
    join directory.person p on lower(p.account) = lower(r.account) join directory.post s on s.code = r.post)`;
  const posts = cellsOf(holdings);
  const left = await run(tx, `with held as ${held} update directory.holding h set until = now() from directory.person p, directory.post s
    where h.until is null and p.id = h.person and s.id = h.post and h.person in (select person from held)
      and not exists (select from held where held.person = h.person and held.post = h.post) returning '-' || p.account || ' ' || s.code as code`, posts);
  const joined = await run(tx, `with held as ${held}, made as (insert into directory.holding (person, post) select person, post from held
    where not exists (select from directory.holding h where h.person = held.person and h.post = held.post and h.until is null) returning person, post)
    select held.code from made join held using (person, post)`, posts);
  added.sort((a, b) => (a.username < b.username ? -1 : 1));
  return { added, changed: { people: [...added.map((one) => one.username), ...changed], holdings: [...left, ...joined] } };
};

/** Writes checked lists; only what differs is touched, and what they do not name stays as it is. */
export const writeLists = async (tx: Tx, sheets: Sheets): Promise<Listed> => {
  const [where, what] = [await places(tx, sheets), await rights(tx, sheets)];
  const { added, changed } = await persons(tx, sheets);
  return { added, changed: Object.fromEntries(Object.entries({ ...where, ...what, ...changed }).flatMap(([list, codes]) => (codes.length > 0 ? [[list, codes.sort()]] : []))) };
};
