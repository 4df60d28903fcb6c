import type { OpenDataset } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { dayOf } from '@zhengwu/clock';
import { Directory } from '@zhengwu/directory';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { selectUsage, countUsage } from './store-requests.ts';
import * as store from './store.ts';

export const isOpen = (one: store.Listed): boolean => one.metadata.openness.isOpen && one.register !== null && one.metadata.items.some((item) => item.isOpen);

/** Open resources whose rows the site holds itself. */
export const openResources = async (tx: Tx): Promise<store.Listed[]> => (await store.selectPublished(tx)).filter(isOpen);

/** Fields that the entry opens and the register itself calls public: both must say so. */
export const openFields = (site: Site, one: store.Listed): string[] => {
  const definition = site.use(Registers).definition(one.register ?? '');
  const named = new Set(one.metadata.items.filter((item) => item.isOpen).map(({ name }) => name));
  return (definition?.fields ?? []).filter(({ key, class: level, identifier }) => named.has(key) && level === 'public' && identifier !== 'citizenNumber').map(({ key }) => key);
};

export const findOpen = async (tx: Tx, id: string): Promise<store.Listed> => {
  const found = (await openResources(tx)).find((one) => one.id === id);
  if (!found) throw fail('catalogue.unknown', { resource: id });
  return found;
};

const countRows = async (tx: Tx, register: string): Promise<{ rows: number; changed: string | null }> =>
  (await tx.query<{ rows: number; changed: string | null }>(`select count(*)::int as rows, max(known_from)::date::text as changed from registers.record where register = $1 and known_to is null and valid_to is null`, [register])).rows[0] as { rows: number; changed: string | null };

const datasetOf = async (site: Site, tx: Tx, one: store.Listed, usage: ReadonlyMap<string, number>): Promise<OpenDataset> => {
  const { metadata, id, provider } = one;
  const fields = new Set(openFields(site, one));
  const { rows, changed } = await countRows(tx, one.register ?? '');
  const department = site.use(Directory).departmentByCode(provider);
  return {
    id, name: metadata.name, abstract: metadata.abstract, provider: department ? { zh: department.name.zh, en: department.name.en } : null, code: metadata.code, class: metadata.class, cycle: metadata.cycle,
    items: metadata.items.filter(({ name }) => fields.has(name)).map(({ name, title, kind }) => ({ name, title, kind })), rows, changedOn: changed ?? dayOf(one.at), downloads: usage.get(id) ?? 0,
  };
};

/** Open data sets, by words in either language. */
export const listOpen = (site: Site, q: string): Promise<OpenDataset[]> => site.database.as(site.database.system, async (tx) => {
  const words = q.trim().toLowerCase();
  const found = (await openResources(tx)).filter(({ id, metadata: { name, abstract } }) => words === '' || [id, name.zh, name.en, abstract.zh, abstract.en].some((text) => text.toLowerCase().includes(words)));
  const usage = await selectUsage(tx);
  const sets: OpenDataset[] = [];
  for (const one of found) sets.push(await datasetOf(site, tx, one, usage));
  return sets;
}, { readOnly: true });

export type OpenRow = Record<string, unknown>;

/** Rows after a key, in the order of their keys; only open fields leave the database. */
const rowsAfter = async (site: Site, tx: Tx, one: store.Listed, after: string, limit: number): Promise<{ key: string; row: OpenRow }[]> => {
  const fields = openFields(site, one);
  const { rows } = await tx.named<{ key: string; row: OpenRow }>('catalogue.openRows', `select r.key, (select jsonb_object_agg(f.name, r.data->f.name) from unnest($3::text[]) f(name)) as row from registers.record r
    where r.register = $1 and r.known_to is null and r.valid_to is null and r.key > $2 and r.secrecy <= 1 order by r.key limit $4`, [one.register, after, fields, limit]);
  return rows.map(({ key, row }) => ({ key, row: Object.fromEntries(fields.map((name) => [name, row[name] ?? null])) }));
};

export const readOpen = (site: Site, id: string): Promise<{ dataset: OpenDataset; preview: OpenRow[] }> => site.database.as(site.database.system, async (tx) => {
  const one = await findOpen(tx, id);
  await countUsage(tx, id, dayOf(site.clock.now()), 'page');
  return { dataset: await datasetOf(site, tx, one, await selectUsage(tx)), preview: (await rowsAfter(site, tx, one, '', 10)).map(({ row }) => row) };
});

export const readRows = (site: Site, id: string, after: string, limit: number): Promise<{ items: OpenRow[]; next: string | null }> => site.database.as(site.database.system, async (tx) => {
  const one = await findOpen(tx, id);
  await countUsage(tx, id, dayOf(site.clock.now()), 'rows');
  const found = await rowsAfter(site, tx, one, after, limit + 1);
  const items = found.slice(0, limit);
  return { items: items.map(({ row }) => row), next: found.length > limit ? items.at(-1)?.key ?? null : null };
});

const PAGE = 2000;
/** A cell that a spreadsheet would take for a formula is text (OWASP, CSV injection). */
const cell = (value: unknown): string => {
  const plain = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const text = /^[=+\-@\t\r]/.test(plain) && !/^-?\d+(\.\d+)?$/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The whole of a data set as text, a page at a time, so that no size of it fills the memory. */
export const writeRows = async function* (site: Site, id: string, format: 'csv' | 'json'): AsyncGenerator<string> {
  const { one, fields } = await site.database.as(site.database.system, async (tx) => {
    const found = await findOpen(tx, id);
    await countUsage(tx, id, dayOf(site.clock.now()), 'file');
    return { one: found, fields: openFields(site, found) };
  });
  yield format === 'csv' ? `\ufeff${fields.map(cell).join(',')}\r\n` : '[';
  let after = '';
  for (let isFirst = true; ;) {
    const page = await site.database.as(site.database.system, (tx) => rowsAfter(site, tx, one, after, PAGE), { readOnly: true });
    if (page.length === 0) break;
    after = page.at(-1)?.key ?? after;
    yield format === 'csv' ? page.map(({ row }) => `${fields.map((name) => cell(row[name])).join(',')}\r\n`).join('') : `${isFirst ? '' : ','}\n${page.map(({ row }) => JSON.stringify(row)).join(',\n')}`;
    isFirst = false;
    if (page.length < PAGE) break;
  }
  if (format === 'json') yield '\n]\n';
};

/** JSON Schema of one row, from the register's own, cut to what is open. */
export const schemaOf = (site: Site, one: store.Listed): Record<string, unknown> => {
  const { properties = {} } = (site.use(Registers).definition(one.register ?? '')?.schema ?? {}) as { properties?: Record<string, Record<string, unknown>> };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema', title: one.metadata.name.zh, description: one.metadata.abstract.en, type: 'object',
    properties: Object.fromEntries(openFields(site, one).map((name) => [name, { ...properties[name], title: one.metadata.items.find((item) => item.name === name)?.title.zh ?? name }])),
  };
};
