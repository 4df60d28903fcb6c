import { fork } from 'node:child_process';
import { join } from 'node:path';
import { median, percentile, rounded, type Figure } from '../figure.ts';
import { answers, endOf, freePort, openGround, urlOf, type Ground } from '../ground.ts';
import { openConnection, requestOf } from '../load/connection.ts';
import { asking, drive } from '../load/drive.ts';
import { official, type Person } from '../people.ts';
import { fill } from './fill.ts';
import { readers, shapes } from './shapes.ts';

const SIZES = (process.env['ZHENGWU_BENCH_SIZES'] ?? '10000,100000,1000000').split(',').map(Number);
const TRIES = 60;

type Times = Map<string, number[]>;

/** Every shape for every reader, taking turns, one request at a time. */
const look = async (ground: Ground, people: readonly Person[]): Promise<Times> => {
  const times: Times = new Map();
  const connection = await openConnection(ground.port);
  for (let turn = -5; turn < TRIES; turn += 1) {
    for (const [index, reader] of readers.entries()) {
      for (const shape of shapes) {
        const answer = await connection.send((people[index] as Person).request('GET', shape.path));
        if (answer.status !== 200) throw new Error(`${shape.path}: ${answer.status} ${answer.body.toString()}`);
        const name = `${shape.name}, ${reader.name}`;
        if (turn >= 0) times.set(name, [...(times.get(name) ?? []), answer.ms]);
      }
    }
  }
  connection.close();
  return times;
};

const short = (rows: number): string => (rows >= 1_000_000 ? `${rows / 1_000_000}M` : `${rows / 1000}k`);

const figuresOf = (bySize: ReadonlyMap<number, Times>): Figure[] => {
  const sizes = [...bySize.keys()];
  const [small = 0, large = 0] = [Math.min(...sizes), Math.max(...sizes)];
  const names = [...(bySize.get(small)?.keys() ?? [])];
  const at = (size: number, name: string, share: number): number => percentile(bySize.get(size)?.get(name) ?? [], share);
  return [
    ...sizes.flatMap((size) => names.map((name): Figure => ({ name: `list at ${short(size)}: ${name}, p95`, unit: 'ms', ours: rounded(at(size, name, 0.95)), target: 10, better: 'less' }))),
    ...names.map((name): Figure => ({
      name: `growth ${short(small)} to ${short(large)}: ${name}, median`, unit: 'ms', ours: rounded(at(large, name, 0.5)), theirs: rounded(at(small, name, 0.5)),
      ratio: rounded(at(large, name, 0.5) / at(small, name, 0.5)), target: 1.5, better: 'less',
    })),
  ];
};

/** The list as requests a second against one bare prepared query over a bare Fastify; rounds take turns. */
const against = async (ground: Ground, person: Person): Promise<Figure> => {
  const port = await freePort();
  const { connection } = ground;
  const child = fork(join(import.meta.dirname, 'bare.ts'), [], { env: { ...process.env, PORT: String(port), DATABASE_URL: urlOf(connection, connection.owner) }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    await answers(`http://127.0.0.1:${port}/json`, 20);
    const ours: number[] = [];
    const theirs: number[] = [];
    const request = person.request('GET', '/api/cases?limit=20');
    const bare = requestOf('GET', '/list', {});
    for (let round = 0; round < 4; round += 1) {
      const seconds = round === 0 ? 2 : 4;
      const rates = [await drive(port, 32, seconds, asking(() => bare, 200)), await drive(ground.port, 32, seconds, asking(() => request, 200))].map((one) => one.perSecond);
      if (round === 0) continue;
      theirs.push(rates[0] ?? 0);
      ours.push(rates[1] ?? 0);
    }
    return { name: `list at ${short(Math.max(...SIZES))}, 32 connections`, unit: 'per second', ours: rounded(median(ours), 0), theirs: rounded(median(theirs), 0), ratio: rounded(median(ours) / median(theirs)), target: 0.5 };
  } finally {
    await endOf(child);
  }
};

/** Authorised, filtered, searched lists as the number of cases grows. */
export async function run(): Promise<Figure[]> {
  const ground = await openGround();
  try {
    const people = await Promise.all(readers.map((reader) => official(ground, reader.account)));
    const bySize = new Map<number, Times>();
    let filled = 0;
    for (const size of SIZES) {
      const begun = performance.now();
      await fill(ground.owner, filled, size - 1);
      filled = size;
      process.stdout.write(`  ${size.toLocaleString('en')} cases after ${Math.round((performance.now() - begun) / 1000)} s\n`);
      bySize.set(size, await look(ground, people));
    }
    return [...figuresOf(bySize), await against(ground, people[1] as Person)];
  } finally {
    await ground.stop();
  }
}
