import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../ground.ts';
import { percentile, rounded, type Figure } from '../figure.ts';
import { openHall, openReceiver, type Hall, type Receiver } from './site.ts';

/** `ZHENGWU_BENCH_SECONDS=3` tries it out. */
const SECONDS = Number(process.env['ZHENGWU_BENCH_SECONDS'] ?? 20);
const FOLLOWERS = 50;
const A_SECOND = 10;
const BURST = 2000;
/** With none dead and with one dead take turns, so that a machine's moods fall on both. */
const ROUNDS = 3;
const SERVER = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'].find((path) => existsSync(path));

const untilAll = async (receiver: Receiver, count: number, seconds: number): Promise<void> => {
  for (const until = Date.now() + seconds * 1000; (await receiver.count()) < count; await pause(20)) {
    if (Date.now() > until) throw new Error(`${String(await receiver.count())} of ${String(count)} deliveries arrived`);
  }
};

/** Delays from before the publishing transaction to the follower, a message at a time. */
const steadily = async (hall: Hall, receiver: Receiver, topic: string, isDead: boolean): Promise<number[]> => {
  await hall.follow(topic, FOLLOWERS, isDead);
  const live = isDead ? FOLLOWERS - 1 : FOLLOWERS;
  receiver.tell('begin');
  await hall.publish(topic, 1);
  await untilAll(receiver, live, 30);
  receiver.tell('begin');
  const count = Math.ceil((SECONDS / ROUNDS) * A_SECOND);
  const begun = performance.now();
  for (let n = 0; n < count; n += 1) {
    await pause(Math.max(0, begun + (n * 1000) / A_SECOND - performance.now()));
    await hall.publish(topic, 1);
  }
  await untilAll(receiver, count * live, 60);
  return (await receiver.report()).delays;
};

/** Deliveries a second of many at once. */
const atOnce = async (hall: Hall, receiver: Receiver, topic: string): Promise<number> => {
  await hall.follow(topic, FOLLOWERS, false);
  receiver.tell('begin');
  const begun = performance.timeOrigin + performance.now();
  for (let n = 0; n < BURST; n += 100) await hall.publish(topic, 100);
  await untilAll(receiver, BURST * FOLLOWERS, 300);
  return (BURST * FOLLOWERS * 1000) / ((await receiver.report()).last - begun);
};

const figuresOf = (carrier: string, alive: readonly number[], withDead: readonly number[], perSecond: number): Figure[] => {
  const name = (what: string): string => `topics on ${carrier}: ${what}`;
  const [all, one] = [percentile(alive, 0.95), percentile(withDead, 0.95)];
  return [
    { name: name(`${String(A_SECOND)} messages a second to ${String(FOLLOWERS)} followers, one of them dead, against none: p95`), unit: 'ms', ours: rounded(one), theirs: rounded(all), ratio: rounded(one / all), target: 1.25, better: 'less' },
    { name: name('… median'), unit: 'ms', ours: rounded(percentile(withDead, 0.5)), theirs: rounded(percentile(alive, 0.5)) },
    { name: name(`${String(BURST)} at once to ${String(FOLLOWERS)} followers: deliveries`), unit: 'per second', ours: rounded(perSecond, 0) },
  ];
};

const measure = async (carrier: string, folder: string, environment: Record<string, string>): Promise<Figure[]> => {
  const receiver = await openReceiver();
  const hall = await openHall(folder, receiver, environment);
  try {
    const [alive, withDead]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      alive.push(...(await steadily(hall, receiver, `bench.alive${String(round)}`, false)));
      withDead.push(...(await steadily(hall, receiver, `bench.dead${String(round)}`, true)));
    }
    return figuresOf(carrier, alive, withDead, await atOnce(hall, receiver, 'bench.burst'));
  } finally {
    receiver.child.kill();
    await hall.stop();
  }
};

const startServer = async (path: string, store: string): Promise<{ child: ChildProcess; url: string }> => {
  const port = await freePort();
  const child = spawn(path, ['-js', '-a', '127.0.0.1', '-p', String(port), '-sd', store], { stdio: 'ignore' });
  for (let left = 100; left > 0; left -= 1) {
    const socket = connect(port, '127.0.0.1');
    if (await Promise.race([once(socket, 'data').then(() => true), once(socket, 'error').then(() => false, () => false)]).catch(() => false)) {
      socket.destroy();
      return { child, url: `nats://127.0.0.1:${String(port)}` };
    }
    await pause(50);
  }
  throw new Error('nats-server does not answer');
};

/** A site that publishes and sends in this process, its followers in another, its messages in the database and then, where Debian's nats-server is installed, in JetStream. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-topics-'));
  await chmod(folder, 0o755);
  const figures = await measure('PostgreSQL', join(folder, 'database'), {});
  const nats = SERVER === undefined ? undefined : await startServer(SERVER, join(folder, 'streams'));
  try {
    if (nats) figures.push(...(await measure('JetStream', join(folder, 'carried'), { ZHENGWU_NATS: nats.url })));
    return figures;
  } finally {
    nats?.child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
