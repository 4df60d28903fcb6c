import type { Tx } from '@zhengwu/database';
import { because, dropOneGroup, putOneGroup } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { Client } from './client.ts';
import { fail } from './errors.ts';
import { patched, readOperations } from './patch.ts';
import { checkVersion, versionOf } from './reading.ts';
import { isJson, readResource, type Json } from './resource.ts';
import { CORE_GROUP, Group, OWN_GROUP } from './schema.ts';
import * as store from './store.ts';
import type { GroupRow } from './store.ts';

const MOST_MEMBERS = 500;

const writable = (row: GroupRow): Json => ({
  displayName: row.name.zh, ...(row.externalId ? { externalId: row.externalId } : {}), members: row.members.map(({ value }) => ({ value })), [OWN_GROUP]: { code: row.code, nameEn: row.name.en, department: row.departmentCode },
});

export const groupOf = ({ base }: Client) => (row: GroupRow): Json => ({
  schemas: [CORE_GROUP, OWN_GROUP], id: row.id, ...(row.externalId ? { externalId: row.externalId } : {}), displayName: row.name.zh,
  ...(row.members.length > 0 ? { members: row.members.map((member) => ({ ...member, type: 'User', $ref: `${base}/Users/${member.value}` })) } : {}),
  [OWN_GROUP]: { code: row.code, nameEn: row.name.en, department: row.departmentCode },
  meta: { resourceType: 'Group', ...(row.created ? { created: row.created } : {}), ...(row.modified ? { lastModified: row.modified } : {}), location: `${base}/Groups/${row.id}`, version: versionOf(row.version) },
});

export const readGroup = async (site: Site, client: Client, id: string): Promise<GroupRow> => {
  const row = await site.database.as(client.acting, (tx) => store.group(tx, client.reach, id), { readOnly: true });
  if (!row) throw fail('scim.unknown');
  return row;
};

const textOf = (holder: unknown, name: string): string | null => {
  const value = isJson(holder) ? holder[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
};

const membersOf = async (tx: Tx, resource: Json): Promise<string[]> => {
  const given = Array.isArray(resource['members']) ? resource['members'].map((one) => textOf(one, 'value') ?? '') : [];
  if (given.length > MOST_MEMBERS) throw fail('scim.too-many', { most: MOST_MEMBERS });
  const found = new Set((await store.peopleBy(tx, given)).map(({ id }) => id));
  const unknown = given.find((one) => !found.has(one.toLowerCase()));
  if (unknown !== undefined) throw fail('scim.value', { attribute: 'members', why: `no official in office ${unknown.slice(0, 100)}` });
  return [...found];
};

const departmentOf = async (tx: Tx, { department, reach: { departments } }: Client, code: string | null): Promise<number> => {
  const found = code === null ? department : await store.departmentBy(tx, code);
  if (found === null) throw fail('scim.value', { attribute: 'department', why: `no department ${code ?? ''}` });
  if (departments !== null && !departments.includes(found)) throw fail('scim.beyond-reach', { what: code ?? String(found) });
  return found;
};

/** Writes a group as the client wants it; a new one where `row` is null. */
const put = (site: Site, client: Client, resource: Json, row: GroupRow | null): Promise<string> => site.database.as(client.acting, async (tx) => {
  const own = resource[OWN_GROUP];
  const [zh, externalId] = [textOf(resource, 'displayName'), textOf(resource, 'externalId')];
  if (zh === null) throw fail('scim.value', { attribute: 'displayName', why: 'required' });
  const code = textOf(own, 'code') ?? row?.code ?? `scim-${uuidv7()}`;
  if (row && code !== row.code) throw fail('scim.mutability', { attribute: 'code' });
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(code)) throw fail('scim.value', { attribute: 'code', why: 'lower-case letters, digits, dashes' });
  const [members, department] = [await membersOf(tx, resource), await departmentOf(tx, client, textOf(own, 'department') ?? row?.departmentCode ?? null)];
  const reason = `SCIM: ${client.actor.name}`;
  await because(tx, reason);
  const written = await putOneGroup(tx, code, { version: row?.version ?? 0, name: { zh, en: textOf(own, 'nameEn') ?? row?.name.en ?? zh }, department, members, reason });
  if (!written) throw row ? fail('scim.version') : fail('scim.taken', { attribute: 'code', value: code });
  if (externalId !== null && (await store.taken(tx, client.reach.application, 'group', externalId, written.id))) throw fail('scim.taken', { attribute: 'externalId', value: externalId });
  await store.keepRecord(tx, client.reach.application, 'group', written.id, externalId);
  await site.audit.recordFor(tx, client.actor, { event: 'group.changed', subject: code, detail: { members, reason } });
  return written.id;
});

export const createGroup = async (site: Site, client: Client, body: Json): Promise<GroupRow> => readGroup(site, client, await put(site, client, readResource(Group, body), null));

const change = async (site: Site, client: Client, id: string, ifMatch: string | undefined, next: (row: GroupRow) => Json): Promise<GroupRow> => {
  const row = await readGroup(site, client, id);
  checkVersion(ifMatch, row.version);
  await put(site, client, next(row), row);
  return readGroup(site, client, id);
};
export const replaceGroup = (site: Site, client: Client, id: string, ifMatch: string | undefined, body: Json): Promise<GroupRow> => change(site, client, id, ifMatch, () => readResource(Group, body));
export const changeGroup = (site: Site, client: Client, id: string, ifMatch: string | undefined, body: Json): Promise<GroupRow> => {
  const operations = readOperations(body);
  return change(site, client, id, ifMatch, (row) => patched(Group, writable(row), operations));
};

export const removeGroup = async (site: Site, client: Client, id: string, ifMatch: string | undefined): Promise<void> => {
  const row = await readGroup(site, client, id);
  checkVersion(ifMatch, row.version);
  await site.database.as(client.acting, async (tx) => {
    await because(tx, `SCIM: ${client.actor.name}`);
    if (!(await dropOneGroup(tx, row.code))) throw fail('scim.unknown');
    await store.dropRecord(tx, client.reach.application, 'group', id, site.clock.now());
    await site.audit.recordFor(tx, client.actor, { event: 'group.dropped', subject: row.code });
  });
};
