import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fail } from './errors.ts';
import type { Mark } from './mark.ts';
import type { Copy, Order } from './worker.ts';

export interface Limits {
  /** Largest original in bytes. */
  bytes: number;
  /** Milliseconds within which a copy must be made; its thread is ended otherwise. */
  patience: number;
  /** Copies that may wait for the thread. */
  queue: number;
}

/** Makes marked copies in a thread of its own, one after the other. */
export interface Marker {
  /** The copy; throws `file.not-markable` or `file.marking-busy`, and never hands back the original. */
  mark(kind: 'pdf' | 'image', body: Buffer, mark: Mark): Promise<Buffer>;
  close(): Promise<void>;
}

const LIMITS: Limits = { bytes: 64 * 1024 * 1024, patience: 15_000, queue: 24 };
const require = createRequire(import.meta.url);

/** The folder of this package, also when the caller is a bundle elsewhere. */
const here = (): string => dirname(require.resolve('@zhengwu/marking'));
const fontFile = (): string => join(dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json')), '400Regular', 'NotoSerifSC_400Regular.ttf');

const startWorker = (): Worker => new Worker(join(here(), 'worker.ts'), { workerData: { font: fontFile() }, resourceLimits: { maxOldGenerationSizeMb: 256 } });

interface Waiting {
  order: Order;
  resolve(copy: Buffer): void;
  reject(error: Error): void;
}

/** Opens a marker; its thread starts with the first copy and again after it was lost. */
export const openMarker = (limits: Partial<Limits> = {}): Marker => {
  const { bytes, patience, queue } = { ...LIMITS, ...limits };
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;
  let serial = 0;

  const settle = (act: (one: Waiting) => void): void => {
    const one = waiting.shift();
    clearTimeout(timer);
    if (one) act(one);
    if (waiting.length > 0) next();
    else worker?.unref();
  };
  const lose = (lost: Worker): void => {
    if (worker !== lost) return;
    worker = null;
    void lost.terminate();
    settle((one) => one.reject(fail('file.not-markable')));
  };
  const start = (): Worker => {
    const started = startWorker();
    started.on('message', (copy: Copy) => {
      if (copy.id === waiting[0]?.order.id) settle((one) => ('body' in copy ? one.resolve(Buffer.from(copy.body)) : one.reject(fail('file.not-markable'))));
    });
    started.on('error', () => lose(started));
    started.on('exit', () => lose(started));
    return started;
  };
  const next = (): void => {
    const one = waiting[0];
    if (!one) return;
    const thread = (worker ??= start());
    thread.ref();
    timer = setTimeout(() => lose(thread), patience);
    thread.postMessage(one.order);
  };

  return {
    mark: (kind, body, mark) =>
      new Promise((resolve, reject) => {
        if (body.length > bytes) return reject(fail('file.not-markable'));
        if (waiting.length >= queue) return reject(fail('file.marking-busy'));
        waiting.push({ order: { id: ++serial, kind, body, mark }, resolve, reject });
        if (waiting.length === 1) next();
      }),
    async close() {
      const thread = worker;
      worker = null;
      clearTimeout(timer);
      for (const one of waiting.splice(0)) one.reject(fail('file.marking-busy'));
      await thread?.terminate();
    },
  };
};
