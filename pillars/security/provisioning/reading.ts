import type { Database, Tx } from '@zhengwu/database';
import type { Client } from './client.ts';
import { fail } from './errors.ts';
import { readFilter, type Columns } from './filter.ts';
import { project, type Json } from './resource.ts';
import type { ResourceType } from './schema.ts';
import { isSortable, type Asked } from './store.ts';

export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const MOST_RESULTS = 200;
const USUAL_RESULTS = 100;

export interface Query {
  filter?: string;
  sortBy?: string;
  sortOrder?: 'ascending' | 'descending';
  startIndex?: number;
  count?: number;
  attributes?: string;
  excludedAttributes?: string;
}

/** What a list is asked for (RFC 7644 §3.4.2): a beginning below 1 is 1, a count below 0 is none. */
export const askedOf = (query: Query, columns: Columns): Asked => {
  if (query.sortBy !== undefined && !isSortable(columns, query.sortBy)) throw fail('scim.path', { path: query.sortBy });
  return {
    filter: query.filter === undefined ? null : readFilter(query.filter), sortBy: query.sortBy ?? null, descending: query.sortOrder === 'descending',
    offset: Math.max(query.startIndex ?? 1, 1) - 1, count: Math.min(Math.max(query.count ?? USUAL_RESULTS, 0), MOST_RESULTS),
  };
};

/** Reads a list as the client and writes it down as SCIM does. */
export const listed = async <Row>(
  database: Database, client: Client, type: ResourceType, query: Query, columns: Columns, read: (tx: Tx, asked: Asked) => Promise<{ total: number; rows: Row[] }>, write: (row: Row) => Json,
) => {
  const asked = askedOf(query, columns);
  const { total, rows } = await database.as(client.acting, (tx) => read(tx, asked), { readOnly: true });
  return { schemas: [LIST], totalResults: total, startIndex: asked.offset + 1, itemsPerPage: rows.length, Resources: rows.map((row) => project(write(row), type, query)) };
};

/** The version of a resource as RFC 7644 §3.14 writes it. */
export const versionOf = (version: number): string => `W/"${version}"`;

/** Refuses a change of another version than the one the client read; without the header any is meant. */
export const checkVersion = (ifMatch: string | undefined, version: number): void => {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags: string[] = ifMatch.match(/"[^"]*"/g) ?? [];
  if (!tags.includes(`"${version}"`)) throw fail('scim.version');
};
