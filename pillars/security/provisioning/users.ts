import type { Tx } from '@zhengwu/database';
import { amend, because, comeBack, Directory, join, leave, move } from '@zhengwu/directory';
import { isZhengwuError } from '@zhengwu/errors';
import type { Site } from '@zhengwu/module';
import type { Client } from './client.ts';
import { fail } from './errors.ts';
import { patched, readOperations } from './patch.ts';
import { checkVersion, versionOf } from './reading.ts';
import { readResource, type Json } from './resource.ts';
import { CORE_USER, ENTERPRISE, OWN_USER, User } from './schema.ts';
import * as store from './store.ts';
import type { OfficialRow } from './store.ts';
import { wantedOf, type Wanted } from './wanted.ts';

const left = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined && value !== '';
const some = (entries: readonly (readonly [string, unknown])[]): Json => Object.fromEntries(entries.filter(([, value]) => left(value) && !(Array.isArray(value) && value.length === 0)));

/** What a client may send back: the resource without what is read only. */
const writable = (row: OfficialRow): Json => ({
  userName: row.account, name: { formatted: row.name }, displayName: row.name, active: row.active, ...some([['externalId', row.externalId], ['title', row.title]]),
  emails: row.email ? [{ value: row.email, primary: true }] : [], phoneNumbers: row.phone ? [{ value: row.phone, primary: true }] : [],
  [ENTERPRISE]: some([['employeeNumber', row.employeeNumber], ['department', row.department], ['manager', row.manager && { value: row.manager.value }]]),
  [OWN_USER]: { posts: row.posts.map(({ value }) => ({ value })) },
});

/** An official as a SCIM user. */
export const userOf = ({ base }: Client) => (row: OfficialRow): Json => ({
  schemas: [CORE_USER, ENTERPRISE, OWN_USER], id: row.id, ...some([['externalId', row.externalId]]), userName: row.account, name: { formatted: row.name }, displayName: row.name, active: row.active,
  ...some([
    ['title', row.title], ['emails', row.email && [{ value: row.email, type: 'work', primary: true }]], ['phoneNumbers', row.phone && [{ value: row.phone, type: 'work', primary: true }]],
    ['groups', row.groups.map((group) => ({ ...group, $ref: `${base}/Groups/${group.value}` }))],
  ]),
  [ENTERPRISE]: some([['employeeNumber', row.employeeNumber], ['department', row.department], ['manager', row.manager && { ...row.manager, $ref: `${base}/Users/${row.manager.value}` }]]),
  [OWN_USER]: { posts: row.posts },
  meta: { resourceType: 'User', ...some([['created', row.created], ['lastModified', row.modified]]), location: `${base}/Users/${row.id}`, version: versionOf(row.version) },
});

export const readUser = async (site: Site, client: Client, id: string): Promise<OfficialRow> => {
  const row = await site.database.as(client.acting, (tx) => store.official(tx, client.reach, id), { readOnly: true });
  if (!row) throw fail('scim.unknown');
  return row;
};

/** What a client keeps of a person beside the directory, and its own record of it. */
const keep = (site: Site, client: Client, wanted: Wanted, step: string, before: OfficialRow | null) => async (tx: Tx, person: string): Promise<void> => {
  if (wanted.externalId !== null && (await store.taken(tx, client.reach.application, 'user', wanted.externalId, person))) throw fail('scim.taken', { attribute: 'externalId', value: wanted.externalId });
  if (before && isAmended(before, wanted)) await amend(site, tx, person, { name: wanted.name, phone: wanted.phone, email: wanted.email, reason: wanted.reason });
  await store.keepRecord(tx, client.reach.application, 'user', person, wanted.externalId);
  await store.keepParticular(tx, person, { employeeNumber: wanted.employeeNumber, manager: wanted.manager });
  await site.audit.recordFor(tx, client.actor, { event: 'scim.userChanged', subject: person, detail: { step, externalId: wanted.externalId } });
};

const isAmended = (row: OfficialRow, wanted: Wanted): boolean =>
  row.name !== wanted.name || row.phone !== wanted.phone || row.email !== wanted.email || row.externalId !== wanted.externalId || row.employeeNumber !== wanted.employeeNumber || (row.manager?.value ?? null) !== wanted.manager;

