import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Job } from '@zhengwu/jobs';
import type { Site } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers } from '@zhengwu/registers';
import { checksOf, keeperOf, measuredRegisters, rulesOf } from './rules.ts';
import type { Check } from './store-checks.ts';
import * as records from './store-measuring.ts';
import * as store from './store.ts';

const MEASURE = 'quality.measure';
/** Records looked at in one transaction. */
export const BATCH = 10_000;
/** Seconds after which a register that was never measured, or a measurement that was given up, is taken up. */
const KEEP_EVERY = 600;
/** 03:10 in Asia/Shanghai, after imports and matching. */
const NIGHTLY = '10 19 * * *';

interface Measurement {
  id: string;
  register: string;
}

const empty: store.Tally = { judged: 0, failing: 0, samples: [] };
const together = (one: store.Tally, other: store.Tally): store.Tally => ({ judged: one.judged + other.judged, failing: one.failing + other.failing, samples: [...one.samples, ...other.samples].slice(0, records.SAMPLES) });

/** One batch in one transaction; false once the last record was looked at. A measurement that is killed goes on where it was. */
const step = async (site: Site, tx: Tx, register: Register, id: string, size: number): Promise<boolean> => {
  const run = await store.holdRun(tx, id);
  if (run?.state !== 'running') return false;
  const checks = await checksOf(site, tx, register);
  if (run.position === '') await records.clearFingers(tx);
  const { rows, last, tallies } = await records.walk(tx, register.code, checks, run.position, size);
  if (last === null) return false;
  await records.takeFingers(tx, id, register.code, checks, run.position, last);
  const sums = Object.fromEntries(checks.map(({ code }, i) => [code, together(run.tallies[code] ?? empty, tallies[i] ?? empty)]));
  await store.moveRun(tx, { id, position: last, rows: run.rows + rows, tallies: sums });
  return true;
};

const scoreOf = ({ judged, failing }: store.Tally): number | null => (judged === 0 ? null : (judged - failing) / judged);

const finish = async (site: Site, tx: Tx, register: Register, id: string): Promise<void> => {
  const run = await store.holdRun(tx, id);
  if (run?.state !== 'running') return;
  const tallied = async ({ code, hash }: Check): Promise<store.Tally> => {
    const walked = run.tallies[code] ?? empty;
    return hash === undefined ? walked : { ...walked, ...(await records.gatherDuplicates(tx, id, register.code, code)) };
  };
  const scores: Omit<store.ScoreRow, 'register' | 'measured_at'>[] = [];
  for (const check of await checksOf(site, tx, register)) {
    const tally = await tallied(check);
    scores.push({ dimension: check.dimension, rule: check.code, weight: check.weight, ...tally, score: scoreOf(tally) });
  }
  const at = site.clock.now();
  await store.insertScores(tx, run, scores, at);
  await store.endRun(tx, id, at);
  await records.clearFingers(tx);
};

/** Measures a register to its end: a batch a transaction, then one for what the batches show together. */
export const measure = async (site: Site, { id, register: code }: Measurement, signal: AbortSignal, size = BATCH): Promise<void> => {
  const { database } = site;
  const register = site.use(Registers).definition(code);
  if (!register || rulesOf(site, register).length === 0) return database.as(database.system, (tx) => store.dropRun(tx, id));
  while (await database.as(database.system, (tx) => step(site, tx, register, id, size))) {
    if (signal.aborted) throw new Error('the measurement goes on after the start');
  }
  await database.copy(database.system, (tx) => finish(site, tx, register, id));
};

/** One register is measured after another, so that measuring never takes more than one connection. */
const queue = (site: Site, tx: Tx, one: Measurement): Promise<void> => site.jobs.enqueue(tx, { job: MEASURE, payload: { id: one.id, register: one.register }, key: `quality-${one.id}`, queue: 'quality' });

/** Begins a measurement and queues it; null when one of the register is under way. */
export const begin = async (site: Site, tx: Tx, register: Register, name: string | null): Promise<string | null> => {
  const id = uuidv7();
  if (!(await store.beginRun(tx, { id, register: register.code, keeper: keeperOf(site, register), name, started_at: site.clock.now() }))) return null;
  await queue(site, tx, { id, register: register.code });
  return id;
};

/** Every register with rules, or those of them that were never measured. */
export const measureAll = async (site: Site, isFirst: boolean): Promise<void> => {
  const { database } = site;
  await database.as(database.system, async (tx) => {
    const seen = new Set(isFirst ? (await store.latestRuns(tx)).map(({ register }) => register) : []);
    for (const register of measuredRegisters(site)) if (!seen.has(register.code)) await begin(site, tx, register, null);
  });
};

const keep = async (site: Site): Promise<void> => {
  const { database } = site;
  await database.as(database.system, async (tx) => {
    for (const run of await store.runningRuns(tx)) await queue(site, tx, run);
  });
  await measureAll(site, true);
};

export const jobs = (site: Site): Job[] => [
  { name: MEASURE, run: (payload, { signal }) => measure(site, payload as Measurement, signal) },
  { name: 'quality.keep', everySeconds: KEEP_EVERY, run: () => keep(site) },
  { name: 'quality.nightly', cron: NIGHTLY, run: () => measureAll(site, false) },
];
