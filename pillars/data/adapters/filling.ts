import type { Tx } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import { recordIssues } from '@zhengwu/pack';
import { checks, Registers, writeBatch } from '@zhengwu/registers';
import type { Refusal, Sink } from './flow.ts';
import type { Ground } from './ground.ts';
import * as store from './store.ts';
import type { KeyedRow } from './table-sink.ts';

type Into = Extract<Sink, { register: string }>;

/** The rows in their order, cut where a key comes again. */
export const rounds = (rows: readonly KeyedRow[]): KeyedRow[][] => {
  const cut: KeyedRow[][] = [];
  let seen = new Set<string>();
  for (const one of rows) {
    const round = cut.at(-1);
    if (round && !seen.has(one.key)) round.push(one);
    else {
      cut.push([one]);
      seen = new Set();
    }
    seen.add(one.key);
  }
  return cut;
};

/** Each by itself, where one of them does not go with what the register holds; what is no refusal of a row ends the turn. */
const writeEach = async ({ use }: Ground, tx: Tx, { register, validFrom }: Into, cause: string, rows: readonly KeyedRow[]): Promise<Refusal[]> => {
  const refusals: Refusal[] = [];
  for (const { row, key, cells } of rows) {
    const error = await store.attempt(tx, () => use(Registers).write(tx, { register, key, data: cells, validFrom, cause }));
    if (error === undefined) continue;
    if (!isZhengwuError(error)) throw error;
    refusals.push({ row, code: error.code });
  }
  return refusals;
};

/** Writes rows into a register, as many at once as have keys of their own; a row that says what the register knows writes nothing. */
export const fill = async (ground: Ground, tx: Tx, into: Into, cause: string, rows: readonly KeyedRow[]): Promise<Refusal[]> => {
  const registers = ground.use(Registers);
  const register = registers.definition(into.register);
  if (!register) return writeEach(ground, tx, into, cause, rows);
  const refusals: Refusal[] = [];
  for (const round of rounds(rows)) {
    const held = await registers.readAll(tx, round.map(({ key }) => ({ register: register.code, key })), into.validFrom);
    const fit = round.filter(({ row, cells }, at) => {
      const isFit = recordIssues(register, { ...held[at], ...cells }, checks).length === 0;
      if (!isFit) refusals.push({ row, code: 'register.record-invalid' });
      return isFit;
    });
    if (fit.length === 0) continue;
    const error = await store.attempt(tx, async () => void (await writeBatch(tx, { register: register.code, cause, rows: fit.map(({ key, cells }) => ({ key, data: cells, validFrom: into.validFrom })) })));
    if (error !== undefined) refusals.push(...(await writeEach(ground, tx, into, cause, fit)));
  }
  return refusals;
};
