import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import type { Client } from './client.ts';
import { fail } from './errors.ts';
import { isJson, type Json } from './resource.ts';
import { ENTERPRISE, OWN_USER } from './schema.ts';
import * as store from './store.ts';
import type { OfficialRow, PostRow } from './store.ts';

/** An official as a client wants them to be. */
export interface Wanted {
  userName: string;
  name: string;
  active: boolean;
  phone: string | null;
  email: string | null;
  externalId: string | null;
  employeeNumber: string | null;
  manager: string | null;
  /** Ids of posts; null leaves them as they are. */
  posts: string[] | null;
  successor: string | null;
  reason: string;
}

const MOST_POSTS = 20;
const textIn = (holder: unknown, name: string): string | null => {
  const value = isJson(holder) ? holder[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
};
const listIn = (holder: unknown, name: string): Json[] | null => {
  const value = isJson(holder) ? holder[name] : undefined;
  return Array.isArray(value) ? value.filter(isJson) : null;
};

/** The whole name: whichever of its forms says something new. A family name stands before a given name but in Latin letters. */
const nameOf = (resource: Json, before: string | null): string => {
  const { name } = resource;
  const [family, given] = [textIn(name, 'familyName'), textIn(name, 'givenName')];
  const joined = family && given ? (/[⺀-鿿]/.test(family + given) ? family + given : `${given} ${family}`) : null;
  const forms = [joined, textIn(name, 'formatted'), textIn(resource, 'displayName')].filter((one) => one !== null);
  const found = forms.find((one) => one !== before) ?? forms[0];
  if (found === undefined) throw fail('scim.value', { attribute: 'name', why: 'formatted, displayName, or familyName and givenName' });
  return found;
};

/** Of several one is kept: the primary one, or the first. */
const contactOf = (resource: Json, name: string): string | null => {
  const values = listIn(resource, name) ?? [];
  return textIn(values.find((one) => one['primary'] === true) ?? values[0], 'value');
};

const personOf = async (tx: Tx, attribute: string, named: string | null): Promise<string | null> => {
  if (named === null) return null;
  const [found, ...more] = await store.peopleBy(tx, [named]);
  if (!found || more.length > 0) throw fail('scim.value', { attribute, why: `no official ${named.slice(0, 100)}` });
  return found.id;
};

const manyPosts = async (tx: Tx, codes: readonly string[]): Promise<PostRow[]> => {
  if (codes.length > MOST_POSTS) throw fail('scim.too-many', { most: MOST_POSTS });
  const found = await store.postsByCode(tx, codes);
  const missing = codes.find((code) => !found.some((post) => post.code === code));
  if (missing !== undefined) throw fail('scim.value', { attribute: 'posts', why: `no post ${missing.slice(0, 100)}` });
  return found;
};

const onePost = async (tx: Tx, title: string | null, department: string | null): Promise<PostRow[]> => {
  if (title === null) throw fail('scim.value', { attribute: 'title', why: 'a department takes a title, which says which post' });
  const found = await store.postsByName(tx, title, department);
  if (found.length === 1) return found;
  throw fail('scim.value', { attribute: 'title', why: `${found.length === 0 ? 'no post' : 'more than one post'} ${title} ${department ?? ''}`.trim() });
};

/** The posts asked for; null leaves them. The list of posts counts where it differs from what they hold, else title and department do. */
const postsOf = async (tx: Tx, resource: Json, row: OfficialRow | null): Promise<PostRow[] | null> => {
  const codes = listIn(resource[OWN_USER], 'posts')?.map((one) => textIn(one, 'value') ?? '');
  const held = row?.posts.map(({ value }) => value) ?? [];
  if (codes && (codes.length !== held.length || !codes.every((code) => held.includes(code)))) return manyPosts(tx, [...new Set(codes)]);
  const [title, department] = [textIn(resource, 'title'), textIn(resource[ENTERPRISE], 'department')];
  if (title === (row?.title ?? null) && department === (row?.department ?? null)) return null;
  if (title === null && department === null) return null;
  return onePost(tx, title, department);
};

const refuseBeyond = (client: Client, posts: readonly PostRow[] | null): void => {
  const { departments } = client.reach;
  const beyond = departments === null ? undefined : posts?.find((post) => !departments.includes(post.department));
  if (beyond) throw fail('scim.beyond-reach', { what: beyond.code });
};

/** What a resource says of an official. Throws `scim.value`, `scim.mutability`, `scim.beyond-reach`. */
export const wantedOf = (site: Site, client: Client, resource: Json, row: OfficialRow | null): Promise<Wanted> => site.database.as(client.acting, async (tx) => {
  const userName = textIn(resource, 'userName');
  if (userName === null) throw fail('scim.value', { attribute: 'userName', why: 'required' });
  if (row && userName.toLowerCase() !== row.account.toLowerCase()) throw fail('scim.mutability', { attribute: 'userName' });
  const posts = await postsOf(tx, resource, row);
  refuseBeyond(client, posts);
  const managed = isJson(resource[ENTERPRISE]) ? resource[ENTERPRISE]['manager'] : undefined;
  const manager = textIn(managed, 'value');
  return {
    userName, name: nameOf(resource, row?.name ?? null), active: resource['active'] !== false, phone: contactOf(resource, 'phoneNumbers'), email: contactOf(resource, 'emails'),
    externalId: textIn(resource, 'externalId'), employeeNumber: textIn(resource[ENTERPRISE], 'employeeNumber'),
    // One who has left since stays as it is.
    manager: manager !== null && manager === row?.manager?.value ? manager : await personOf(tx, 'manager', manager),
    posts: posts?.map(({ id }) => id) ?? null, successor: await personOf(tx, 'successor', textIn(resource[OWN_USER], 'successor')), reason: textIn(resource[OWN_USER], 'reason') ?? `SCIM: ${client.actor.name}`,
  };
}, { readOnly: true });
