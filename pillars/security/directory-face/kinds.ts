import type { Columns } from './matching.ts';

/** One kind of entry: where its rows come from, what names and orders them, and each attribute as SQL. `$1` is the base of the tree. */
export interface Kind {
  name: 'department' | 'person' | 'group';
  from: string;
  key: string;
  dn: string;
  columns: Columns;
  /** Whether a row belongs to people of the departments that a parameter lists. */
  within(parameter: string): string;
}

/** How attributes are written in answers; keys in lower case. */
export const WRITTEN: Readonly<Record<string, string>> = Object.fromEntries([
  'objectClass', 'uid', 'cn', 'sn', 'givenName', 'displayName', 'ou', 'title', 'departmentNumber', 'mail', 'telephoneNumber', 'postalAddress', 'description', 'member', 'memberOf', 'dc', 'o',
  'entryUUID', 'entryDN', 'namingContexts', 'supportedControl', 'supportedExtension', 'supportedLDAPVersion', 'subschemaSubentry', 'vendorName', 'objectClasses', 'attributeTypes',
].map((name) => [name.toLowerCase(), name]));
/** Given only to who asks for them by name or with + (RFC 4512 §3.4, RFC 3673). */
export const OPERATIONAL: ReadonlySet<string> = new Set(['entryuuid', 'entrydn', 'memberof', 'subschemasubentry', 'namingcontexts', 'supportedcontrol', 'supportedextension', 'supportedldapversion', 'vendorname', 'objectclasses', 'attributetypes']);

const columns = (single: Record<string, string>, many: Record<string, string>): Columns =>
  new Map([single, many].flatMap((given) => Object.entries(given).map(([name, sql]) => [name, { sql, many: given === many }] as const)));
const classes = (...names: string[]): string => `array[${['top', ...names].map((name) => `'${name}'`).join(', ')}]`;
const seats = (column: string): string => `array(select distinct s.${column} from directory_face.seat s where s.person = e.id and s.${column} is not null order by 1)`;

const PERSON_DN = (account: string): string => `'uid=' || directory_face.escaped(${account}) || ',ou=people,' || $1`;
const GROUP_DN = (cn: string): string => `'cn=' || directory_face.escaped(${cn}) || ',ou=groups,' || $1`;
const PLACE_DN = `(select string_agg('ou=' || directory_face.escaped(step), ',' order by n desc) from unnest(e.path) with ordinality w (step, n)) || ',ou=departments,' || $1`;

const department: Kind = {
  name: 'department', from: 'directory_face.place e', key: 'array_to_string(e.path, chr(31))', dn: PLACE_DN, within: (parameter) => `e.id = any (${parameter}::int[])`,
  columns: columns({ description: 'e.name_zh', telephonenumber: 'e.phone', postaladdress: 'e.address_zh', entrydn: PLACE_DN }, { objectclass: classes('organizationalUnit'), ou: 'array[e.code, e.name_zh]' }),
};

/** People in office with an account. Clearance and their own telephone are not part of it; the telephone is their departments'. */
const person: Kind = {
  name: 'person', from: '(select p.id, p.account, p.name, p.email from directory.person p where p.active and p.account is not null) e', key: 'e.account', dn: PERSON_DN('e.account'),
  within: (parameter) => `exists (select from directory_face.seat s where s.person = e.id and s.department = any (${parameter}::int[]))`,
  columns: columns({
    uid: 'e.account', cn: 'e.name', sn: 'directory_face.surname(e.name)', givenname: `nullif(trim(case when e.name ~ '^[一-龥]' then substr(e.name, char_length(directory_face.surname(e.name)) + 1) else regexp_replace(e.name, '\\S+$', '') end), '')`,
    displayname: 'e.name', mail: 'e.email', entryuuid: 'e.id::text', entrydn: PERSON_DN('e.account'),
  }, {
    objectclass: classes('person', 'organizationalPerson', 'inetOrgPerson'), ou: seats('department_name'), title: seats('title'), departmentnumber: seats('department_code'), telephonenumber: seats('phone'),
    memberof: `array(select ${GROUP_DN('m.cn')} from directory_face.membership m where m.person = e.id order by 1)`,
  }),
};

/** A group has a member at least (RFC 4519 §3.5), so that empty ones are left out. */
const group: Kind = {
  name: 'group', from: '(select t.* from directory_face.team t where exists (select from directory_face.membership m where m.cn = t.cn)) e', key: 'e.cn', dn: GROUP_DN('e.cn'),
  // Others would name people from elsewhere.
  within: (parameter) => `e.cn in (select 'department.' || d.code from directory.department d where d.id = any (${parameter}::int[]))`,
  columns: columns({ cn: 'e.cn', description: 'e.name_zh', entrydn: GROUP_DN('e.cn') }, {
    objectclass: classes('groupOfNames'), member: `array(select ${PERSON_DN('m.account')} from directory_face.membership m where m.cn = e.cn order by 1)`,
  }),
};

export const KINDS = { department, person, group } as const;
