import { dayOf, type Clock } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Directory } from '@zhengwu/directory';
import { key as named } from '@zhengwu/module';
import type { Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import { enter, type Named } from './filling.ts';
import type { KindCode } from './kind.ts';
import { viewOf } from './merging.ts';
import { profileOf, type Profile } from './profile.ts';
import { resolveRows, type Resolution } from './resolving.ts';
import * as entries from './store.ts';
import * as store from './store-review.ts';

export type { Resolution } from './resolving.ts';

/** A row of somebody's that may be a record of the register, for a person to look at. */
export interface Doubt {
  /** `import:<id>`: who asks and hears of the decision by the event `matching.decided`. */
  origin: string;
  /** What the asker knows the row by. */
  reference: string;
  row: Readonly<Record<string, unknown>>;
  resolution: Resolution;
}

/** Same person, same company, same address? All of it runs as the platform, in the caller's transaction. */
export interface Matching {
  /** What the records of a register stand for; null where they cannot be compared. */
  kindOf(register: string): KindCode | null;
  /** For each row, in order: the record it is, may be, or that it is new. Throws `matching.no-kind`, and `matching.not-ready` while a large register is being read the first time. */
  resolve(tx: Tx, register: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<Resolution[]>;
  /** Makes records found at once, from this transaction on; without it they are after the event `register.changed`. */
  enter(tx: Tx, register: string, records: readonly Named[]): Promise<void>;
  /** Puts doubts before a person: each with its best candidate, once for each reference. Answers how many are new. */
  ask(tx: Tx, register: string, doubts: readonly Doubt[]): Promise<number>;
  /** The keys under which these are found since they were merged; those that were not are left out. */
  survivors(tx: Tx, register: string, keys: readonly string[]): Promise<Map<string, string>>;
  /** The record that a key stands for, with what only the records merged into it say. */
  view(tx: Tx, register: string, key: string, day: string): Promise<{ key: string; absorbed: string[]; data: Record<string, unknown> } | null>;
}

export const Matching = named<Matching>('matching');

/** The same with what the module itself needs. */
export interface OpenMatching extends Matching {
  profile(register: string): Profile | null;
  profiles(): Profile[];
  /** Of the department that keeps the register; null where the directory does not know it. */
  departmentOf(register: string): number | null;
  /** Today in Asia/Shanghai. */
  today(): string;
}

const LATEST = '9999-12-31';

/** Takes what changed in a register: reads the records anew and enters them. */
export const takeChanges = async (tx: Tx, registers: Registers, profile: Profile, keys: readonly string[]): Promise<void> => {
  const found = await registers.readAll(tx, keys.map((key) => ({ register: profile.register, key })), LATEST);
  const records = keys.flatMap((key, at) => (found[at] ? [{ key, data: found[at] }] : []));
  await enter(tx, profile, records, keys.filter((_, at) => !found[at]));
};

export const openMatching = (registers: Registers, directory: Directory, clock: Clock): OpenMatching => {
  const profile = (register: string): Profile | null => {
    const definition = registers.definition(register);
    return definition ? profileOf(definition) : null;
  };
  const needed = (register: string): Profile => {
    const found = profile(register);
    if (!found) throw fail('matching.no-kind', { register });
    return found;
  };
  const departmentOf = (register: string): number | null => directory.departmentByCode(registers.definition(register)?.keeper ?? '')?.id ?? null;
  return {
    profile, departmentOf,
    profiles: () => registers.definitions().flatMap((definition) => profileOf(definition) ?? []),
    today: () => dayOf(clock.now()),
    kindOf: (register) => profile(register)?.kind.code ?? null,
    resolve: (tx, register, rows) => resolveRows(tx, needed(register), rows),
    enter: (tx, register, records) => enter(tx, needed(register), records),
    ask: async (tx, register, doubts) => {
      const row = await entries.registerRow(tx, register);
      const pairs = doubts.flatMap(({ origin, reference, row: incoming, resolution: { key, score, fields } }): store.NewPair[] =>
        (key === undefined ? [] : [{ register, department: departmentOf(register), key, incoming, origin, reference, score, band: 'possible', fields, weights: row?.weights ?? 0 }]));
      return (await store.addPairs(tx, pairs)).possible;
    },
    survivors: store.survivorsOf,
    view: (tx, register, key, day) => viewOf(tx, registers, register, key, day),
  };
};
