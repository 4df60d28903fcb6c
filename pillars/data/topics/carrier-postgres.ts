import type { Database, Tx } from '@zhengwu/database';
import type { Arriving, Carrier } from './carrier.ts';
import type { Message } from './topics.ts';

const columns = 'topic, "offset", id, key, payload, at';

const read = async (tx: Tx, topic: string, after: number, limit: number): Promise<Message[]> =>
  (await tx.named<Message>('topics.read', `select ${columns} from topics.message where topic = $1 and "offset" > $2 order by "offset" limit $3`, [topic, after, limit])).rows;

const pick = async (tx: Tx, topic: string, offsets: readonly number[]): Promise<Message[]> =>
  (await tx.named<Message>('topics.pick', `select ${columns} from topics.message where topic = $1 and "offset" = any ($2::bigint[]) order by "offset"`, [topic, offsets])).rows;

const one = async (tx: Tx, text: string, values: readonly unknown[]): Promise<number> => Number((await tx.query<{ n: number | null }>(text, values)).rows[0]?.n ?? 0);

/** The log in the site's own database: what a deployment begins with. */
export const postgresCarrier = (database: Database): Carrier => ({
  append: async (tx, messages: readonly Arriving[]) => {
    await tx.named('topics.append', 'select topics.append($1::jsonb)', [JSON.stringify(messages)]);
  },
  read: (topic, after, limit) => database.relay((tx) => read(tx, topic, after, limit)),
  pick: (topic, offsets) => database.relay((tx) => pick(tx, topic, offsets)),
  last: (topic) => database.relay((tx) => one(tx, 'select max("offset") as n from topics.message where topic = $1', [topic])),
  before: (topic, instant) => database.relay((tx) => one(tx, `select coalesce((select min("offset") - 1 from topics.message where topic = $1 and at >= $2), (select max("offset") from topics.message where topic = $1)) as n`, [topic, instant])),
  forget: (topic, before) => database.relay(async (tx) => (await tx.query('delete from topics.message where topic = $1 and at < $2 and "offset" < (select max("offset") from topics.message where topic = $1)', [topic, before])).rowCount),
  close: () => Promise.resolve(),
});
