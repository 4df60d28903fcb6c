import type { Tx } from '@zhengwu/database';
import type { NewSubscription, Topic } from './topics.ts';

export const upsertTopic = async (tx: Tx, { code, name, owner, isPersonal, retentionDays }: Topic): Promise<void> => {
  await tx.named('topics.define', `insert into topics.topic (code, name_zh, name_en, owner, is_personal, retention_days) values ($1, $2, $3, $4, $5, $6)
    on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, owner = excluded.owner, is_personal = excluded.is_personal, retention_days = excluded.retention_days`,
  [code, name.zh, name.en, owner, isPersonal, retentionDays]);
};

export interface KeptTopic {
  code: string;
  nameZh: string;
  nameEn: string;
  owner: string;
  isPersonal: boolean;
  retentionDays: number;
}

const topicColumns = 'code, name_zh as "nameZh", name_en as "nameEn", owner, is_personal as "isPersonal", retention_days as "retentionDays"';

export const selectTopics = async (tx: Tx): Promise<KeptTopic[]> => (await tx.query<KeptTopic>(`select ${topicColumns} from topics.topic order by code`)).rows;

export const selectTopic = async (tx: Tx, code: string): Promise<KeptTopic | undefined> => (await tx.named<KeptTopic>('topics.topic', `select ${topicColumns} from topics.topic where code = $1`, [code])).rows[0];

export interface Grant {
  topic: string;
  follower: string;
  personal: boolean;
  basis: string;
  until: string | null;
}

export const upsertGrant = async (tx: Tx, { topic, follower, personal, basis, until }: Grant): Promise<void> => {
  await tx.query(`insert into topics.grant (topic, follower, personal, basis, until) values ($1, $2, $3, $4, $5)
    on conflict (topic, follower) do update set personal = excluded.personal, basis = excluded.basis, until = excluded.until`, [topic, follower, personal, basis, until]);
};

export const deleteGrant = async (tx: Tx, topic: string, follower: string): Promise<void> => {
  await tx.query('delete from topics.subscription where topic = $1 and follower = $2', [topic, follower]);
  await tx.query('delete from topics.grant where topic = $1 and follower = $2', [topic, follower]);
};

/** The grant that holds on a day. */
export const selectGrant = async (tx: Tx, topic: string, follower: string, day: string): Promise<Grant | undefined> =>
  (await tx.query<Grant>('select topic, follower, personal, basis, until from topics.grant where topic = $1 and follower = $2 and (until is null or until >= $3)', [topic, follower, day])).rows[0];

/** Subscriptions whose grant has ended. */
export const deleteLapsed = async (tx: Tx, day: string): Promise<{ topic: string; follower: string }[]> =>
  (await tx.query<{ topic: string; follower: string }>(`delete from topics.subscription s where via <> 'inside'
    and not exists (select from topics.grant g where g.topic = s.topic and g.follower = s.follower and (g.until is null or g.until >= $1)) returning topic, follower`, [day])).rows;

/** Makes or finds a subscription; a new one's lanes begin after `position`. */
export const upsertSubscription = async (tx: Tx, { topic, follower, via, address = {}, lanes = 1, mostAttempts = 8, mostHeld = 1000, batch = 100 }: NewSubscription, position: number): Promise<string> => {
  const { rows: [row] } = await tx.query<{ id: string; lanes: number }>(`insert into topics.subscription (topic, follower, via, address, lanes, most_attempts, most_held, batch) values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8)
    on conflict (topic, follower) do update set via = excluded.via, address = excluded.address, most_attempts = excluded.most_attempts, most_held = excluded.most_held, batch = excluded.batch returning id, lanes`,
  [topic, follower, via, JSON.stringify(address), lanes, mostAttempts, mostHeld, batch]);
  const { id, lanes: kept } = row as { id: string; lanes: number };
  await tx.query('insert into topics.lane (subscription, lane, position) select $1, n, $2 from generate_series(0, $3::int - 1) n on conflict do nothing', [id, position, kept]);
  return id;
};

/** A lane that a process has taken to work on. */
export interface Lane {
  subscription: string;
  lane: number;
  lanes: number;
  position: number;
  attempts: number;
  topic: string;
  follower: string;
  via: string;
  address: Record<string, unknown>;
  mostAttempts: number;
  mostHeld: number;
  batch: number;
  held: number;
  /** When it was due as it was taken, to the microsecond. */
  due: string;
}

/** Takes lanes that are due and nobody holds, for `seconds`, at most so many. */
export const leaseLanes = async (tx: Tx, lease: string, ways: readonly string[], seconds: number, busy: readonly string[], most: number): Promise<Lane[]> =>
  (await tx.named<Lane>('topics.leases', `with free as (
      select l.subscription, l.lane from topics.lane l join topics.subscription s on s.id = l.subscription
      where s.state = 'on' and s.via = any ($2) and l.due <= now() and l.leased_until < now() and not (l.subscription || ' ' || l.lane = any ($4))
      order by l.due, l.subscription, l.lane limit $5 for update of l skip locked)
    update topics.lane l set lease = $1, leased_until = now() + $3 * interval '1 second' from free f join topics.subscription s on s.id = f.subscription
    where l.subscription = f.subscription and l.lane = f.lane
    returning l.subscription, l.lane, s.lanes, l.position, l.attempts, l.due::text as due, s.topic, s.follower, s.via, s.address, s.most_attempts as "mostAttempts", s.most_held as "mostHeld", s.batch,
      (select count(*)::int from topics.held h where h.subscription = l.subscription and h.lane = l.lane and h.state = 'waiting') as held`, [lease, ways, seconds, busy, most])).rows;

