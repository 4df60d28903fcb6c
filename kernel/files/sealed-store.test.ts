import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { gm, intl, openKeyRing, type CryptoSuite, type KeyRing } from '@zhengwu/crypto';
import { createFiles, openLocalStore, sealStore, type Files, type SealedStore } from './index.ts';

const RECORD = 65_536;
let folder = '';
let ring: KeyRing;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-sealed-'));
  ring = openKeyRing(join(folder, 'files.ring'), 'the data key');
});
afterEach(() => rm(folder, { recursive: true }));

const open = async (suite: CryptoSuite = intl, keys = ring): Promise<{ files: Files; store: SealedStore }> => {
  const store = sealStore(await openLocalStore(join(folder, 'bodies')), { ring: keys, suite, folder });
  return { files: await createFiles({ store, folder, maxBytes: 10_000_000 }), store };
};
const keep = async (files: Files, content: Buffer): Promise<string> => (await files.keep(content, { type: 'application/pdf', name: 'a.pdf' })).hash;
const pathOf = (hash: string): string => join(folder, 'bodies', hash.slice(0, 2), hash.slice(2, 4), hash);

// GB/T 22239-2019 8.1.4.8: important data is confidential where it is stored.
describe.each([intl, gm])('a sealed body ($name)', (suite) => {
  test.each([1, RECORD - 1, RECORD, RECORD + 1, 3 * RECORD, 200_000])('of %i bytes comes back whole and in parts, and lies nowhere in the open', async (size) => {
    const { files } = await open(suite);
    const content = Buffer.concat([Buffer.from('秘密').subarray(0, size), Buffer.alloc(Math.max(0, size - 6), 'open text ')]).subarray(0, size);
    const hash = await keep(files, content);
    const opened = await files.open(hash);
    expect([opened.size, await buffer(opened.body)]).toEqual([size, content]);
    expect(await files.read(hash)).toEqual(content);
    if (size > 20) expect((await readFile(pathOf(hash))).includes('open text')).toBe(false);
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
    await fc.assert(fc.asyncProperty(fc.nat(size - 1), fc.nat(size + 10), async (a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      expect(await buffer((await files.open(hash, { start, end })).body)).toEqual(content.subarray(start, end + 1));
    }), { numRuns: 12 });
  });

  test('does not open when a byte was changed, the end cut off, or another body put in its place', async () => {
    const { files } = await open(suite);
    const [one, other] = [await keep(files, randomBytes(150_000)), await keep(files, randomBytes(150_000))];
    const whole = await readFile(pathOf(one));
    const read = async (stored: Buffer): Promise<unknown> => {
      await rm(pathOf(one));
      await writeFile(pathOf(one), stored);
      const { files: fresh } = await open(suite);
      return fresh.read(one);
    };
    for (const at of [60, 100, 5000, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(read(changed), `byte ${at}`).rejects.toThrow();
    }
    const step = RECORD + (suite === intl ? 28 : 48);
    const head = whole.length - 150_000 - 3 * (step - RECORD);
    await expect(read(whole.subarray(0, head + 2 * step)), 'the last record is missing').rejects.toThrow();
    await expect(read(whole.subarray(0, whole.length - 1))).rejects.toThrow();
    await expect(read(Buffer.concat([whole.subarray(0, head), whole.subarray(head + step, head + 2 * step), whole.subarray(head, head + step), whole.subarray(head + 2 * step)])), 'two records changed places').rejects.toThrow();
    await expect(read(await readFile(pathOf(other)))).rejects.toThrow();
    expect(await read(whole)).toHaveLength(150_000);
  });
});

describe('the keys', () => {
  test('are changed while the site goes on reading and writing: every body is wrapped by the new key, none is written anew in the open', async () => {
    const { files } = await open();
    const contents = Array.from({ length: 6 }, (_, index) => randomBytes(1000 + index * 40_000));
    const hashes = await Promise.all(contents.map((content) => keep(files, content)));
    const records = (await readFile(pathOf(hashes[3] as string))).subarray(-1000);
    const before = await ring.current();

    // Another process, as the command line is one.
    const elsewhere = openKeyRing(join(folder, 'files.ring'), 'the data key');
    const { store } = await open(intl, elsewhere);
    await elsewhere.rotate();
    const reading = Promise.all(hashes.map((hash) => files.read(hash)));
    const late = keep(files, Buffer.from('written meanwhile'));
    expect(await store.rewrap()).toMatchObject({ sealed: 0, rewrapped: 6 });
    expect(await reading).toEqual(contents);
    expect((await files.read(await late)).toString()).toBe('written meanwhile');
    expect((await readFile(pathOf(hashes[3] as string))).subarray(-1000)).toEqual(records);

    await elsewhere.drop([before.id]);
    expect(await Promise.all(hashes.map((hash) => files.read(hash)))).toEqual(contents);
    expect(await store.rewrap()).toEqual({ rewrapped: 0, sealed: 0 });
    const { files: fresh } = await open();
    expect(await fresh.read(hashes[0] as string)).toEqual(contents[0]);
  });

  test('are of no use under another data key, and a body whose key is gone says so', async () => {
    const { files } = await open();
    const hash = await keep(files, Buffer.from('内容'));
    await expect(openKeyRing(join(folder, 'files.ring'), 'another data key').current()).rejects.toThrow();
    await rm(join(folder, 'files.ring'));
    const { files: fresh } = await open(intl, openKeyRing(join(folder, 'files.ring'), 'the data key'));
    await expect(fresh.read(hash)).rejects.toThrow('not in the key ring');
  });

  test('bodies that lay open before are read as they are, and are sealed by the next change of keys', async () => {
    const plain = await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 1_000_000 });
    const content = Buffer.from('%PDF-1.7 from before');
    const hash = await keep(plain, content);
    const { files, store } = await open(gm);
    expect(await files.read(hash)).toEqual(content);
    expect(await store.rewrap()).toEqual({ rewrapped: 0, sealed: 1 });
    expect(await files.read(hash)).toEqual(content);
    expect((await readFile(pathOf(hash))).includes('%PDF')).toBe(false);
    expect((await files.keep(Readable.from([content]), { type: 'application/pdf', name: 'a.pdf' })).hash).toBe(hash);
  });
});
