import type { Tx } from '@zhengwu/database';
import { blocksOf, featuresOf, type Profile } from './profile.ts';
import * as store from './store.ts';

export interface Named {
  key: string;
  data: Readonly<Record<string, unknown>>;
}

const STEP = 2000;
/** As many records as are entered while somebody waits. */
const AT_ONCE = 20_000;

export const entryOf = (profile: Profile, { key, data }: Named): store.Entry => {
  const features = featuresOf(profile, data);
  return { key, features, blocks: blocksOf(profile, features) };
};

/** Enters the next records of a register; answers where it stands. `limit` bounds the work of one transaction. */
export const fillRegister = async (tx: Tx, profile: Profile, limit = AT_ONCE, step = STEP): Promise<store.RegisterRow> => {
  const known = await store.registerRow(tx, profile.register);
  if (known?.position === null) return known;
  const row = await store.holdRegister(tx, profile.register);
  let { position } = row;
  for (let done = 0; done < limit && position !== null; done += step) {
    const records = await store.recordsAfter(tx, profile.register, position, step);
    const added = await store.putEntries(tx, profile.register, records.map((record) => entryOf(profile, record)));
    position = records.length < step ? null : (records.at(-1)?.key ?? null);
    await store.moveRegister(tx, profile.register, position, added);
    row.entries += added;
  }
  if (position === null) await countAll(tx, profile);
  return { ...row, position };
};

/** Counts anew how frequent the values are that frequency matters for. */
export const countAll = async (tx: Tx, { register, kind }: Profile): Promise<void> => {
  for (const [at, { code, byFrequency }] of kind.fields.entries()) if (byFrequency) await store.countFrequencies(tx, register, code, at);
};

/** Enters these records anew: what changed in the register is found from the same transaction on. */
export const enter = async (tx: Tx, profile: Profile, records: readonly Named[], gone: readonly string[] = []): Promise<void> => {
  const known = await store.registerRow(tx, profile.register);
  // A register that nobody has filled yet is filled whole, when it is first needed.
  if (!known) return;
  await store.putEntries(tx, profile.register, records.map((record) => entryOf(profile, record)));
  await store.removeEntries(tx, profile.register, gone);
};
