import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { systemClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import { startDatabase } from '@zhengwu/database';
import { createLog } from '@zhengwu/log';
import { assemble, schemasOf } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { Topics, topicsModule, type Message } from '@zhengwu/topics';

/** A follower that does not answer is given up after so long. */
const GIVE_UP_MS = 2000;
const modules = [registersModule, topicsModule];

/** Followers in a process of their own. */
export interface Receiver {
  child: ChildProcess;
  port: number;
  tell(what: 'begin'): void;
  count(): Promise<number>;
  report(): Promise<{ delays: number[]; last: number }>;
}

export const openReceiver = async (): Promise<Receiver> => {
  const child = fork(join(import.meta.dirname, 'receiver.ts'), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const answer = async <T>(): Promise<T> => ((await once(child, 'message')) as [T])[0];
  const { port } = await answer<{ port: number }>();
  const ask = async <T>(what: string): Promise<T> => {
    const said = answer<T>();
    child.send(what);
    return said;
  };
  return { child, port, tell: (what) => void child.send(what), count: async () => (await ask<{ count: number }>('count')).count, report: () => ask('report') };
};

const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const post = (port: number, path: string, body: string): Promise<void> => new Promise((resolve, reject) => {
  const sent = request({ agent, port, path, host: '127.0.0.1', method: 'POST', timeout: GIVE_UP_MS, headers: { 'content-length': Buffer.byteLength(body) } }, (response) => response.resume().on('end', resolve));
  sent.on('timeout', () => sent.destroy(new Error('nobody answers'))).on('error', reject).end(body);
});

export interface Hall {
  /** Messages that carry the moment before their transaction began, each of another key. */
  publish(topic: string, count: number): Promise<void>;
  /** Lets so many follow a topic, the last of them dead if it is said. */
  follow(topic: string, followers: number, isDead: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A site with nothing but registers and topics, on a database with fsync, which sends to followers over HTTP. */
export const openHall = async (folder: string, receiver: Receiver, environment: Record<string, string>): Promise<Hall> => {
  const running = await startDatabase({ dataFolder: folder }, schemasOf(modules));
  const { database } = running;
  const files = new Proxy({}, { get: () => { throw new Error('this site has no files'); } }) as never;
  const assembled = await assemble(modules, { config: readConfig(environment), log: createLog({ level: 'error' }), clock: systemClock, files, database });
  const topics = assembled.site.use(Topics);
  topics.deliverBy('http', {
    send: async ({ address }, messages: readonly Message[]) => {
      await post(receiver.port, String(address['path']), JSON.stringify(messages.map(({ payload }) => payload)));
      return { refused: [] };
    },
  });
  await assembled.start();
  let sent = 0;
  return {
    publish: (topic, count) => {
      const at = performance.timeOrigin + performance.now();
      return database.as(database.system, async (tx) => {
        for (let n = 0; n < count; n += 1) await topics.publish(tx, { topic, key: `k${String((sent += 1) % 997)}`, payload: { at, name: '云川市某某有限公司', state: 'active', scope: '软件开发'.repeat(20) } });
      });
    },
    follow: (topic, followers, isDead) => database.as(database.system, async (tx) => {
      await topics.define(tx, { code: topic, name: { zh: '变更', en: 'Changes' }, owner: 'YC-ZW', isPersonal: false, retentionDays: 1 });
      for (let n = 0; n < followers; n += 1) {
        const follower = `follower ${String(n)}`;
        await topics.grant(tx, { topic, follower, personal: false, basis: 'bench', until: null });
        await topics.subscribe(tx, { topic, follower, via: 'http', address: { path: isDead && n === followers - 1 ? '/dead' : `/${String(n)}` } });
      }
    }),
    stop: async () => {
      await assembled.stop();
      await running.stop();
    },
  };
};
