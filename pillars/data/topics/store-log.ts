import type { Tx } from '@zhengwu/database';
import type { Arriving } from './carrier.ts';
import type { Message } from './topics.ts';

/** Those of these offsets that the database still has. */
export const selectSome = async (tx: Tx, topic: string, offsets: readonly number[]): Promise<Message[]> =>
  (await tx.named<Message>('topics.pick', 'select topic, "offset", id, key, payload, at from topics.message where topic = $1 and "offset" = any ($2::bigint[]) order by "offset"', [topic, offsets])).rows;

export const insertMessages = async (tx: Tx, messages: readonly Arriving[]): Promise<void> => {
  await tx.named('topics.append', 'select topics.append($1::jsonb)', [JSON.stringify(messages)]);
};

/** Messages behind an offset that the database still has, oldest first. */
export const selectTail = async (tx: Tx, topic: string, after: number, limit: number): Promise<Message[]> =>
  (await tx.named<Message>('topics.read', 'select topic, "offset", id, key, payload, at from topics.message where topic = $1 and "offset" > $2 order by "offset" limit $3', [topic, after, limit])).rows;

/** The last offset given; 0 where there is none. */
export const selectLast = async (tx: Tx, topic: string): Promise<number> =>
  Number((await tx.named<{ last: number | null }>('topics.last', 'select max("offset") as last from topics.message where topic = $1', [topic])).rows[0]?.last ?? 0);

export const deleteUpTo = async (tx: Tx, topic: string, offset: number): Promise<void> => {
  await tx.query('delete from topics.message where topic = $1 and "offset" <= $2', [topic, offset]);
};
