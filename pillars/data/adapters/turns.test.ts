import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { fixedClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { Topics, topicsModule } from '@zhengwu/topics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Adapters, type Flow } from './flow.ts';
import { adaptersModule } from './module.ts';
import { firstTurn, nextTurn } from './schedule.ts';
import * as flows from './store-flows.ts';
import { forgetTurns, handOutDue, takeTurn } from './turns.ts';

const MORNING = new Date('2026-11-23T01:00:00Z');
const clock = fixedClock(MORNING);
let site: TestSite;
let adapters: Adapters;
let folder: string;
const never = new AbortController().signal;
const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const put = async (name: string, rows: number): Promise<void> => {
  await mkdir(join(folder, 'sources', name), { recursive: true });
  const path = join(folder, 'sources', name, 'a.csv');
  await writeFile(path, `no\n${Array.from({ length: rows }, (_, n) => `${name}-${n}\n`).join('')}`);
  await utimes(path, 1, 1);
};
const flow = (code: string, schedule: Flow['schedule'] = null): Flow => ({ code, name: { zh: code, en: code }, source: { kind: 'folder', folder: code, format: 'csv', encoding: 'utf-8' }, steps: [], sink: { topic: 'turns', key: 'no' }, schedule });
const runs = (code: string) => platform((tx) => flows.runs(tx, code, 10));
const published = async (code: string) => (await platform((tx) => tx.query(`select 1 from events.outbox where payload ->> 'topic' = 'turns' and payload ->> 'key' like $1`, [`${code}-%`]))).rows.length;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-turns-'));
  site = await createTestSite({ modules: [directoryModule, registersModule, topicsModule, adaptersModule], config: readConfig({ ZHENGWU_DATA: folder }), clock });
  adapters = site.site.use(Adapters);
  await platform((tx) => site.site.use(Topics).define(tx, { code: 'turns', name: { zh: '轮', en: 'Turns' }, owner: 'YC-SC', isPersonal: false, retentionDays: 30 }));
});
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true });
});

describe('a turn', () => {
  test('is kept with what it did; one whose time had come and that found nothing leaves no trace', async () => {
    await put('kept', 3);
    await platform((tx) => adapters.define(tx, flow('kept')));
    await takeTurn(site.site, { flow: 'kept', by: '林数' }, never);
    await takeTurn(site.site, { flow: 'kept', by: null }, never);
    expect(await runs('kept')).toEqual([expect.objectContaining({ state: 'done', asked_by: '林数', files: 1, rows: 3, refused: 0, problem: null })]);
  });

  test('that fails says why, and the next one waits longer each time', async () => {
    await platform((tx) => adapters.define(tx, flow('absent', { everySeconds: 10 })));
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await takeTurn(site.site, { flow: 'absent', by: null }, never);
      waits.push(((await platform((tx) => flows.flow(tx, 'absent')))?.next_at?.getTime() ?? 0) - clock.now().getTime());
    }
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect((await runs('absent'))[0]).toMatchObject({ state: 'failed', problem: { code: 'adapter.folder', params: { folder: 'absent' } } });
  });

  test('stops where it stands when the flow is held back, and goes on there', async () => {
    await put('held', 1700);
    await platform((tx) => adapters.define(tx, flow('held')));
    const holding = adapters.run('held', undefined, async () => void (await platform((tx) => flows.pause(tx, 'held', '林数', '核对'))));
    await expect(holding).rejects.toMatchObject({ code: 'adapter.paused' });
    expect(await published('held')).toBe(500);
    await takeTurn(site.site, { flow: 'held', by: null }, never);
    expect((await runs('held'))[0]?.state).toBe('paused');
    await platform((tx) => flows.resume(tx, 'held', null));
    await takeTurn(site.site, { flow: 'held', by: null }, never);
    expect((await runs('held'))[0]).toMatchObject({ state: 'done', rows: 1200 });
    expect(await published('held')).toBe(1700);
  }, 60_000);

  test('that is cut off by the end of the process is handed out again', async () => {
    await put('cut', 1200);
    await platform((tx) => adapters.define(tx, flow('cut')));
    const ending = new AbortController();
    const run = adapters.run;
    adapters.run = (code, signal, heard) => run(code, signal, async (now) => { await heard?.(now); ending.abort(); });
    await expect(takeTurn(site.site, { flow: 'cut', by: null }, ending.signal)).rejects.toThrow();
    adapters.run = run;
    expect((await runs('cut'))[0]).toMatchObject({ state: 'cut', rows: 500 });
    await takeTurn(site.site, { flow: 'cut', by: null }, never);
    expect(await published('cut')).toBe(1200);
  }, 60_000);
});

