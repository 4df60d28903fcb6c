import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, writeBatch, type BatchRow } from '@zhengwu/registers';
import { rowCheck, type Checked } from './checking.ts';
import { openRows } from './rows/open-rows.ts';
import type { Body } from './rows/raw-row.ts';
import * as store from './store.ts';

export const RUN = 'imports.run';
/** Rows that are written and told in one transaction; each record takes a lock while it lasts. */
const BATCH = 2000;

export type RunSite = Pick<Site, 'database' | 'files' | 'clock' | 'use'>;

export const bodyOf = ({ files }: Pick<Site, 'files'>, hash: string, size: number): Body => ({
  size,
  open: async (start, end) => (await files.open(hash, start === undefined ? undefined : { start, end: Math.min(end ?? size, size) - 1 })).body,
});

interface Plan {
  rows: BatchRow[];
  refusals: store.Refusal[];
  /** Rows that only repeat an earlier one of the batch. */
  echoes: number;
  numbers: Map<string, number>;
  count: number;
}

const planOf = (checked: readonly Checked[], validFrom: string): Plan => {
  const plan: Plan = { rows: [], refusals: [], echoes: 0, numbers: new Map(), count: checked.length };
  const said = new Map<string, string>();
  for (const { row, key, data, issues } of checked) {
    if (issues.length > 0) {
      plan.refusals.push({ row, issues });
      continue;
    }
    if (plan.numbers.has(key)) {
      const earlier = said.get(key) ?? JSON.stringify(plan.rows.find((one) => one.key === key)?.data);
      said.set(key, earlier);
      if (earlier === JSON.stringify(data)) plan.echoes += 1;
      else plan.refusals.push({ row, issues: [{ path: '', code: 'import.repeated' }] });
      continue;
    }
    plan.numbers.set(key, row);
    plan.rows.push({ key, data, validFrom });
  }
  return plan;
};

/** What a batch would do, done and taken back. */
const tryBatch = async (tx: Tx, work: () => ReturnType<typeof writeBatch>) => {
  await tx.query('savepoint trial');
  const result = await work();
  await tx.query('rollback to savepoint trial');
  return result;
};

interface Run {
  site: RunSite;
  row: store.ImportRow;
  register: Register;
  runner: string;
  /** When the last batch was committed. */
  last: number;
}

/** Writes a batch and moves the position past it in one transaction; false where another runner has taken over. */
const commitBatch = (run: Run, from: number, plan: Plan): Promise<boolean> => run.site.database.as(run.site.database.system, async (tx) => {
  const { row, register, runner } = run;
  if (!(await store.hold(tx, row.id, runner, from))) return false;
  const work = () => writeBatch(tx, { register: register.code, cause: `import:${row.id}`, rows: plan.rows, once: true });
  const { added, changed, unchanged, repeated } = plan.rows.length === 0 ? { added: 0, changed: 0, unchanged: 0, repeated: [] } : await (row.is_trial ? tryBatch(tx, work) : work());
  const all = [...plan.refusals, ...repeated.map((key) => ({ row: plan.numbers.get(key) ?? 0, issues: [{ path: '', code: 'import.repeated' }] }))];
  await store.insertRefusals(tx, row.id, all);
  const since = run.last;
  run.last = performance.now();
  return store.advance(tx, row.id, runner, from, { added, changed, unchanged: unchanged + plan.echoes, refused: all.length }, run.last - since);
});

/** Rows in batches from the position on; what was dealt with before is read past. */
async function* batchesOf({ site, row, register }: Run): AsyncGenerator<Checked[]> {
  const { chunks } = await openRows(bodyOf(site, row.file, row.size), row.format, row.encoding);
  const check = rowCheck(register, row.mapping ?? []);
  let [number, held]: [number, Checked[]] = [0, []];
  for await (const chunk of chunks) {
    for (const raw of chunk) {
      number += 1;
      if (number <= row.position) continue;
      held.push(check(raw, number));
      if (held.length === BATCH) {
        yield held;
        held = [];
      }
    }
  }
  if (held.length > 0) yield held;
}

/** One batch is written while the next is read and checked. */
const work = async (run: Run, signal?: AbortSignal): Promise<boolean> => {
  let from = run.row.position;
  let pending = Promise.resolve(true);
  for await (const checked of batchesOf(run)) {
    const plan = planOf(checked, run.row.valid_from ?? '');
    if (!(await pending) || signal?.aborted) return false;
    pending = commitBatch(run, from, plan);
    pending.catch(() => undefined);
    from += plan.count;
  }
  return pending;
};

/**
 * Works on an import until it is done, the signal aborts or another runner has it. May be called any number of times: it goes on behind the
 * last committed batch. Answers whether it is finished.
 */
export const runImport = async (site: RunSite, id: string, signal?: AbortSignal): Promise<boolean> => {
  const { database, clock } = site;
  const runner = uuidv7();
  const asPlatform = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => database.as(database.system, act);
  const row = await asPlatform((tx) => store.claim(tx, id, runner));
  const register = row && site.use(Registers).definition(row.register);
  if (!row || !register) return false;
  try {
    const isWhole = await work({ site, row, register, runner, last: performance.now() }, signal);
    return isWhole && (await asPlatform(async (tx) => (await store.finish(tx, id, runner, 'done', null, clock.now())) && (await store.tellDone(tx, id), true)));
  } catch (error) {
    if (!isZhengwuError(error) || !error.code.startsWith('import.')) throw error;
    return await asPlatform((tx) => store.finish(tx, id, runner, 'failed', { code: error.code, params: { ...error.params } }, clock.now()));
  } finally {
    await asPlatform((tx) => store.unclaim(tx, id, runner)).catch(() => undefined);
  }
};
