import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { request as send } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createFiles, openLocalStore, openS3Store, safeFileName, type Files } from './index.ts';
import { openFakeS3, samples, zip } from './files.fixture.ts';

let folder = '';
let files: Files;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-files-'));
  files = await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 1_000_000 });
});
afterEach(() => rm(folder, { recursive: true }));

const everything = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name);
const collect = async (hashes: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const hash of hashes) all.push(hash);
  return all;
};
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const text = (content: Buffer | Readable, more = {}) => files.put(content, { declaredType: 'text/plain', name: 'a.txt', ...more });

describe('a stored body', () => {
  test.each(Object.entries(samples))('%s is taken by its content and addressed by its sha256', async (extension, { type, content }) => {
    const stored = await files.put(Readable.from([content.subarray(0, 3), content.subarray(3)]), { declaredType: type, name: `材料.${extension}` });
    expect(stored).toEqual({ hash: sha256(content), size: content.length, type, name: `材料.${extension}`, isHeld: false });
    expect(await files.read(stored.hash)).toEqual(content);
    expect(await everything()).toEqual([stored.hash]);
  });

  test('is kept once however often it comes, also at the same time', async () => {
    const content = Buffer.from('同一份');
    const all = await Promise.all(Array.from({ length: 8 }, () => text(content)));
    expect(new Set(all.map((f) => f.hash)).size).toBe(1);
    expect(await everything()).toEqual([all[0]?.hash]);
    expect(await collect(files.list())).toEqual([all[0]?.hash]);
  });

  test('is read whole or in part, and can be removed', async () => {
    const { hash } = await text(Buffer.from('0123456789'));
    const { body, size } = await files.open(hash, { start: 2, end: 4 });
    expect([size, Buffer.concat(await body.toArray()).toString()]).toEqual([10, '234']);
    await files.remove(hash);
    expect(await files.has(hash)).toBe(false);
    await expect(files.open(hash)).rejects.toMatchObject({ code: 'file.missing' });
    await expect(files.open('../../etc/passwd')).rejects.toMatchObject({ code: 'file.missing' });
  });
});

describe('a body that is refused leaves nothing', () => {
  afterEach(async () => expect(await everything()).toEqual([]));

  test.each(
    Object.keys(samples).flatMap((declared) => Object.keys(samples).map((actual) => [declared, actual] as const)).filter(([d, a]) => d !== a),
  )('declared %s, in truth %s', async (declared, actual) => {
    const put = files.put(samples[actual]?.content ?? Buffer.alloc(0), { declaredType: samples[declared]?.type ?? '', name: 'x' });
    await expect(put).rejects.toMatchObject({ code: 'file.type-mismatch' });
  });

  test.each<[string, Buffer, string, string]>([
    ['an empty file', Buffer.alloc(0), 'text/plain', 'file.empty'],
    ['a file over the limit', Buffer.alloc(1_000_001, 'a'), 'text/plain', 'file.too-large'],
    ['a web page', Buffer.from('<script>'), 'text/html', 'file.type-not-allowed'],
    ['a program named as unknown', Buffer.from('MZ'), 'application/octet-stream', 'file.type-not-allowed'],
    ['text with control characters', Buffer.from('a\x00b'), 'text/plain', 'file.type-mismatch'],
    ['text that is not UTF-8', Buffer.from([0xc4, 0xe3]), 'text/plain', 'file.type-mismatch'],
    ['a PDF cut off', Buffer.from('%PDF-1.7\n1 0 obj'), 'application/pdf', 'file.type-mismatch'],
    ['a document cut off', zip(['[Content_Types].xml', 'word/document.xml']).subarray(0, 60), samples['docx']?.type ?? '', 'file.type-mismatch'],
    ['a document with macros', zip(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin']), samples['docx']?.type ?? '', 'file.unsafe'],
    ['a container with path tricks', zip(['OFD.xml', '../../etc/cron.d/x']), 'application/ofd', 'file.unsafe'],
  ])('%s', async (_, content, declaredType, code) => {
    await expect(files.put(Readable.from([content]), { declaredType, name: 'x.bin' })).rejects.toMatchObject({ code });
  });

  test('a source that fails in the middle', async () => {
    const source = Readable.from((async function* () {
      yield Buffer.from('half');
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    })());
    await expect(text(source)).rejects.toMatchObject({ code: 'file.broken-off', params: { received: 4 } });
  });

  test('a real connection that is cut', async () => {
    let arrived: (outcome: { whole: Promise<unknown> }) => void = () => undefined;
    const arrival = new Promise<{ whole: Promise<unknown> }>((resolve) => (arrived = resolve));
    const server = createServer((request) => arrived({ whole: text(request).catch((error: unknown) => error) }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = send({ port: (server.address() as AddressInfo).port, method: 'PUT', headers: { 'content-length': '100' } });
    client.on('error', () => undefined);
    client.write('half');
    const { whole } = await arrival;
    client.destroy();
    expect(await whole).toMatchObject({ code: 'file.broken-off' });
    server.close();
  });
});

test('bodies left on their way in by a crash are removed at the next start', async () => {
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(folder, 'incoming', 'left'), 'half');
  await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 10 });
  expect(await everything()).toEqual([]);
});

describe('an upload in parts', () => {
  const ID = 'upload-0001';
  test('gives the same body however it is cut, and resumes after a break', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }), fc.uuid(), async (sizes, id) => {
        const parts = sizes.map((n) => Buffer.from(randomBytes(n).toString('hex')));
        let offset = 0;
        for (const part of parts) {
          const broken = Readable.from((async function* () {
            yield part.subarray(0, 1);
            throw new Error('gone');
          })());
          await expect(files.uploads.append(id, offset, broken, 1_000_000)).rejects.toMatchObject({ code: 'file.broken-off' });
          expect(await files.uploads.offset(id)).toBe(offset + 1);
          offset = await files.uploads.append(id, offset + 1, part.subarray(1), 1_000_000);
        }
        const stored = await files.complete(id, { declaredType: 'text/plain', name: 'a.txt' });
        expect(stored.hash).toBe(sha256(Buffer.concat(parts)));
        expect(await files.uploads.offset(id)).toBe(0);
      }),
      { numRuns: 10 },
    );
  });

  test('refuses a wrong offset with the right one, a second writer, and too much', async () => {
    await files.uploads.append(ID, 0, Buffer.from('abc'), 10);
    await expect(files.uploads.append(ID, 1, Buffer.from('x'), 10)).rejects.toMatchObject({ code: 'file.offset', extra: { offset: 3 } });
    const slow = Readable.from((async function* () {
      await new Promise((resolve) => setTimeout(resolve, 30));
      yield Buffer.from('d');
    })());
    const first = files.uploads.append(ID, 3, slow, 10);
    await expect(files.uploads.append(ID, 3, Buffer.from('x'), 10)).rejects.toMatchObject({ code: 'file.busy' });
    expect(await first).toBe(4);
    await expect(files.uploads.append(ID, 4, Buffer.alloc(7), 10)).rejects.toMatchObject({ code: 'file.too-large' });
    expect(await everything()).toEqual([]);
    await expect(files.uploads.append('../../x', 0, Buffer.from('x'), 10)).rejects.toMatchObject({ code: 'file.missing' });
  });

  test('that nobody finished is swept away; one that lies about its type leaves nothing', async () => {
    await files.uploads.append(ID, 0, Buffer.from('abc'), 10);
    await utimes(files.uploads.path(ID), new Date(0), new Date(0));
    await files.uploads.append('upload-0002', 0, Buffer.from('abc'), 10);
    expect(await files.uploads.sweep(new Date(1000))).toBe(1);
    await expect(files.complete('upload-0002', { declaredType: 'application/pdf', name: 'a.pdf' })).rejects.toMatchObject({ code: 'file.type-mismatch' });
    expect(await everything()).toEqual([]);
  });
});

