import { randomBytes } from 'node:crypto';
import type { Tx } from '@zhengwu/database';

/** The stream that carries a topic: it holds offset `base + n` as its n-th message. */
export interface Stream {
  topic: string;
  name: string;
  base: number;
  carried: number;
}

const columns = 'topic, name, base, carried';

/** Names of streams hold neither dots nor blanks. */
const nameFor = (topic: string): string => `zhengwu-${topic.replaceAll(/[^A-Za-z0-9-]/g, (sign) => `_${sign.codePointAt(0)?.toString(16) ?? ''}_`)}-${randomBytes(4).toString('hex')}`;

export const selectStream = async (tx: Tx, topic: string): Promise<Stream | undefined> =>
  (await tx.named<Stream>('topics.stream', `select ${columns} from topics.stream where topic = $1`, [topic])).rows[0];

/** The stream, for this transaction alone; undefined while another moves it or where there is none. */
export const takeStream = async (tx: Tx, topic: string): Promise<Stream | undefined> =>
  (await tx.named<Stream>('topics.takeStream', `select ${columns} from topics.stream where topic = $1 for update skip locked`, [topic])).rows[0];

/** What the database has without a gap, up to the last: it begins behind this offset. */
const beginning = `select coalesce((select max(m."offset") - 1 from topics.message m where m.topic = $1
  and not exists (select from topics.message p where p.topic = $1 and p."offset" = m."offset" - 1)), 0)::bigint as base`;

export const selectBeginning = async (tx: Tx, topic: string): Promise<number> => Number((await tx.query<{ base: number }>(beginning, [topic])).rows[0]?.base ?? 0);

/** Makes a stream known for a topic that has none; it begins with the oldest message that the database keeps. */
export const beginStream = async (tx: Tx, topic: string): Promise<void> => {
  await tx.query(`insert into topics.stream (topic, name, base, carried, settled, marked) select $1, $2, b.base, b.base, b.base, b.base from (${beginning}) b on conflict do nothing`, [topic, nameFor(topic)]);
};

/** Puts a new one in the place of a stream that lost what the database does not have any more. */
export const replaceStream = async (tx: Tx, topic: string): Promise<void> => {
  await tx.query(`update topics.stream s set name = $2, base = b.base, carried = b.base, settled = b.base, marked = b.base, marked_at = now() from (${beginning}) b where s.topic = $1`, [topic, nameFor(topic)]);
};

export const carriedTo = async (tx: Tx, topic: string, offset: number): Promise<void> => {
  await tx.named('topics.carriedTo', 'update topics.stream set carried = $2, settled = least(settled, $2), marked = least(marked, $2) where topic = $1', [topic, offset]);
};

/** Topics of which the database has what their stream has not yet. */
export const selectWaiting = async (tx: Tx): Promise<{ topic: string; last: number; carried: number }[]> =>
  (await tx.named<{ topic: string; last: number; carried: number }>('topics.waiting', `select t.code as topic, l.last, coalesce(s.carried, l.first - 1) as carried from topics.topic t left join topics.stream s on s.topic = t.code
    cross join lateral (select max("offset") as last, min("offset") as first from topics.message m where m.topic = t.code) l where l.last > coalesce(s.carried, 0) order by t.code`, [])).rows;

export const selectStreams = async (tx: Tx): Promise<Stream[]> => (await tx.query<Stream>(`select ${columns} from topics.stream order by topic`)).rows;

/** Keeps messages that the servers of the stream do not take. */
export const keepMessages = async (tx: Tx, topic: string, offsets: readonly number[]): Promise<void> => {
  if (offsets.length > 0) await tx.query('update topics.message set stays = true where topic = $1 and "offset" = any ($2::bigint[])', [topic, offsets]);
};

/** Lets go of what the stream has had for `minutes` and more; the last message stays, so that offsets go on from it. */
export const settleStream = async (tx: Tx, topic: string, minutes: number): Promise<void> => {
  await tx.query(`update topics.stream set settled = marked, marked = carried, marked_at = now() where topic = $1 and marked_at < now() - $2 * interval '1 minute'`, [topic, minutes]);
  await tx.query(`delete from topics.message m using topics.stream s where s.topic = $1 and m.topic = $1 and m."offset" <= s.settled and not m.stays
    and m."offset" < (select max(l."offset") from topics.message l where l.topic = $1)`, [topic]);
};