/** True while the lane is still ours; locks it to the end of the transaction, so that only its holder moves it. */
export const holdLane = async (tx: Tx, { subscription, lane }: Lane, lease: string): Promise<boolean> =>
  (await tx.named('topics.hold', 'select from topics.lane where subscription = $1 and lane = $2 and lease = $3 for update', [subscription, lane, lease])).rowCount === 1;

export const moveLane = async (tx: Tx, { subscription, lane }: Lane, position: number, delivered: number): Promise<void> => {
  await tx.named('topics.move', 'update topics.lane set position = greatest(position, $3), delivered = delivered + $4, attempts = 0, failure = null, last_at = case when $4 > 0 then now() else last_at end where subscription = $1 and lane = $2', [subscription, lane, position, delivered]);
};

/** Gives a lane back, to be looked at again after some seconds, or at once where it was woken since it was taken. */
export const releaseLane = async (tx: Tx, { subscription, lane, due }: Lane, lease: string, seconds: number): Promise<void> => {
  await tx.named('topics.release', `update topics.lane set lease = null, leased_until = '-infinity', due = case when due = $5::timestamptz then now() + $4 * interval '1 second' else due end where subscription = $1 and lane = $2 and lease = $3`, [subscription, lane, lease, seconds, due]);
};

/** Moves a lane on and gives it back at once. False when it is no longer ours, and nothing was moved. */
export const moveAndRelease = async (tx: Tx, { subscription, lane, due }: Lane, lease: string, { position, delivered, seconds }: { position: number; delivered: number; seconds: number }): Promise<boolean> =>
  (await tx.named('topics.moveAndRelease', `update topics.lane set position = greatest(position, $4), delivered = delivered + $5, attempts = 0, failure = null, last_at = case when $5 > 0 then now() else last_at end,
      lease = null, leased_until = '-infinity', due = case when due = $6::timestamptz then now() + $7 * interval '1 second' else due end
    where subscription = $1 and lane = $2 and lease = $3`, [subscription, lane, lease, position, delivered, due, seconds])).rowCount === 1;

/** The follower could not be reached: the lane waits longer each time. */
export const postponeLane = async (tx: Tx, { subscription, lane }: Lane, lease: string, failure: string): Promise<void> => {
  await tx.named('topics.postpone', `update topics.lane set lease = null, leased_until = '-infinity', attempts = attempts + 1, failure = $4, due = now() + least(power(2, attempts), 300) * interval '1 second'
    where subscription = $1 and lane = $2 and lease = $3`, [subscription, lane, lease, failure]);
};

/**
 * Makes lanes of these topics due at once, but those that wait because their follower was out of reach. Those that are due already too: until the
 * transaction ends nobody takes them, since who did would not find the news yet and leave them to themselves.
 */
export const wakeLanes = async (tx: Tx, topics: readonly string[]): Promise<void> => {
  await tx.named('topics.wakeAll', 'update topics.lane l set due = clock_timestamp() from topics.subscription s where s.id = l.subscription and s.topic = any ($1) and l.attempts = 0', [topics]);
};

export interface Held {
  offset: number;
  key: string;
  attempts: number;
  due: Date;
}

export const selectHeld = async (tx: Tx, { subscription, lane }: Lane): Promise<Held[]> =>
  (await tx.named<Held>('topics.held', `select "offset", key, attempts, due from topics.held where subscription = $1 and lane = $2 and state = 'waiting' order by "offset"`, [subscription, lane])).rows;

export const insertHeld = async (tx: Tx, { subscription, lane }: Lane, rows: readonly { offset: number; key: string; attempts: number; seconds: number; failure: string | null; state: 'waiting' | 'dead' }[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.named('topics.insertHeld', `insert into topics.held (subscription, lane, "offset", key, attempts, due, failure, state)
    select $1, $2, r."offset", r.key, r.attempts, now() + r.seconds * interval '1 second', r.failure, r.state from jsonb_to_recordset($3::jsonb) r("offset" bigint, key text, attempts int, seconds float8, failure text, state text)
    on conflict (subscription, "offset") do update set attempts = excluded.attempts, due = excluded.due, failure = excluded.failure, state = excluded.state`, [subscription, lane, JSON.stringify(rows)]);
};

export const deleteHeld = async (tx: Tx, { subscription }: Pick<Lane, 'subscription'>, offsets: readonly number[]): Promise<void> => {
  await tx.named('topics.deleteHeld', `delete from topics.held where subscription = $1 and "offset" = any ($2::bigint[]) and state = 'waiting'`, [subscription, offsets]);
};
