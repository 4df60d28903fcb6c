import type { Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';

/** An organisation to begin with: what an import or the demo city brings. */
export interface Organisation {
  divisions: readonly { code: string; parent: string | null; name: Text }[];
  departments: readonly { id: number; code: string; division: string; name: Text; regionParent: number | null; lineParent: number | null; phone?: string; address?: Text }[];
  roles: readonly { code: string; name: Text; grants: readonly { permission: string; scope: string }[] }[];
  posts: readonly { code: string; department: number; name: Text; roles: readonly string[] }[];
  people: readonly { id: string; name: string; account: string; clearance: number; phone: string; email: string; posts: readonly string[] }[];
}

const rows = async (tx: Tx, text: string, data: readonly unknown[]): Promise<void> => void (await tx.query(text, [JSON.stringify(data)]));

/** Enters an organisation into an empty directory. */
export const loadOrganisation = async (tx: Tx, organisation: Organisation): Promise<void> => {
  const posts = organisation.posts.map((post) => ({ id: uuidv7(), code: post.code, department: post.department, name_zh: post.name.zh, name_en: post.name.en, roles: post.roles }));
  const idOf = new Map(posts.map((post) => [post.code, post.id]));
  await rows(tx, `insert into directory.division select * from jsonb_to_recordset($1::jsonb) r (code text, parent text, name_zh text, name_en text)`,
    organisation.divisions.map(({ code, parent, name }) => ({ code, parent, name_zh: name.zh, name_en: name.en })));
  await rows(tx, `insert into directory.department (id, code, division, name_zh, name_en, region_parent, line_parent, phone, address_zh, address_en)
    select * from jsonb_to_recordset($1::jsonb) r (id int, code text, division text, name_zh text, name_en text, region_parent int, line_parent int, phone text, address_zh text, address_en text)`,
    organisation.departments.map((one) => ({
      id: one.id, code: one.code, division: one.division, name_zh: one.name.zh, name_en: one.name.en, region_parent: one.regionParent, line_parent: one.lineParent,
      phone: one.phone, address_zh: one.address?.zh, address_en: one.address?.en,
    })));
  await rows(tx, `insert into directory.role (code, name_zh, name_en) select * from jsonb_to_recordset($1::jsonb) r (code text, name_zh text, name_en text)`,
    organisation.roles.map(({ code, name }) => ({ code, name_zh: name.zh, name_en: name.en })));
  await rows(tx, `insert into directory.role_grant select * from jsonb_to_recordset($1::jsonb) r (role text, permission text, scope text)`,
    organisation.roles.flatMap(({ code, grants }) => grants.map((grant) => ({ role: code, ...grant }))));
  await rows(tx, `insert into directory.post (id, code, department, name_zh, name_en, roles) select id, code, department, name_zh, name_en, roles
    from jsonb_to_recordset($1::jsonb) r (id uuid, code text, department int, name_zh text, name_en text, roles text[])`, posts);
  await rows(tx, `insert into directory.person (id, name, account, clearance, phone, email)
    select * from jsonb_to_recordset($1::jsonb) r (id uuid, name text, account text, clearance smallint, phone text, email text)`, organisation.people);
  await rows(tx, `insert into directory.holding (person, post) select * from jsonb_to_recordset($1::jsonb) r (person uuid, post uuid)`,
    organisation.people.flatMap((person) => person.posts.map((code) => ({ person: person.id, post: idOf.get(code) }))));
};

/** Enters mandates that are proved already (a legal representative by the register). */
export const loadMandates = (tx: Tx, mandates: readonly { principal: string; agent: string; basis: string }[]): Promise<void> =>
  rows(tx, `insert into directory.mandate (id, principal, agent, basis, status) select id, principal, agent, basis, 'active'
    from jsonb_to_recordset($1::jsonb) r (id uuid, principal uuid, agent uuid, basis text)`, mandates.map((mandate) => ({ id: uuidv7(), ...mandate })));
