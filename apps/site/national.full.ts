import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLog, verifyExport } from '@zhengwu/audit-trail';
import { Authority } from '@zhengwu/certificates';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCity, type TestCity } from './test/city.ts';
import { applyForCard } from './test/people.ts';

let city: TestCity;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-national-'));
  city = await openCity(undefined, undefined, undefined, { ZHENGWU_CRYPTO_SUITE: 'gm' });
}, 120_000);
afterAll(async () => {
  await city.close();
  await rm(folder, { recursive: true });
});

test('a city on the national suite: heads of the trail are signed and stamped on SM2, and judged offline with public keys alone', async () => {
  await applyForCard(city, await city.citizen('citizen01'));
  const { database, site } = city.site;
  const count = async (): Promise<number> => (await database.as(database.system, (tx) => tx.query('select 1 from trail.head where token is not null'))).rowCount;
  await expect.poll(count, { timeout: 60_000 }).toBeGreaterThan(0);
  await exportLog(database, folder);
  const keys = await readFile(join(folder, 'keys.pem'), 'utf8');
  const chain = await site.use(Authority).chain();
  const heads = await readFile(join(folder, 'heads.jsonl'), 'utf8');
  expect(JSON.parse(Buffer.from(heads.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ alg: 'SM2-SM3' });
  const verdict = await verifyExport(folder, keys, undefined, chain);
  expect(verdict.findings).toEqual([]);
  expect(verdict.stamped).toBeGreaterThan(0);

  const path = join(folder, 'stamps.jsonl');
  const [first = '', ...rest] = (await readFile(path, 'utf8')).split('\n');
  const { head, token } = JSON.parse(first) as { head: string; token: string };
  const bytes = Buffer.from(token, 'base64');
  bytes[bytes.length - 4] = (bytes[bytes.length - 4] ?? 0) ^ 1;
  await writeFile(path, [JSON.stringify({ head, token: bytes.toString('base64') }), ...rest].join('\n'));
  expect((await verifyExport(folder, keys, undefined, chain)).findings.map(({ code }) => code)).toEqual(['stamp-forged']);
}, 90_000);
