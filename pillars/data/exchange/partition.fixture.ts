// A process inside a network namespace: an information system that is called, or a client that calls without pause.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './nodes.fixture.ts';

export type PartitionOrder = { role: 'system'; host: string; port: number } | { role: 'client'; port: number; host: string; path: string; workers: number };

const order = JSON.parse(process.env['PARTITION_ORDER'] ?? '{}') as PartitionOrder;

/** Counts what it carries out; tells it when asked. */
const serve = (host: string, port: number): void => {
  const carried = new Map<string, number>();
  createServer((request, response) => {
    const url = request.url ?? '';
    carried.set(url, (carried.get(url) ?? 0) + 1);
    request.resume().on('end', () => setTimeout(() => response.end(url), Math.random() * 10));
  }).listen(port, host, () => process.send?.({ ready: true }));
  process.on('message', () => process.send?.({ carried: [...carried] }));
};

/** Calls until it is told to end, and tells what was answered and when it last went well. */
const call = async ({ host, port, path, workers }: Extract<PartitionOrder, { role: 'client' }>): Promise<void> => {
  let isOn = true;
  let sent = 0;
  const answered: [path: string, request: string, at: number][] = [];
  process.on('message', (said) => {
    if (said === 'end') isOn = false;
    else process.send?.({ answered: answered.length, sent });
  });
  const work = async (worker: number): Promise<void> => {
    while (isOn) {
      const own = `/${worker}-${(sent += 1)}-${randomUUID()}`;
      const got = await ask(port, `${path}${own}`, { method: 'POST', body: own }, host).catch(() => undefined);
      if (got?.status === 200 && got.body.toString() === own) answered.push([own, String(got.headers['x-road-request-id']), Date.now()]);
      else await pause(50);
    }
  };
  process.send?.({ ready: true });
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  process.send?.({ ended: answered, sent });
};

if (order.role === 'system') serve(order.host, order.port);
else await call(order);
