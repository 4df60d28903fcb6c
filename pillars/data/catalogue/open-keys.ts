import type { Actor, OpenKey } from '@zhengwu/contracts';
import { addDays, dayOf } from '@zhengwu/clock';
import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import { createBucket, isOwnMachine } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import * as keys from './store-keys.ts';
import * as store from './store.ts';

/** What a key is called in a request. */
export const KEY_HEADER = 'x-api-key';
const MARK = 'zwo_';
const MOST_KEYS = 10;
const RECENT_DAYS = 30;

/** Calls a minute: of a program by its key, of anybody else by address; whole files count ten times. */
export const PER_MINUTE = { key: 600, address: 120 } as const;
const FILE_CALLS = 10;

const personOf = ({ personId }: Actor): string => {
  if (personId === null || personId === undefined) throw fail('open.keys-for-people', {});
  return personId;
};

/** Makes a key; it is told this once. */
export const makeKey = async (tx: Tx, actor: Actor, name: string): Promise<{ id: string; key: string }> => {
  const person = personOf(actor);
  if ((await keys.countKeys(tx, person)) >= MOST_KEYS) throw fail('open.keys-enough', { most: MOST_KEYS });
  const key = MARK + mintToken();
  return { id: await keys.insertKey(tx, { person, name, prefix: key.slice(0, MARK.length + 4), hash: hashToken(key) }), key };
};

export const endKey = async (tx: Tx, actor: Actor, id: string): Promise<void> => {
  if (!(await keys.revokeKey(tx, personOf(actor), id))) throw fail('open.key-unknown', {});
};

/** The reader's keys with what each has taken. */
export const listKeys = async (site: Site, tx: Tx): Promise<OpenKey[]> => {
  const rows = await keys.selectKeys(tx);
  const use = await keys.selectKeyUse(tx, rows.map(({ id }) => id), addDays(dayOf(site.clock.now()), -RECENT_DAYS));
  const names = new Map((await site.database.as(site.database.system, store.selectPublished, { readOnly: true })).map(({ id, metadata }) => [id, metadata.name]));
  return rows.map(({ madeAt, revokedAt, ...row }) => ({
    ...row, madeAt: madeAt.toISOString(), revokedAt: revokedAt?.toISOString() ?? null,
    usage: use.filter(({ key }) => key === row.id).map(({ resource, calls, recent, lastDay }) => ({ dataset: resource, name: names.get(resource) ?? { zh: resource, en: resource }, calls, recent, lastDay })),
  }));
};

/** Lets a call for open data in: by its key, or by its address. */
export type Admit = (call: { address: string; key: unknown; dataset: string; file: boolean }) => Promise<void>;

export const openAdmission = (site: Site): Admit => {
  const { database, clock, config } = site;
  const byKey = createBucket(PER_MINUTE.key);
  const byAddress = createBucket(PER_MINUTE.address);
  const hold = (bucket: typeof byKey, name: string, calls: number): void => {
    if (!config.limits.rates) return;
    const seconds = Math.max(...Array.from({ length: calls }, () => bucket(name)));
    if (seconds > 0) throw fail('open.too-fast', { seconds });
  };
  return async ({ address, key, dataset, file }) => {
    const calls = file ? FILE_CALLS : 1;
    if (key === undefined) return isOwnMachine(address) ? undefined : hold(byAddress, address, calls);
    const id = typeof key === 'string' && key.startsWith(MARK) && key.length < 100 ? await database.as(database.system, (tx) => keys.keyByHash(tx, hashToken(key)), { readOnly: true }) : null;
    if (id === null) throw fail('open.key-unknown', {});
    hold(byKey, id, calls);
    await database.as(database.system, async (tx) => {
      if ((await store.selectResource(tx, dataset)) !== undefined) await keys.countKeyUse(tx, id, dataset, dayOf(clock.now()));
    });
  };
};
