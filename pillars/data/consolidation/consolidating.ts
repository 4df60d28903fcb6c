import type { Actor } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, withdrawBatch, writeBatch } from '@zhengwu/registers';
import { compareRow } from './comparing.ts';
import { fail } from './errors.ts';
import { readRow } from './reading.ts';
import { openOld, type OldDatabase } from './source.ts';
import * as store from './store.ts';
import type { CentreRow, MappingRow, RowRow } from './store.ts';

const BATCH = 500;
const causeOf = (id: string): string => `consolidation:${id}`;

const registerOf = (site: Site, code: string): Register => {
  const register = site.use(Registers).definition(code);
  if (!register) throw fail('consolidation.no-register', { register: code });
  return register;
};

const knownOf = (site: Site, tx: Tx, register: Register, keys: readonly string[]): Promise<(Record<string, unknown> | null)[]> =>
  site.use(Registers).readAll(tx, keys.map((key) => ({ register: register.code, key })), dayOf(site.clock.now()));

const as = <T>(site: Site, work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);

/** Compares the next rows of a table; answers how many there were. One transaction, so that a kill between two leaves no gap. */
const compareBatch = (site: Site, centre: CentreRow, mapping: MappingRow, old: OldDatabase): Promise<number> => as(site, async (tx) => {
  if ((await store.holdState(tx, centre.id)) !== 'comparing') return 0;
  const register = registerOf(site, mapping.register);
  const rows = old.rows(mapping.table_name, (await store.lastCompared(tx, centre.id, mapping.table_name)) + 1, BATCH);
  if (rows.length === 0) return 0;
  const keys = rows.map(({ cells }) => String(readRow(cells, mapping.fields).data[register.key] ?? ''));
  const [city, before] = [await knownOf(site, tx, register, keys), await store.keysBefore(tx, centre.id, mapping.table_name, keys)];
  await store.keepRows(tx, centre.id, rows.map(({ row, cells }, i) => {
    const { key, outcome, detail } = compareRow(register, mapping, cells, city[i] ?? null, before.has(keys[i] ?? ''));
    if (outcome !== 'refused') before.add(key);
    return { table_name: mapping.table_name, row_no: row, key, outcome, detail };
  }));
  return rows.length;
});

/**
 * Writes the next rows that the city does not know, each with its mark, in one transaction: what is cut off goes on there, and nothing happens twice.
 * What the city has learned since the comparison is looked up once more and never written over.
 */
const migrateBatch = (site: Site, centre: CentreRow, mapping: MappingRow, old: OldDatabase): Promise<number> => as(site, async (tx) => {
  if ((await store.holdState(tx, centre.id)) !== 'migrating') return 0;
  const register = registerOf(site, mapping.register);
  const waiting = await store.unwritten(tx, centre.id, mapping.table_name, BATCH);
  if (waiting.length === 0) return 0;
  const cells = waiting.map(({ row_no: row }) => old.rows(mapping.table_name, row, 1)[0]?.cells ?? {});
  const city = await knownOf(site, tx, register, waiting.map(({ key }) => key));
  const learned = waiting.flatMap((row, i) => (city[i] ? [{ row_no: row.row_no, ...compareRow(register, mapping, cells[i] ?? {}, city[i], false) }] : []));
  const fresh = waiting.flatMap((row, i) => (city[i] ? [] : [{ ...row, data: readRow(cells[i] ?? {}, mapping.fields).data }]));
  await store.settle(tx, centre.id, mapping.table_name, learned);
  const validFrom = dayOf(site.clock.now());
  const { changed } = await writeBatch(tx, { register: register.code, cause: causeOf(centre.id), rows: fresh.map(({ key, data }) => ({ key, validFrom, data })), once: true });
  // Somebody entered one of them between the look and the write: nothing of this batch is kept, and it is looked at again.
  if (changed > 0) throw new Error(`consolidation ${centre.id}: a record of ${register.code} came up meanwhile`);
  await store.markWritten(tx, centre.id, mapping.table_name, fresh.map(({ row_no: row }) => row));
  return waiting.length;
});

