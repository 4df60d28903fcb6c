import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Registers, Version } from '@zhengwu/registers';
import { fail } from './errors.ts';
import * as store from './store-review.ts';

type Data = Record<string, unknown>;

/** Who merges or undoes. */
export interface Doer {
  person: string | null;
  name: string;
}

export interface Merge {
  register: string;
  department: number | null;
  /** Kept and found under its key. */
  survivor: string;
  /** Kept too, but found under the survivor's. */
  absorbed: string;
  /** Fields of which the absorbed record's value is the right one. */
  take: readonly string[];
  pair: string | null;
  /** Day of the merge in Asia/Shanghai. */
  day: string;
}

/** After every version: reads the one that is open. */
const END = '9999-12-31';

const causeOf = (id: string): string => `merge:${id}`;

const changedBy = (survivor: Data, absorbed: Data, take: readonly string[], key: string | undefined): store.Changed =>
  Object.fromEntries(take.map((field) => {
    const [before, since] = [survivor[field], absorbed[field]];
    // A field that the survivor lacks is seen through its view, never written: what was written as new could not be taken back.
    if (field === key || before === undefined || since === undefined || JSON.stringify(before) === JSON.stringify(since)) throw fail('matching.no-field', { field });
    return [field, [before, since]];
  }));

const write = async (tx: Tx, registers: Registers, { register, survivor }: Pick<Merge, 'register' | 'survivor'>, data: Data, validFrom: string, id: string): Promise<void> => {
  if (Object.keys(data).length > 0) await registers.write(tx, { register, key: survivor, data, validFrom, cause: causeOf(id) });
};

/** Makes two records one: both stay in the register, the survivor takes the chosen values, the absorbed one is found under it. Answers the merge's id. */
export const mergeRecords = async (tx: Tx, registers: Registers, merge: Merge, { person, name }: Doer): Promise<string> => {
  const { register, survivor, absorbed, take } = merge;
  await store.holdMerges(tx, register);
  const gone = await store.survivorsOf(tx, register, [survivor, absorbed]);
  const [key] = gone.keys();
  if (key !== undefined) throw fail('matching.absorbed', { key });
  if ((await store.mergesInto(tx, register, absorbed)).length > 0) throw fail('matching.has-merged', { key: absorbed });
  const [kept, other] = await registers.readAll(tx, [{ register, key: survivor }, { register, key: absorbed }], END);
  if (!kept || !other) throw fail('matching.record-gone');
  const changed = changedBy(kept, other, take, registers.definition(register)?.key);
  // What is known of days to come is not touched: the merge holds from the last of them.
  const day = (await registers.history(tx, register, survivor)).reduce((latest, one) => (one.knownTo === null && one.validFrom > latest ? one.validFrom : latest), merge.day);
  const id = uuidv7();
  await store.addMerge(tx, { id, register, department: merge.department, survivor, absorbed, changed, valid_from: day, name, pair: merge.pair, person });
  await write(tx, registers, merge, Object.fromEntries(Object.entries(changed).map(([field, [, since]]) => [field, since])), day, id);
  const group = (await store.mergesInto(tx, register, survivor)).map((one) => one.absorbed);
  await store.closeWithin(tx, register, [survivor, ...group], name);
  return id;
};

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** What a field says from a day on. */
interface Said {
  from: string;
  value: unknown;
}

/** What the field is to say from the merge's day on: before it where the merge alone spoke, unchanged from where something else does; nothing where that is all. */
const restoredOf = (versions: readonly Version[], field: string, day: string, [before, since]: readonly [unknown, unknown]): Said[] => {
  const known = versions.filter((one) => one.knownTo === null && (one.validTo === null || one.validTo > day)).sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const own = known.findIndex((one) => !isSame(one.data[field], since));
  if (own === 0 || known.length === 0) return [];
  const later = own === -1 ? [] : known.slice(own).map((one): Said => ({ from: one.validFrom, value: one.data[field] }));
  return [{ from: day, value: before }, ...later];
};

/** Takes a merge back: what it alone changed is as before, on every day; what was changed since, by a person or a later merge, stays. */
export const undoMerge = async (tx: Tx, registers: Registers, merge: store.MergeRow, reason: string, { person, name }: Doer): Promise<void> => {
  const { id, register, survivor, absorbed } = merge;
  await store.holdMerges(tx, register);
  const holding = await store.mergesInto(tx, register, survivor);
  const own = holding.find((one) => one.id === id);
  if (!own || !(await store.markUndone(tx, id, person, name, reason))) throw fail('matching.no-merge');
  const versions = await registers.history(tx, register, survivor);
  for (const [field, pair] of Object.entries(own.changed)) {
    const next = holding.find((one) => one.seq > own.seq && field in one.changed);
    if (next && isSame(next.changed[field]?.[0], pair[1])) {
      // The later merge replaced this one's value: when it is undone, what was there before both is to come back.
      next.changed[field] = [pair[0], next.changed[field]?.[1]];
      await store.setChanged(tx, next.id, next.changed);
    }
    for (const { from, value } of restoredOf(versions, field, merge.valid_from, pair)) await write(tx, registers, merge, { [field]: value }, from, id);
  }
  await store.reopenBetween(tx, register, absorbed, [survivor, ...holding.filter((one) => one.id !== id).map((one) => one.absorbed)]);
};

/** The record that a key stands for: the survivor's, with what only the absorbed ones say; null where there is none. */
export const viewOf = async (tx: Tx, registers: Registers, register: string, key: string, day: string): Promise<{ key: string; absorbed: string[]; data: Data } | null> => {
  const survivor = (await store.survivorsOf(tx, register, [key])).get(key) ?? key;
  const absorbed = (await store.mergesInto(tx, register, survivor)).map((one) => one.absorbed);
  const [kept, ...others] = await registers.readAll(tx, [survivor, ...absorbed].map((one) => ({ register, key: one })), day);
  if (!kept) return null;
  return { key: survivor, absorbed, data: Object.assign({}, ...others.toReversed(), kept) as Data };
};
