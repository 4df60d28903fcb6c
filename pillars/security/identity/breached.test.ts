import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBreached } from './breached.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-breached-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sha1 = (text: string): string => hash('sha1', text, 'hex');

// OWASP ASVS 5.0 V6.2.12: passwords are held against a set of breached ones.
test('a password is found in the list wherever it stands, with counts or without, and nothing else is', async () => {
  const path = join(folder, 'list.txt');
  await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 60 }), fc.string({ maxLength: 13 }), fc.boolean(), fc.boolean(), async (listed, other, counted, ended) => {
    const lines = listed.map(sha1).toSorted().map((one, index) => (counted ? `${one.toUpperCase()}:${'7'.repeat((index % 9) + 1)}` : one));
    await writeFile(path, lines.join('\n') + (ended ? '\n' : ''));
    const isBreached = openBreached(path);
    for (const one of listed) expect(await isBreached(one)).toBe(true);
    expect(await isBreached(other)).toBe(listed.includes(other));
  }), { numRuns: 60 });
});

test('without a list nothing is breached; a list that is not there is told', async () => {
  expect(await openBreached(undefined)('password')).toBe(false);
  await expect(openBreached(join(folder, 'none'))('password')).rejects.toThrow('ENOENT');
});
