import type { Config } from '@zhengwu/config';
import { columnRing, type KeyRing, type KeyStore } from '@zhengwu/crypto';
import { fileKeys } from '../files.ts';
import { RING_MONTHS } from '../keys/renewing.ts';
import { dueOf, signingPurposes, storeOf } from '../keys/signing.ts';
import { both } from './say.ts';
import { words } from './words.ts';

interface Listed {
  purpose: string;
  id: string;
  algorithm: string;
  madeAt: string;
  isCurrent: boolean;
  due: string;
  place: string;
}

const lineOf = ({ purpose, id, algorithm, madeAt, isCurrent, due, place }: Listed, today: string): string => {
  const { current, former, overdue } = words.keys;
  const state = isCurrent ? `${both(current, { due })}${due < today ? ` ${both(overdue)}` : ''}` : both(former);
  return [purpose, id, algorithm, madeAt.slice(0, 10), state, place].join('\t');
};

const ofRing = async (ring: KeyRing, purpose: string, place: string, months: number): Promise<Listed[]> => {
  const all = await ring.all();
  return all.map(({ id, madeAt }, at) => ({ purpose, id, algorithm: '-', madeAt, isCurrent: at === all.length - 1, due: dueOf(madeAt, months), place }));
};

/** One line for each key of a site, a heading first: purpose, id, algorithm, day it was made, state and day it is due, where it lies. */
export const listKeys = async (config: Config, now = new Date()): Promise<string[]> => {
  const listed: Listed[] = [];
  const stores = new Map<string, Promise<KeyStore>>();
  for (const wanted of signingPurposes) {
    // A store is opened once for all its purposes: it costs a derivation of its key.
    const opening = stores.get(wanted.store) ?? storeOf(config, wanted);
    stores.set(wanted.store, opening);
    const store = await opening;
    for (const { kid, purpose, algorithm, createdAt, retiredAt, privateKey } of await store.all()) {
      if (purpose === wanted.purpose) listed.push({ purpose: wanted.name, id: kid, algorithm, madeAt: createdAt, isCurrent: retiredAt === null, due: dueOf(createdAt, wanted.months), place: privateKey ? `keys/${wanted.store}.json` : store.place });
    }
  }
  const columns = columnRing(config);
  if (columns) listed.push(...(await ofRing(columns, 'columns', 'keys/columns.ring', RING_MONTHS.columns)), ...(await ofRing(fileKeys(config), 'files', 'keys/files.ring', RING_MONTHS.files)));
  const today = now.toISOString().slice(0, 10);
  return [both(words.keys.heading), ...listed.map((one) => lineOf(one, today))];
};
