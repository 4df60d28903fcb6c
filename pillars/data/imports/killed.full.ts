import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { directoryModule } from '@zhengwu/directory';
import { disclosureModule } from '@zhengwu/disclosure';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, registersModule } from '@zhengwu/registers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importsModule } from './module.ts';
import * as store from './store.ts';

const ROWS = 40_000;
const KILLS = 4;
const field = (key: string) => ({ key, label: { zh: key, en: key }, class: 'public' as const });
const shops: Register = {
  code: 'shops', name: { zh: '店铺', en: 'Shops' }, subject: 'none', key: 'sign', keeper: 'YC-SC', sharing: { class: '1' },
  schema: { type: 'object', additionalProperties: false, required: ['sign', 'size'], properties: { sign: { type: 'string' }, size: { type: 'integer' } } }, fields: [field('sign'), field('size')],
};
let site: TestSite;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-killed-'));
  const files = await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 1 });
  site = await createTestSite({ modules: [directoryModule, disclosureModule, registersModule, importsModule], files });
  await site.site.use(Registers).define('hash', [shops]);
});
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true });
});

function* lines(): Generator<string> {
  yield 'sign,size\n';
  for (let n = 0; n < ROWS; n += 1) yield `shop ${n},${n % 1000 === 999 ? 'x' : n}\n`;
}

test('an import whose process is killed again and again writes each row once and loses none', async () => {
  const { database, files } = site.site;
  const id = uuidv7();
  const { hash, size } = await files.keep(Readable.from(lines()), { type: 'text/csv', name: 'shops.csv' });
  await database.as(database.system, async (tx) => {
    await store.insertImport(tx, { id, register: 'shops', department: null, person: null, person_name: 'test', file: hash, size, name: 'shops.csv', format: 'csv', encoding: 'utf-8', columns: ['sign', 'size'] });
    await store.queueImport(tx, id, [{ column: 'sign', field: 'sign' }, { column: 'size', field: 'size' }], '2026-03-01', false);
  });
  const standing = async (): Promise<store.ImportRow> => (await database.as(database.system, (tx) => store.importById(tx, id))) as store.ImportRow;
  const written = async (): Promise<number> => (await database.as(database.system, (tx) => tx.query<{ n: number }>('select count(*)::int as n from registers.record where cause = $1', [`import:${id}`]))).rows[0]?.n ?? 0;
  const begin = () => spawn(process.execPath, [join(import.meta.dirname, 'killed.fixture.ts'), JSON.stringify(database.config), folder, id], { stdio: 'inherit' });
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = (await standing()).position;
    const child = begin();
    const ended = new Promise((done) => child.once('exit', done));
    while ((await standing()).position === before) await sleep(2);
    child.kill('SIGKILL');
    await ended;
    // What is told as dealt with is there, and nothing more: its server may still be committing what the killed one sent last.
    await expect.poll(async () => (await standing()).added === (await written())).toBe(true);
    // Nobody waits half a minute for the claim of the dead here.
    await database.as(database.system, (tx) => tx.query("update imports.import set held_until = now() - interval '1 second' where id = $1", [id]));
  }
  expect((await standing()).position).toBeLessThan(ROWS);
  const last = begin();
  expect(await new Promise((done) => last.once('exit', done))).toBe(0);
  expect(await standing()).toMatchObject({ state: 'done', position: ROWS, added: ROWS - ROWS / 1000, changed: 0, refused: ROWS / 1000 });
  expect(await written()).toBe(ROWS - ROWS / 1000);
  const { rows } = await database.as(database.system, (tx) => tx.query<{ n: number; told: number }>(`select (select count(distinct row)::int from imports.refusal where import = $1) as n,
    (select sum(jsonb_array_length(payload->'changes'))::int from (select payload from events.outbox where type = 'register.changed' union all select payload from events.event where type = 'register.changed') e) as told`, [id]));
  expect(rows[0]).toEqual({ n: ROWS / 1000, told: ROWS - ROWS / 1000 });
}, 120_000);
