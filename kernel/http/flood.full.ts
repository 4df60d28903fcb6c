import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { Type } from 'typebox';
import { operation } from '@zhengwu/contracts';
import { open } from './http.fixture.ts';
import type { HttpServer } from './http.ts';

const FLOOD_SECONDS = 5;
const CONNECTIONS = 800;
/** What an official's call may cost in the flood, as a multiple of the quiet 95th percentile; and no less than this many ms are held against it. */
const MOST_TIMES = 10;
const FLOOR_MS = 10;

const work = operation({ id: 'sample.work', method: 'GET', path: '/api/work', summary: 'Some work', response: Type.Object({ kind: Type.String() }) });

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

/** Half a millisecond of computing and a database's worth of waiting. */
const busy = async (): Promise<void> => {
  const until = performance.now() + 0.5;
  while (performance.now() < until);
  await pause(2);
};

const serve = async (options: object): Promise<string> => {
  const http = open({ 'sample.work': { who: ['public', 'official'], audit: null } }, options);
  servers.push(http);
  http.route(work, async ({ actor }) => {
    await busy();
    return { kind: actor.kind };
  });
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${port}/api/work`;
};

/** Anonymous connections from a process of their own, for a bounded time; resolves to how many answers of each kind they got. */
const flood = (url: string): Promise<{ ok: number; put: number }> => {
  const cannon = createRequire(import.meta.url).resolve('autocannon');
  const child = spawn(process.execPath, [cannon, '--json', '-c', String(CONNECTIONS), '-d', String(FLOOD_SECONDS), url], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      const result = JSON.parse(text.slice(text.indexOf('{'))) as { '2xx': number; '5xx': number };
      resolve({ ok: result['2xx'], put: result['5xx'] });
    });
  });
};

const percentile = (times: readonly number[], share: number): number => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;

/** An official's calls one after another for so many ms: each must be answered. */
const official = async (url: string, milliseconds: number): Promise<number> => {
  const times: number[] = [];
  for (const until = performance.now() + milliseconds; performance.now() < until;) {
    const began = performance.now();
    const answer = await fetch(url, { headers: { cookie: 'zw_console=official' } });
    expect([answer.status, await answer.json()]).toEqual([200, { kind: 'official' }]);
    times.push(performance.now() - began);
  }
  return percentile(times, 0.95);
};

const measured = async (options: object): Promise<{ quiet: number; flooded: number; answers: { ok: number; put: number } }> => {
  const url = await serve(options);
  await official(url, 300);
  const quiet = await official(url, 1200);
  const flooding = flood(url);
  await pause(1500);
  const flooded = await official(url, (FLOOD_SECONDS - 2.5) * 1000);
  return { quiet, flooded, answers: await flooding };
};

test('while strangers flood, an official who is signed in is answered every time, the 95th percentile within ten times the quiet one', async () => {
  const open = await measured({});
  const guarded = await measured({ mostInFlight: 256 });
  process.stdout.write(`official p95 ms: quiet ${guarded.quiet.toFixed(1)}, flooded ${guarded.flooded.toFixed(1)}, flooded without admission ${open.flooded.toFixed(1)}; strangers answered ${guarded.answers.ok}, put off ${guarded.answers.put}\n`);
  expect(guarded.flooded).toBeLessThan(Math.max(FLOOR_MS, guarded.quiet) * MOST_TIMES);
  expect(guarded.flooded).toBeLessThan(open.flooded);
  expect(guarded.answers.ok).toBeGreaterThan(0);
}, 60_000);
