import { createHash } from 'node:crypto';
import type { Delivery, Message, Verdict } from '@zhengwu/topics';
import { keyed, openSink } from './delivering.ts';
import { fail } from './errors.ts';
import type { Flow, Refusal } from './flow.ts';
import { asPlatform, lookUpIn, type Ground } from './ground.ts';
import * as flows from './store-flows.ts';
import * as store from './store.ts';
import { transform, type Cells, type Passing } from './transforming.ts';

/** By which way of the topics a flow gets its messages. */
export const VIA = 'adapters';
export const followerOf = (code: string): string => `adapter:${code}`;

/** A change of a register is the record as it holds now, with its key; any other message is what was published. */
const cellsOf = ({ key, payload }: Message): Cells | null => (!('record' in payload) ? { key, ...payload } : payload['record'] === null ? null : { key, ...(payload['record'] as Cells) });

const passingOf = (message: Message): Passing => {
  const cells = cellsOf(message);
  return cells ? { row: message.offset, cells } : { row: message.offset, code: 'adapter.no-record' };
};

const handOver = async (ground: Ground, flow: Flow, place: string, messages: readonly Message[]): Promise<Refusal[]> => {
  const passed = await asPlatform(ground, (tx) => transform(flow.steps, messages.map(passingOf), lookUpIn(ground, tx)));
  const { rows, refusals } = keyed(flow.sink, passed);
  const sink = await openSink(ground, flow);
  try {
    if (!sink.isOutside) throw fail('adapter.no-way');
    return [...refusals, ...(await sink.take(rows, place))];
  } finally {
    await sink.close();
  }
};

/** Messages of topics go out as rows; what a sink refuses is the topic's to try again or to give up, like any follower's. */
export const handingOver = (ground: Ground): Delivery => ({
  send: async ({ topic, follower }, messages): Promise<Verdict> => {
    const code = follower.slice(followerOf('').length);
    const row = await asPlatform(ground, (tx) => flows.flow(tx, code));
    if (!row || row.definition.source.kind !== 'topic') throw fail('adapter.unknown', { flow: code });
    if (row.paused_at) throw fail('adapter.paused', { flow: code });
    const place = { flow: code, file: topic, hash: createHash('sha256').update(topic).digest('hex') };
    const refusals = await handOver(ground, { code, ...row.definition }, place.hash, messages);
    await asPlatform(ground, (tx) => store.count(tx, place, messages.length, refusals.length));
    return { refused: refusals.map(({ row: offset, code: reason }) => ({ offset, reason })) };
  },
});
