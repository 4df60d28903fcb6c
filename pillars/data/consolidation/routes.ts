import * as api from '@zhengwu/contracts';
import type { Actor, Consolidation } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import { uuidv7 } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { rollBack } from './consolidating.ts';
import { fail } from './errors.ts';
import { keyColumnOf, propose } from './proposing.ts';
import { closeOld, handedOver, openOld, type OldInventory, type OldRecord } from './source.ts';
import * as store from './store.ts';
import type { CentreRow, MappingRow } from './store.ts';

/** Rows that a proposal looks at. */
const SAMPLE = 2000;
const NONE = { added: 0, same: 0, differs: 0, refused: 0, written: 0 };
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const as = <T>(site: Site, work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const opened = async (tx: Tx, id: string): Promise<CentreRow> => {
  const centre = await store.find(tx, id);
  if (!centre) throw fail('consolidation.unknown');
  return centre;
};

/** Before: the old centre as it was entered. After the switch-over it is no more: its department is a tenant of the city's. */
const afterOf = ({ state, figures }: CentreRow): Consolidation['after'] => (state === 'switched' ? { centres: 0, links: 0, machines: 0, people: 0 } : figures);

const view = (site: Site, id: string): Promise<Consolidation> => as(site, async (tx) => {
  const centre = await opened(tx, id);
  const [mappings, counts] = [await store.mappings(tx, id), await store.counts(tx, id)];
  return {
    id, code: centre.code, name: centre.name, state: centre.state, takenAt: centre.taken_at.toISOString(), migratedAt: iso(centre.migrated_at), switchedAt: iso(centre.switched_at), rolledBackAt: iso(centre.rolled_back_at),
    before: centre.figures, after: afterOf(centre),
    tables: centre.tables.map((table) => {
      const mapping = mappings.find((one) => one.table_name === table.name);
      return { ...table, register: mapping?.register ?? null, keyColumn: mapping?.key_column ?? null, fields: mapping?.fields ?? [], confirmed: mapping !== undefined, outcomes: counts.get(table.name) ?? NONE };
    }),
  };
});

const inventoryOf = (site: Site, code: string): OldInventory => {
  const old = openOld(site.config.dataFolder, code);
  try {
    return old.inventory();
  } finally {
    old.close();
  }
};

const take = async (site: Site, actor: Actor, { code, figures }: api.BodyOf<typeof api.takeConsolidation>): Promise<{ id: string }> => {
  const { name, tables } = inventoryOf(site, code);
  const id = uuidv7();
  await as(site, async (tx) => {
    if (!(await store.insert(tx, { id, code, name, figures, tables, taken_at: site.clock.now() }))) throw fail('consolidation.taken', { code });
    await site.audit.recordFor(tx, actor, { event: 'consolidation.taken', subject: id, detail: { code, tables: tables.length, rows: tables.reduce((sum, one) => sum + one.rows, 0) } });
  });
  return { id };
};

const sampleOf = (site: Site, code: string, table: string): OldRecord[] => {
  const old = openOld(site.config.dataFolder, code);
  try {
    return old.rows(table, 1, SAMPLE).map(({ cells }) => cells);
  } finally {
    old.close();
  }
};

/** Looks the values of each column up as keys of the register: the key column is the one that the city knows best. */
const proposal = async (site: Site, id: string, { table, register: code }: { table: string; register: string }): Promise<api.ResponseOf<typeof api.proposeMapping>> => {
  const centre = await as(site, (tx) => opened(tx, id));
  if (!centre.tables.some(({ name }) => name === table)) throw fail('consolidation.no-table', { table });
  const registers = site.use(Registers);
  const register = registers.definition(code);
  if (!register) throw fail('consolidation.no-register', { register: code });
  const rows = sampleOf(site, centre.code, table);
  const columns = centre.tables.find(({ name }) => name === table)?.columns.filter(({ distinct }) => distinct > 1) ?? [];
  const keys = [...new Set(columns.flatMap(({ name }) => rows.map((row) => String(row[name] ?? '').trim())))].filter((value) => value !== '' && value.length <= 100);
  const found = await as(site, (tx) => registers.readAll(tx, keys.map((key) => ({ register: code, key })), dayOf(site.clock.now())));
  const records = new Map(keys.flatMap((key, i) => (found[i] ? [[key, found[i]] as const] : [])));
  const keyColumn = keyColumnOf(rows, (value) => records.has(value));
  return keyColumn ? { keyColumn, ...propose(register, rows, keyColumn, records) } : { keyColumn: null, fields: [], compared: 0 };
};

const checkMapping = (site: Site, centre: CentreRow, { table, register: code, keyColumn, fields }: api.BodyOf<typeof api.keepMapping>): MappingRow => {
  const columns = centre.tables.find(({ name }) => name === table)?.columns.map(({ name }) => name);
  if (!columns) throw fail('consolidation.no-table', { table });
  const register = site.use(Registers).definition(code);
  if (!register) throw fail('consolidation.no-register', { register: code });
  const wrong = [{ field: register.key, column: keyColumn }, ...fields].find(({ field, column }) => !columns.includes(column) || !register.fields.some(({ key }) => key === field));
  if (wrong) throw fail('consolidation.no-column', { table, column: wrong.column, field: wrong.field });
  const rest = fields.filter(({ field }) => field !== register.key);
  return { table_name: table, register: code, key_column: keyColumn, fields: [{ field: register.key, column: keyColumn, reading: 'text', agreement: null }, ...rest] };
};

const map = (site: Site, actor: Actor, id: string, body: api.BodyOf<typeof api.keepMapping>): Promise<{ kept: boolean }> => as(site, async (tx) => {
  const centre = await opened(tx, id);
  if (!['inventoried', 'compared'].includes(centre.state)) throw fail('consolidation.wrong-state', { state: centre.state });
  await store.keepMapping(tx, id, checkMapping(site, centre, body), actor.name);
  await store.forgetRows(tx, id);
  await store.move(tx, id, ['compared'], 'inventoried');
  await site.audit.recordFor(tx, actor, { event: 'consolidation.mapped', subject: id, detail: { table: body.table, register: body.register, fields: body.fields.length } });
  return { kept: true };
});

/** The work runs as a job: who asked goes on, and what is cut off is begun again where it stood. */
const start = (site: Site, actor: Actor, id: string, step: 'compare' | 'migrate'): Promise<{ started: boolean }> => as(site, async (tx) => {
  const centre = await opened(tx, id);
  if ((await store.mappings(tx, id)).length === 0) throw fail('consolidation.unmapped');
  // A step that was cut off for good may be begun again and goes on where it stood.
  if (!(await store.move(tx, id, step === 'compare' ? ['inventoried', 'compared', 'comparing'] : ['compared', 'migrated', 'migrating'], step === 'compare' ? 'comparing' : 'migrating'))) throw fail('consolidation.wrong-state', { state: centre.state });
  if (step === 'compare' && centre.state !== 'comparing') await store.forgetRows(tx, id);
  await site.jobs.enqueue(tx, { job: `consolidation.${step}`, payload: { id }, key: `consolidation.${step}:${id}` });
  await site.audit.recordFor(tx, actor, { event: step === 'compare' ? 'consolidation.compared' : 'consolidation.migrated', subject: id, detail: { code: centre.code } });
  return { started: true };
});

/** Rows that nobody has accounted for: not compared, not written, or of a table that is neither mapped nor left behind on purpose. */
const openRows = ({ tables }: CentreRow, mapped: readonly string[], counts: ReadonlyMap<string, store.Counts>, leave: readonly string[]): number =>
  tables.filter(({ name }) => mapped.includes(name) || !leave.includes(name)).reduce((sum, { name, rows }) => {
    const { added, same, differs, refused, written } = (mapped.includes(name) ? counts.get(name) : undefined) ?? NONE;
    return sum + (rows - added - same - differs - refused) + (added - written);
  }, 0);

const switchOver = (site: Site, actor: Actor, id: string, { reason, leave }: api.BodyOf<typeof api.switchConsolidation>): Promise<{ switched: boolean }> => as(site, async (tx) => {
  const centre = await opened(tx, id);
  const mapped = (await store.mappings(tx, id)).map(({ table_name: table }) => table);
  const open = openRows(centre, mapped, await store.counts(tx, id), leave);
  if (open !== 0) throw fail('consolidation.unreconciled', { rows: open });
  if (!(await store.move(tx, id, ['migrated'], 'switched', 'switched_at'))) throw fail('consolidation.wrong-state', { state: centre.state });
  await site.audit.recordFor(tx, actor, { event: 'consolidation.switched', subject: id, detail: { code: centre.code, reason, leave: [...leave] } });
  await closeOld(site.config.dataFolder, centre.code);
  return { switched: true };
});

export const routes = (site: Site, http: Http): void => {
  http.route(api.listConsolidations, async () => {
    const [files, rows] = [await handedOver(site.config.dataFolder), await as(site, store.list)];
    const taken = new Set(rows.filter(({ state }) => state !== 'rolledBack').map(({ code }) => code));
    return {
      found: files.filter(({ code }) => !taken.has(code)).map(({ code, bytes }) => ({ code, bytes, name: inventoryOf(site, code).name })),
      items: rows.map(({ id, code, name, state, taken_at: at }) => ({ id, code, name, state, takenAt: at.toISOString() })),
    };
  });
  http.route(api.takeConsolidation, ({ actor, body }) => take(site, actor, body));
  http.route(api.readConsolidation, ({ params }) => view(site, params.id));
  http.route(api.proposeMapping, ({ params, body }) => proposal(site, params.id, body));
  http.route(api.keepMapping, ({ actor, params, body }) => map(site, actor, params.id, body));
  http.route(api.compareConsolidation, ({ actor, params }) => start(site, actor, params.id, 'compare'));
  http.route(api.migrateConsolidation, ({ actor, params }) => start(site, actor, params.id, 'migrate'));
  http.route(api.switchConsolidation, ({ actor, params, body }) => switchOver(site, actor, params.id, body));
  http.route(api.rollBackConsolidation, async ({ actor, params, body }) => ({ takenBack: await rollBack(site, actor, params.id, body.reason) }));
  http.route(api.listOldRows, ({ params, query }) => as(site, async (tx) => {
    await opened(tx, params.id);
    const [limit, after] = [query.limit ?? 20, query.after ?? 0];
    const rows = await store.page(tx, params.id, { table: query.table ?? null, outcome: query.outcome ?? null, after }, limit + 1);
    return {
      items: rows.slice(0, limit).map(({ table_name: table, row_no: row, key, outcome, written, detail }) => ({ table, row, key, outcome, written, detail })),
      next: rows.length > limit ? after + limit : null,
    };
  }));
};
