import type { Acting, Database, Tx } from '@zhengwu/database';
import { KINDS, OPERATIONAL, WRITTEN } from './kinds.ts';
import { evaluate } from './matching.ts';
import type { Code, Entry, SearchRequest } from './message.ts';
import { limitTime, readRows, rowExists, type Row } from './store.ts';
import type { Plan, Standing, Tree } from './tree.ts';

/** Who reads, and how far. */
export interface Reader {
  actor: Acting;
  /** Departments whose people they may see; null for all. */
  departments: readonly number[] | null;
}

/** How many entries and for how long; `page` is the part of a longer answer (RFC 2696). */
export interface Bounds {
  entries: number;
  milliseconds: number;
  page: { size: number; cookie: string } | null;
}

export interface Found {
  code: Code;
  entries: Entry[];
  /** Where the next page begins; empty after the last. */
  cookie: string;
}

const OUT_OF_TIME = '57014';
const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);

/** What an answer holds: lower-case names in the order asked for. `*` is everything that is not operational, `+` everything that is (RFC 3673), `1.1` nothing. */
export const selection = (asked: readonly string[], known: Iterable<string>): string[] => {
  const names = new Set(asked.map((name) => (name.split(';')[0] as string).toLowerCase()));
  const isAll = names.size === 0 || names.has('*');
  return [...known].filter((name) => names.has(name) || (OPERATIONAL.has(name) ? names.has('+') : isAll));
};

const written = (names: readonly string[], valuesOf: (name: string) => readonly string[]): Entry['attributes'] =>
  names.map((name) => [WRITTEN[name] ?? name, valuesOf(name)] as const).filter(([, values]) => values.length > 0);

export const standingEntry = ({ dn, attributes }: Standing, asked: readonly string[]): Entry =>
  ({ dn, attributes: written(selection(asked, attributes.keys()), (name) => attributes.get(name) ?? []) });

const rowEntry = ({ dn, attributes }: Row, names: readonly string[]): Entry => ({ dn, attributes: written(names, (name) => [attributes[name] ?? []].flat()) });

/** A cookie names the kind and the key of the last row given; it opens nothing, because each page is read with the reader's own rights. */
const startOf = (cookie: string, plan: Plan): { stage: number; after: string } | null => {
  if (cookie === '') return { stage: -1, after: '' };
  const [, stage = '', after = ''] = /^(\d{1,2}):([\s\S]*)$/.exec(cookie) ?? [];
  return stage !== '' && Number(stage) < plan.rows.length && !after.includes('\0') ? { stage: Number(stage), after } : null;
};

const collect = async (tx: Tx, tree: Tree, reader: Reader, request: SearchRequest, plan: Plan, limit: number, start: { stage: number; after: string }): Promise<{ entries: Entry[]; places: string[] }> => {
  const [entries, places] = [[] as Entry[], [] as string[]];
  if (start.stage < 0) {
    for (const one of plan.standing) if (evaluate(request.filter, one.attributes) === true) entries.push(standingEntry(one, request.attributes));
    for (const _ of entries) places.push('0:');
  }
  for (const [stage, { kind, condition }] of plan.rows.entries()) {
    if (stage < start.stage || entries.length > limit) continue;
    const wanted = selection(request.attributes, kind.columns.keys());
    const rows = await readRows(tx, {
      base: tree.base, kind, condition, filter: request.filter, departments: reader.departments, readable: kind.columns, wanted, after: stage === start.stage ? start.after : '', limit: limit + 1 - entries.length,
    });
    for (const row of rows) {
      entries.push(rowEntry(row, wanted));
      places.push(`${stage}:${row.key}`);
    }
  }
  return { entries, places };
};

/** Searches below the base of the tree, as the reader. */
export const search = async (database: Database, tree: Tree, reader: Reader, request: SearchRequest, bounds: Bounds): Promise<Found> => {
  const plan = tree.plan(request.base, request.scope);
  if (plan === 'invalid') return { code: 'invalidDNSyntax', entries: [], cookie: '' };
  const start = plan && startOf(bounds.page?.cookie ?? '', plan);
  if (!plan) return { code: 'noSuchObject', entries: [], cookie: '' };
  if (!start) return { code: 'unwillingToPerform', entries: [], cookie: '' };
  const size = Math.min(bounds.page?.size ?? bounds.entries, bounds.entries);
  try {
    return await database.as(reader.actor, async (tx): Promise<Found> => {
      await limitTime(tx, bounds.milliseconds);
      if (plan.mustExist && !(await rowExists(tx, { base: tree.base, ...plan.mustExist, departments: reader.departments }))) return { code: 'noSuchObject', entries: [], cookie: '' };
      const { entries, places } = await collect(tx, tree, reader, request, plan, size, start);
      if (entries.length <= size) return { code: 'success', entries, cookie: '' };
      return { code: bounds.page ? 'success' : 'sizeLimitExceeded', entries: entries.slice(0, size), cookie: places[size - 1] ?? '' };
    }, { readOnly: true });
  } catch (error) {
    if (codeOf(error) === OUT_OF_TIME) return { code: 'timeLimitExceeded', entries: [], cookie: '' };
    throw error;
  }
};

/** Every attribute that an entry of this directory may have. */
export const knownAttributes = (): string[] => [...new Set(Object.values(KINDS).flatMap(({ columns }) => [...columns.keys()]))].sort();
