import type { Database } from '@zhengwu/database';
import { isCitizenNumber, isDivisionCode, isOrganisationCode, isUscc } from '@zhengwu/ids';
import { recordIssues, type Register } from '@zhengwu/pack';
import { fail } from './errors.ts';
import type { Asked, Change, Registers } from './registers.ts';
import { insertFirst, lookUp, selectAsKnown, selectCurrent, selectDefinitions, selectHistory, upsertRegister, writeChanges, type Found } from './store.ts';

const identifiers = { citizenNumber: isCitizenNumber, uscc: isUscc, organisationCode: isOrganisationCode, division: isDivisionCode };
/** How numbers in records are checked. */
export const checks = { isIdentifier: (kind: keyof typeof identifiers, value: string): boolean => identifiers[kind](value) };

const inOrder = <T extends Found>(asked: readonly Asked[], rows: readonly T[]): (T | null)[] =>
  asked.map((one) => rows.find((row) => row.register === one.register && row.key === one.key) ?? null);
const dataOf = (rows: readonly (Found | null)[]): (Record<string, unknown> | null)[] => rows.map((row) => row?.data ?? null);

/** The registers of one site; knows their definitions in memory, keeps the records in the database. */
export const openRegisters = async (database: Database): Promise<Registers> => {
  const known = new Map<string, Register>();
  const definitionOf = (code: string): Register => {
    const found = known.get(code);
    if (!found) throw fail('register.unknown', { register: code });
    return found;
  };
  const issuesOf = (change: Change, current: Record<string, unknown> | null): string[] => recordIssues(definitionOf(change.register), { ...current, ...change.data }, checks);
  for (const register of await database.as(database.system, selectDefinitions)) known.set(register.code, register);
  const registers: Registers = {
    definition: (code) => known.get(code),
    definitions: () => [...known.values()],
    define: async (packHash, list) => {
      await database.as(database.system, async (tx) => {
        for (const register of list) await upsertRegister(tx, register, packHash);
      });
      for (const register of list) known.set(register.code, register);
    },
    read: async (tx, register, key, day, at) => (await registers.readAll(tx, [{ register, key }], day, at))[0] ?? null,
    readAll: async (tx, asked, day, at) => dataOf(inOrder(asked, asked.length === 0 ? [] : at ? await selectAsKnown(tx, asked, day, at) : await selectCurrent(tx, asked, day))),
    lookUp: async (asked, day) => inOrder(asked, asked.length > 0 ? await lookUp(database, asked, day) : []),
    history: selectHistory,
    write: async (tx, change) => {
      const issues = issuesOf(change, await registers.read(tx, change.register, change.key, change.validFrom));
      if (issues.length > 0) throw fail('register.record-invalid', { register: change.register, issues: issues.join('; ') });
      await writeChanges(tx, [change]);
    },
    row: (change) => {
      definitionOf(change.register);
      return change;
    },
    load: insertFirst,
  };
  return registers;
};
