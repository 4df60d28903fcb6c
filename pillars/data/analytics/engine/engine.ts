import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Log } from '@zhengwu/log';
import { fail } from '../errors.ts';
import type { Answer, Task } from './task.ts';

/** DuckDB in a process of its own; started when it is first asked, again after it ended, ended when nobody asks. */
export interface Engine {
  /** Throws `analytics.too-long` after the limit of time and `analytics.failed` for what the engine refused. */
  ask(task: Task): Promise<Answer>;
  /** Runs one statement in a process of its own that reads `input` as `/dev/stdin`. */
  feed(task: Task, input: Readable): Promise<Answer>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  folder: string;
  log: Log;
  /** Longest answer, in ms. */
  patience?: number;
  /** Ends after so many ms without a question. */
  idle?: number;
  memory?: string;
}

const script = (): string => join(dirname(createRequire(import.meta.url).resolve('@zhengwu/analytics')), 'engine', 'child.ts');

type Waiting = Map<number, { done: (answer: Answer) => void; refuse: (error: unknown) => void }>;

const answered = (answer: Answer, log: Log): Answer => {
  if (answer.error === undefined) return answer;
  log.warn({ reason: answer.error.slice(0, 300) }, 'the analytics engine refused a statement');
  throw fail('analytics.failed', {});
};

export const openEngine = ({ folder, log, patience = 30_000, idle = 120_000, memory = '512MB' }: EngineOptions): Engine => {
  const args = [script(), memory, folder];
  const options: SpawnOptions = { cwd: folder, env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] };
  let child: ChildProcess | undefined;
  let quiet: NodeJS.Timeout | undefined;
  let last = 0;
  const waiting: Waiting = new Map();
  const drop = (one: ChildProcess): void => {
    if (child !== one) return;
    child = undefined;
    for (const { refuse } of waiting.values()) refuse(fail('analytics.failed', {}));
    waiting.clear();
  };
  const running = (): ChildProcess => {
    if (child) return child;
    const one = spawn(process.execPath, args, options);
    one.stderr?.on('data', (said: Buffer) => log.warn({ said: said.toString().slice(0, 300) }, 'the analytics engine'));
    one.on('message', ({ id, ...answer }: Answer & { id: number }) => {
      waiting.get(id)?.done(answer);
      waiting.delete(id);
    });
    one.once('error', () => drop(one));
    one.once('exit', () => drop(one));
    return (child = one);
  };
  const rest = (): void => {
    clearTimeout(quiet);
    quiet = setTimeout(() => waiting.size === 0 && child?.disconnect(), idle).unref();
  };
  const ask = async (task: Task): Promise<Answer> => {
    const one = running();
    const id = ++last;
    const late = setTimeout(() => {
      waiting.get(id)?.refuse(fail('analytics.too-long', { seconds: patience / 1000 }));
      waiting.delete(id);
      one.kill('SIGKILL');
      drop(one);
    }, patience);
    try {
      return answered(await new Promise<Answer>((done, refuse) => {
        waiting.set(id, { done, refuse });
        one.send({ id, ...task });
      }), log);
    } finally {
      clearTimeout(late);
      rest();
    }
  };
  const feed = async (task: Task, input: Readable): Promise<Answer> => {
    // Node gives children sockets, which cannot be opened by name; behind `cat` stands a pipe, which can.
    const one = spawn('sh', ['-c', 'cat | exec "$0" "$@"', process.execPath, ...args], { ...options, stdio: ['pipe', 'ignore', 'pipe', 'ipc'] });
    const answer = new Promise<Answer>((done, refuse) => {
      one.once('message', (said: Answer) => done(said));
      one.once('exit', () => refuse(fail('analytics.failed', {})));
      one.once('error', refuse);
    });
    one.send({ id: 0, ...task });
    try {
      const [said] = await Promise.all([answer, pipeline(input, one.stdin as NodeJS.WritableStream)]);
      return answered(said, log);
    } finally {
      one.removeAllListeners('exit').kill('SIGKILL');
    }
  };
  const stop = async (): Promise<void> => {
    clearTimeout(quiet);
    const one = child;
    if (!one || one.exitCode !== null) return;
    const gone = new Promise((resolve) => one.once('exit', resolve));
    one.disconnect();
    await gone;
  };
  return { ask, feed, stop };
};