const everyTable = async (site: Site, centre: CentreRow, batch: typeof compareBatch): Promise<void> => {
  const old = openOld(site.config.dataFolder, centre.code);
  try {
    for (const mapping of await as(site, (tx) => store.mappings(tx, centre.id))) while ((await batch(site, centre, mapping, old)) > 0);
  } finally {
    old.close();
  }
};

const centreOf = async (site: Site, id: string): Promise<CentreRow> => {
  const centre = await as(site, (tx) => store.find(tx, id));
  if (!centre) throw fail('consolidation.unknown');
  return centre;
};

const finish = (site: Site, id: string, to: 'compared' | 'migrated'): Promise<void> => as(site, async (tx) => {
  if (!(await store.move(tx, id, [to === 'migrated' ? 'migrating' : 'comparing'], to, to === 'migrated' ? 'migrated_at' : undefined))) return;
  const outcomes = [...(await store.counts(tx, id)).values()];
  const sum = (name: keyof store.Counts): number => outcomes.reduce((total, one) => total + one[name], 0);
  await site.audit.record(tx, { event: 'consolidation.finished', subject: id, detail: { step: to, added: sum('added'), same: sum('same'), differs: sum('differs'), refused: sum('refused'), written: sum('written') } });
});

/** Compares all mapped tables; goes on where an earlier run was cut off. */
export const compareAll = async (site: Site, id: string): Promise<void> => {
  await everyTable(site, await centreOf(site, id), compareBatch);
  await finish(site, id, 'compared');
};

/** Writes all that the city does not know yet; goes on where an earlier run was cut off. */
export const migrateAll = async (site: Site, id: string): Promise<void> => {
  await everyTable(site, await centreOf(site, id), migrateBatch);
  await finish(site, id, 'migrated');
};

const STAYS: RowRow['detail'] = [{ field: '', old: null, city: null, why: { zh: '迁入后已被其他业务更改，保留', en: 'Changed by other business since; it stays' } }];

/** Takes the next written rows back; answers how many were looked at and how many are no longer known. What others have changed since stays, and says so. */
const undoBatch = (site: Site, centre: CentreRow, mappings: readonly MappingRow[]): Promise<{ looked: number; takenBack: number }> => as(site, async (tx) => {
  const rows = await store.written(tx, centre.id, BATCH);
  let takenBack = 0;
  for (const { table_name: table, register } of mappings) {
    const own = rows.filter((one) => one.table_name === table);
    if (own.length === 0) continue;
    const gone = new Set(await withdrawBatch(tx, { register, cause: causeOf(centre.id), keys: own.map(({ key }) => key) }));
    await store.settle(tx, centre.id, table, own.map(({ row_no, key }) => (gone.has(key) ? { row_no, outcome: 'added' as const, detail: [] } : { row_no, outcome: 'differs' as const, detail: STAYS })));
    takenBack += gone.size;
  }
  return { looked: rows.length, takenBack };
});

/** Takes back what the migration wrote: from now on it is not known, what was known meanwhile stays on record. Answers the number of records; goes on where it was cut off. */
export const rollBack = async (site: Site, actor: Actor, id: string, reason: string): Promise<number> => {
  const centre = await centreOf(site, id);
  const mappings = await as(site, (tx) => store.mappings(tx, id));
  // From here on no batch of a migration writes any more: each holds the state while it does.
  if (!(await as(site, (tx) => store.move(tx, id, ['compared', 'migrating', 'migrated', 'switched', 'takingBack'], 'takingBack')))) throw fail('consolidation.wrong-state', { state: centre.state });
  let sum = 0;
  for (let batch = await undoBatch(site, centre, mappings); batch.looked > 0; batch = await undoBatch(site, centre, mappings)) sum += batch.takenBack;
  await as(site, async (tx) => {
    await store.move(tx, id, ['takingBack'], 'rolledBack', 'rolled_back_at');
    await site.audit.recordFor(tx, actor, { event: 'consolidation.rolledBack', subject: id, detail: { rows: sum, reason } });
  });
  return sum;
};