/** What no person is asked about is refused: the powers of the three administrators are given by people, to people. */
const withoutProposals = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (isZhengwuError(error) && error.code === 'duty.second-needed') throw fail('scim.duty');
    throw error;
  }
};

const CLEARANCE = 1;

/** Somebody joins: person, account, posts and what the client calls them, in one step. */
export const createUser = async (site: Site, client: Client, body: Json): Promise<OfficialRow> => {
  const wanted = await wantedOf(site, client, readResource(User, body), null);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/.test(wanted.userName)) throw fail('scim.value', { attribute: 'userName', why: '3 to 40 letters, digits, dots, dashes' });
  if (!wanted.active) throw fail('scim.value', { attribute: 'active', why: 'who joins is in office' });
  const given = { name: wanted.name, account: wanted.userName, clearance: CLEARANCE, ...(wanted.phone ? { phone: wanted.phone } : {}), ...(wanted.email ? { email: wanted.email } : {}), posts: wanted.posts ?? [], reason: wanted.reason };
  const { id } = await withoutProposals(join(site, client.acting, given, keep(site, client, wanted, 'join', null)));
  return readUser(site, client, id);
};

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));

/** What sessions remember of people is read anew from now on: whoever left is out at once. */
const forget = async (site: Site, work: Promise<unknown>): Promise<void> => {
  await work;
  site.use(Directory).changed();
};

/** Brings an official from what they are to what is wanted, by the one step that leads there. */
const bring = async (site: Site, client: Client, row: OfficialRow, wanted: Wanted): Promise<void> => {
  const { acting } = client;
  const { version, id } = row;
  const { reason, successor } = wanted;
  const beside = (step: string) => keep(site, client, wanted, step, row);
  const held = await site.database.as(acting, (tx) => store.postsByCode(tx, row.posts.map(({ value }) => value)), { readOnly: true });
  const posts = wanted.posts ?? held.map((post) => post.id);
  if (row.active && !wanted.active) return void (await leave(site, acting, id, { version, successor, reason }, beside('leave')));
  if (!row.active && wanted.active) return void (await withoutProposals(comeBack(site, acting, id, { version, posts: wanted.posts ?? [], reason }, beside('return'))));
  if (row.active && !isSame(posts, held.map((post) => post.id))) {
    const handOver = held.some((post) => !posts.includes(post.id));
    return void (await withoutProposals(move(site, acting, id, { version, posts: [...posts], handOver, successor, reason }, beside('move'))));
  }
  if (!row.active && posts.length > 0) throw fail('scim.value', { attribute: 'posts', why: 'who is not in office holds none; send active true with them' });
  if (!isAmended(row, wanted)) return;
  await site.database.as(acting, async (tx) => {
    await because(tx, reason);
    await beside('amend')(tx, id);
  });
};

const change = async (site: Site, client: Client, id: string, ifMatch: string | undefined, next: (row: OfficialRow) => Json): Promise<OfficialRow> => {
  const row = await readUser(site, client, id);
  checkVersion(ifMatch, row.version);
  const wanted = await wantedOf(site, client, next(row), row);
  await forget(site, bring(site, client, row, wanted));
  return readUser(site, client, id);
};

export const replaceUser = (site: Site, client: Client, id: string, ifMatch: string | undefined, body: Json): Promise<OfficialRow> => change(site, client, id, ifMatch, () => readResource(User, body));

export const changeUser = (site: Site, client: Client, id: string, ifMatch: string | undefined, body: Json): Promise<OfficialRow> => {
  const operations = readOperations(body);
  return change(site, client, id, ifMatch, (row) => patched(User, writable(row), operations));
};

/** Leaves for good: for this client the user is not there any more, the directory keeps the history. */
export const removeUser = async (site: Site, client: Client, id: string, ifMatch: string | undefined): Promise<void> => {
  const row = await readUser(site, client, id);
  checkVersion(ifMatch, row.version);
  const gone = async (tx: Tx): Promise<void> => {
    await store.dropRecord(tx, client.reach.application, 'user', id, site.clock.now());
    await site.audit.recordFor(tx, client.actor, { event: 'scim.userRemoved', subject: id });
  };
  if (row.active) await forget(site, leave(site, client.acting, id, { version: row.version, successor: null, reason: `SCIM: ${client.actor.name}` }, gone));
  else await site.database.as(client.acting, gone);
};
