import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { maskCitizenNumber } from '@zhengwu/ids';
import type { Site } from '@zhengwu/module';
import type { QualityRule, Register } from '@zhengwu/pack';
import { maskRecord, type Reader } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { checksOf, measuredRegisters, reached, reaches, rulesOf } from './rules.ts';
import type { Check } from './store-checks.ts';
import * as records from './store-measuring.ts';
import * as store from './store.ts';

/** Days of measurements in a trend. */
const TREND = 90;
/** Records looked at in one statement, and milliseconds after which a page ends with what it has found. */
const WINDOW = 20_000;
const PATIENCE = 1500;
const PAGE = 20;

const maskedKey = (register: Register, key: string): string => (register.fields.some((field) => field.key === register.key && field.identifier === 'citizenNumber') ? maskCitizenNumber(key) : key);

/** Weighted by the rules; null where none could be judged. */
const weigh = (scores: readonly Pick<store.ScoreRow, 'score' | 'weight'>[]): number | null => {
  const judged = scores.filter(({ score }) => score !== null);
  const weight = judged.reduce((sum, one) => sum + one.weight, 0);
  return weight === 0 ? null : judged.reduce((sum, one) => sum + (one.score ?? 0) * one.weight, 0) / weight;
};

const dimensionsOf = (site: Site, register: Register, scores: readonly store.ScoreRow[]) =>
  [...new Set(rulesOf(site, register).map(({ kind }) => kind))].map((dimension) => ({ dimension, score: weigh(scores.filter((one) => one.dimension === dimension)) }));

const viewOf = (site: Site, register: Register, runs: readonly store.RunRow[], scores: readonly store.ScoreRow[]) => {
  const mine = runs.filter((run) => run.register === register.code);
  const running = mine.find(({ state }) => state === 'running');
  const own = scores.filter((one) => one.register === register.code);
  return {
    register: register.code, name: register.name, category: register.category ?? null, keeper: site.use(Directory).departmentByCode(register.keeper)?.name ?? null, rules: rulesOf(site, register).length,
    rows: mine.find(({ state }) => state === 'done')?.rows ?? 0, score: weigh(own), dimensions: dimensionsOf(site, register, own), measuredAt: own[0]?.measured_at.toISOString() ?? null, running: running !== undefined, looked: running?.rows ?? 0,
  };
};

export const listScores = async (site: Site, actor: Actor) => {
  const registers = measuredRegisters(site).filter((register) => reaches(site, actor, register));
  const [runs, scores] = await site.database.as(actor, async (tx) => [await store.latestRuns(tx), await store.latestScores(tx, registers.map(({ code }) => code))] as const, { readOnly: true });
  return { items: registers.map((register) => viewOf(site, register, runs, scores)) };
};

const labelled = (register: Register, keys: readonly string[]) => keys.map((key) => register.fields.find((field) => field.key === key)?.label ?? { zh: key, en: key });

const trendOf = (rows: readonly { day: string; dimension: QualityRule['kind']; score: number | null }[]) =>
  [...Map.groupBy(rows, ({ day }) => day)].map(([day, list]) => ({ day, dimensions: list.map(({ dimension, score }) => ({ dimension, score })) }));

export const readScores = async (site: Site, actor: Actor, code: string) => {
  const register = reached(site, actor, code);
  const { database } = site;
  const [runs, scores, trend] = await database.as(actor, async (tx) => [await store.latestRuns(tx), await store.latestScores(tx, [code]), await store.trendOf(tx, code, TREND)] as const, { readOnly: true });
  const ids = await database.as(database.system, (tx) => records.idsOf(tx, code, scores.flatMap(({ samples }) => samples)), { readOnly: true });
  return {
    ...viewOf(site, register, runs, scores), trend: trendOf(trend), mayMeasure: actor.permissions['quality.measure'] !== undefined,
    scores: rulesOf(site, register).map((rule) => {
      const { judged = 0, failing = 0, score = null, samples = [] } = scores.find((one) => one.rule === rule.code) ?? {};
      return {
        code: rule.code, name: rule.name ?? null, dimension: rule.kind, fields: labelled(register, rule.fields), weight: rule.weight ?? 1, judged, failing, score,
        samples: samples.flatMap((key) => (ids.has(key) ? [{ id: ids.get(key) ?? '', key: maskedKey(register, key) }] : [])),
      };
    }),
  };
};

/** Its keeper's stewards see values up to `internal`; what stands above is masked here and shown by the register alone. */
const reader: Reader = { own: false, official: true, departments: [], withoutNumbers: true };

const rowOf = (register: Register, { fields }: QualityRule, row: records.Failing) => {
  const data = maskRecord(register, row.data, reader);
  return {
    id: row.id, key: maskedKey(register, row.key), validFrom: row.valid_from, knownFrom: row.known_from.toISOString(),
    fields: fields.map((key, i) => ({ key, label: labelled(register, fields)[i] ?? { zh: key, en: key }, value: data[key] ?? null })),
  };
};

/** Window after window until the page is full, the register ends, or somebody has waited long enough. */
const gather = async (tx: Tx, code: string, check: Check, from: string, limit: number, clearance: number): Promise<{ rows: records.Failing[]; last: string | null }> => {
  if (check.hash !== undefined) return records.duplicatesAfter(tx, code, check, from, limit, clearance);
  const end = performance.now() + PATIENCE;
  const rows: records.Failing[] = [];
  let last: string | null = from;
  while (last !== null && rows.length < limit && performance.now() < end) {
    const found: { rows: records.Failing[]; last: string | null } = await records.failingAfter(tx, code, check, last, WINDOW, limit - rows.length, clearance);
    rows.push(...found.rows);
    last = found.last;
  }
  return { rows, last };
};

/** What breaks a rule now; a page that took too long to fill leads on from where it ended. */
export const failingRows = async (site: Site, actor: Actor, code: string, name: string, { after, limit = PAGE }: { after?: string | undefined; limit?: number | undefined }) => {
  const register = reached(site, actor, code);
  const rule = rulesOf(site, register).find((one) => one.code === name);
  if (!rule) throw fail('quality.no-rule', { register: register.name.zh, rule: name });
  const { database } = site;
  return database.as(database.system, async (tx) => {
    const check = (await checksOf(site, tx, register)).find((one) => one.code === name);
    if (!check) throw fail('quality.no-rule', { register: register.name.zh, rule: name });
    const from = after === undefined ? '' : await records.keyOf(tx, code, after, actor.clearance);
    if (from === null) throw fail('quality.no-row', { register: register.name.zh });
    const { rows, last } = await gather(tx, code, check, from, limit, actor.clearance);
    const next = last === null ? null : await records.placeOf(tx, code, last);
    return { items: rows.map((row) => rowOf(register, rule, row)), next };
  }, { readOnly: true, isolation: 'repeatable read' });
};

/** The key of one record, shown for a reason. */
export const openRow = async (site: Site, actor: Actor, code: string, id: string, reason: string) => {
  const register = reached(site, actor, code);
  const { database } = site;
  const key = await database.as(database.system, (tx) => records.keyOf(tx, code, id, actor.clearance), { readOnly: true });
  await site.audit.read(actor, { event: 'quality.rowOpened', subject: id, detail: { register: code, reason, ...(key === null ? { found: false } : {}) } });
  if (key === null) throw fail('quality.no-row', { register: register.name.zh });
  return { key };
};
