import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Order, Press, Print } from './worker.ts';

/** A file a template may name: `qr.svg`, `portrait.jpg`. */
export interface Asset {
  path: string;
  bytes: Uint8Array;
}

export interface Sheet {
  template: 'licence' | 'notice' | 'receipt';
  /** Read by the template as data only; nothing in it is ever run as markup. */
  data: unknown;
  assets?: Asset[];
  /** Moment written into the PDF; equal sheets are equal byte for byte. */
  createdAt: Date;
}

/** Sets sheets as PDF/A-2a, tagged, fonts embedded, in a thread of its own: the caller's event loop stays free. */
export interface Typesetter {
  typeset(sheet: Sheet): Promise<Buffer>;
  /** Stops the thread; sheets in hand are refused. */
  close(): Promise<void>;
}

/** A sheet takes some 10 ms; one that takes this long has lost its thread. */
const PATIENCE = 30_000;
const FONT_WEIGHTS = ['400Regular', '700Bold'];

const require = createRequire(import.meta.url);

/** The folder of this package, also when the caller is a bundle elsewhere. */
const here = (): string => join(dirname(require.resolve('@zhengwu/licences')), 'typeset');

const press = (): Press => {
  const fonts = dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json'));
  return { templates: join(here(), 'templates'), fonts: FONT_WEIGHTS.map((weight) => join(fonts, weight)) };
};

interface Waiting {
  resolve(pdf: Buffer): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/** Opens a typesetter; its thread starts with the first sheet and again after a crash. */
export const openTypesetter = (): Typesetter => {
  let worker: Worker | null = null;
  let serial = 0;
  const waiting = new Map<number, Waiting>();

  const settle = (id: number, act: (one: Waiting) => void): void => {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    clearTimeout(one.timer);
    if (waiting.size === 0) worker?.unref();
    act(one);
  };
  const lose = (lost: Worker, reason: string): void => {
    if (worker !== lost) return;
    worker = null;
    for (const id of waiting.keys()) settle(id, (one) => one.reject(new Error(`typesetter: ${reason}`)));
  };
  const start = (): Worker => {
    const started = new Worker(join(here(), 'worker.ts'), { workerData: press() });
    started.on('message', (print: Print) =>
      settle(print.id, (one) => ('pdf' in print ? one.resolve(Buffer.from(print.pdf)) : one.reject(new Error(`typesetter: ${print.error}`)))));
    started.on('error', (error) => lose(started, error.message));
    started.on('exit', () => lose(started, 'the thread ended'));
    return started;
  };

  return {
    typeset: ({ template, data, assets = [], createdAt }) =>
      new Promise((resolve, reject) => {
        const thread = (worker ??= start());
        const id = ++serial;
        const timer = setTimeout(() => {
          void thread.terminate();
          lose(thread, `no answer within ${PATIENCE} ms`);
        }, PATIENCE);
        waiting.set(id, { resolve, reject, timer });
        thread.ref();
        const order: Order = { id, template, data: JSON.stringify(data), assets, createdAt: Math.floor(createdAt.getTime() / 1000) };
        thread.postMessage(order);
      }),
    async close() {
      const thread = worker;
      if (!thread) return;
      lose(thread, 'closed');
      await thread.terminate();
    },
  };
};
