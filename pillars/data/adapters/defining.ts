import type { Tx } from '@zhengwu/database';
import { Registers } from '@zhengwu/registers';
import { Topics } from '@zhengwu/topics';
import { Connections } from './connections.ts';
import { fail } from './errors.ts';
import type { Flow, Sink, Source, Step } from './flow.ts';
import { followerOf, VIA } from './following.ts';
import type { Ground } from './ground.ts';
import { firstTurn } from './schedule.ts';
import * as flows from './store-flows.ts';
import * as store from './store.ts';

type Join = Extract<Step, { do: 'join' }>;

const registerOf = ({ use }: Ground, code: string) => {
  const register = use(Registers).definition(code);
  if (!register) throw fail('adapter.sink', { sink: code });
  return register;
};

/** Whether what is about people may come to this sink by a join: into registers and topics that say so, never out of the house. */
const mayBePersonal = async (ground: Ground, tx: Tx, sink: Sink): Promise<boolean> => {
  const connections = ground.use(Connections);
  if ('register' in sink) return registerOf(ground, sink.register) !== undefined;
  if ('topic' in sink) {
    const topic = (await store.topics(tx)).find(({ code }) => code === sink.topic);
    if (!topic) throw fail('adapter.sink', { sink: sink.topic });
    return topic.isPersonal;
  }
  if ('drop' in sink) {
    if (sink.connection !== null) await connections.find(tx, sink.connection, 's3', 'sftp');
    else if (!/^[a-z0-9][a-z0-9-]*$/.test(sink.drop)) throw fail('adapter.folder', { folder: sink.drop });
  } else await connections.find(tx, sink.connection, ...('table' in sink ? ['postgres' as const, 'mysql' as const] : ['http' as const]));
  return false;
};

const checkJoins = (ground: Ground, steps: readonly Step[], isPersonal: boolean): void => {
  for (const { register, fields } of steps.filter((step): step is Join => step.do === 'join')) {
    const known = registerOf(ground, register).fields;
    for (const column of Object.values(fields)) {
      const field = known.find(({ key }) => key === column);
      if (!field) throw fail('adapter.no-field', { register, field: column });
      if (!isPersonal && field.class !== 'public') throw fail('adapter.too-open', { register, field: column });
    }
  }
};

const checkSource = async (ground: Ground, tx: Tx, source: Source): Promise<void> => {
  if (source.kind === 'folder' && !/^[a-z0-9][a-z0-9-]*$/.test(source.folder)) throw fail('adapter.folder', { folder: source.folder });
  if (source.kind === 'remote') await ground.use(Connections).find(tx, source.connection, 'http', 's3', 'sftp');
  if (source.kind === 'table') await ground.use(Connections).find(tx, source.connection, 'postgres', 'mysql');
};

/** A flow that follows a topic goes on doing so: what it has handed out was granted for that one. */
const checkKept = (before: Source | undefined, source: Source): void => {
  const [was, is] = [before, source].map((one) => (one?.kind === 'topic' ? one.topic : undefined));
  if (before && was !== is) throw fail('adapter.keeps-topic', { topic: was ?? is ?? '' });
};

/** See `Adapters.define`. */
export const define = async (ground: Ground, tx: Tx, flow: Flow): Promise<number> => {
  const { code, sink, source, steps } = flow;
  if (source.kind === 'topic' && ('register' in sink || 'topic' in sink)) throw fail('adapter.no-way');
  checkKept((await store.getFlow(tx, code))?.source, source);
  await checkSource(ground, tx, source);
  checkJoins(ground, steps, await mayBePersonal(ground, tx, sink));
  const version = await flows.putFlow(tx, flow, source.kind === 'topic' ? null : firstTurn(flow.schedule, ground.clock.now()));
  if (source.kind === 'topic') await ground.use(Topics).subscribe(tx, { topic: source.topic, follower: followerOf(code), via: VIA, address: { flow: code }, from: source.from });
  return version;
};