describe('file names', () => {
  test.each([
    ['../../etc/passwd', 'passwd'], ['C:\\a\\证照.pdf', '证照.pdf'], ['a\u202Efdp.exe', 'a_fdp.exe'], ['  .hidden ', 'hidden'], ['', 'file'], ['CON.txt', '_CON.txt'],
    ['a"b\r\nc.pdf', 'a_b__c.pdf'], ['..', 'file'], [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(116)}.pdf`],
  ])('%j → %j', (name, safe) => expect(safeFileName(name)).toBe(safe));

  test('are always safe, and safe names stay as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = safeFileName(name);
        expect(safe).toMatch(/^[^/\\\p{Cc}<>:"|?*]{1,130}$/u);
        expect(safe.startsWith('.')).toBe(false);
        expect(safeFileName(safe)).toBe(safe);
      }),
    );
  });
});

test('an S3-compatible bucket behind the same interface: signed, checked by sha256, sent once', async () => {
  const s3 = await openFakeS3();
  const store = openS3Store({ endpoint: s3.endpoint, region: 'us-east-1', bucket: 'bucket', accessKey: 'key', secretKey: 'secret', pathStyle: true });
  const remote = await createFiles({ store, folder, maxBytes: 1000 });
  const content = Buffer.from('0123456789');
  const about = { declaredType: 'text/plain', name: 'a.txt' };
  const { hash } = await remote.put(content, about);
  await remote.put(content, about);
  const puts = s3.requests.filter((r) => r.method === 'PUT');
  expect(puts).toHaveLength(1);
  expect(puts[0]).toMatchObject({ path: `/bucket/files/${hash.slice(0, 2)}/${hash}`, authorization: expect.stringContaining('AWS4-HMAC-SHA256 Credential=key/') });
  expect(await remote.read(hash)).toEqual(content);
  expect(Buffer.concat(await (await remote.open(hash, { start: 2, end: 4 })).body.toArray()).toString()).toBe('234');
  expect(await collect(remote.list())).toEqual([hash]);
  await remote.check();
  await remote.remove(hash);
  expect(await remote.has(hash)).toBe(false);
  expect(await everything()).toEqual([]);
  await s3.close();
});

test('what is brought back from a backup comes as a stream and is kept under its hash', async () => {
  const pieces = [randomBytes(70_000), randomBytes(5)];
  const kept = await files.keep(Readable.from(pieces), { type: '', name: 'large' });
  expect(kept).toMatchObject({ hash: sha256(Buffer.concat(pieces)), size: 70_005 });
  expect(await everything()).toEqual([kept.hash]);
});
