import type { Database, Tx } from '@zhengwu/database';
import type { Carrier } from './carrier.ts';
import * as store from './store-log.ts';

const one = async (tx: Tx, text: string, values: readonly unknown[]): Promise<number> => Number((await tx.query<{ n: number | null }>(text, values)).rows[0]?.n ?? 0);

/** The log in the site's own database: what a deployment begins with. */
export const postgresCarrier = (database: Database): Carrier => ({
  append: async (tx, messages) => {
    await store.insertMessages(tx, messages);
    return [...new Set(messages.map(({ topic }) => topic))];
  },
  read: (topic, after, limit) => database.relay((tx) => store.selectTail(tx, topic, after, limit)),
  pick: (topic, offsets) => database.relay((tx) => store.selectSome(tx, topic, offsets)),
  last: (topic) => database.relay((tx) => store.selectLast(tx, topic)),
  before: (topic, instant) => database.relay((tx) => one(tx, `select coalesce((select min("offset") - 1 from topics.message where topic = $1 and at >= $2), (select max("offset") from topics.message where topic = $1)) as n`, [topic, instant])),
  forget: (topic, before) => database.relay(async (tx) => (await tx.query('delete from topics.message where topic = $1 and at < $2 and "offset" < (select max("offset") from topics.message where topic = $1)', [topic, before])).rowCount),
  state: () => Promise.resolve({ kind: 'database', isAway: false, waiting: 0 }),
  close: () => Promise.resolve(),
});