test('turns and refused rows are told for 400 days; what was taken is known for ever', async () => {
  await put('aged', 2);
  await platform((tx) => adapters.define(tx, { ...flow('aged'), steps: [{ do: 'number', field: 'no' }] }));
  await takeTurn(site.site, { flow: 'aged', by: '林数' }, never);
  const counts = async () => (await platform((tx) => tx.query(`select (select count(*)::int from adapters.run where flow = 'aged') as runs, (select count(*)::int from adapters.refusal where flow = 'aged') as refusals, (select count(*)::int from adapters.taken where flow = 'aged') as taken`))).rows;
  await forgetTurns(site.site);
  expect(await counts()).toEqual([{ runs: 1, refusals: 2, taken: 1 }]);
  await platform((tx) => tx.query(`update adapters.run set begun_at = now() - interval '401 days', finished_at = now() - interval '401 days' where flow = 'aged'`));
  const owner = new pg.Client({ ...(await platform((tx) => tx.query<{ port: number; database: string }>('select inet_server_port() as port, current_database() as database'))).rows[0], host: '127.0.0.1', user: 'zwtest_owner', password: 'owner' });
  await owner.connect();
  await owner.query(`alter table adapters.refusal no force row level security; update adapters.refusal set at = now() - interval '401 days' where flow = 'aged'; alter table adapters.refusal force row level security`);
  await owner.end();
  await forgetTurns(site.site);
  expect(await counts()).toEqual([{ runs: 0, refusals: 0, taken: 1 }]);
});

describe('a schedule', () => {
  test('hands out what is due once, and nothing that is held back', async () => {
    await platform(async (tx) => {
      await adapters.define(tx, flow('due', { everySeconds: 60 }));
      await adapters.define(tx, flow('waits', { everySeconds: 60 }));
      await flows.pause(tx, 'waits', '林数', '核对');
    });
    const handed = async () => (await platform((tx) => tx.query<{ flow: string }>(`select payload -> 'payload' ->> 'flow' as flow from events.outbox where payload ->> 'job' = 'adapters.run'`))).rows.map((row) => row.flow).filter((code) => code === 'due' || code === 'waits');
    await handOutDue(site.site);
    await handOutDue(site.site);
    expect(await handed()).toEqual(['due']);
  });

  test('once a day is by the clock of Asia/Shanghai', () => {
    expect(firstTurn({ dailyAt: '09:30' }, MORNING)?.toISOString()).toBe('2026-11-23T01:30:00.000Z');
    expect(firstTurn({ dailyAt: '09:00' }, MORNING)?.toISOString()).toBe('2026-11-24T01:00:00.000Z');
    expect(firstTurn({ dailyAt: '02:30' }, new Date('2026-11-23T18:00:00Z'))?.toISOString()).toBe('2026-11-23T18:30:00.000Z');
  });

  test('never comes in the past, nor sooner than it says', () => {
    fc.assert(fc.property(fc.integer({ min: 10, max: 604_800 }), fc.nat(40), fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), fc.integer({ min: 0, max: 1439 }), (everySeconds, failures, now, minutes) => {
      const every = (nextTurn({ everySeconds }, now, failures)?.getTime() ?? 0) - now.getTime();
      expect(every).toBeGreaterThanOrEqual(everySeconds * 1000);
      expect(every).toBeLessThanOrEqual(Math.max(everySeconds * 1000, 3_600_000));
      const dailyAt = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      const daily = (nextTurn({ dailyAt }, now, failures)?.getTime() ?? 0) - now.getTime();
      expect(daily).toBeGreaterThan(0);
      expect(daily).toBeLessThanOrEqual(86_400_000);
    }));
  });
});
