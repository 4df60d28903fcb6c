import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectFile } from './inspect.ts';
import { fileTypeOf, type FileType } from './file-types.ts';
import { checkPixels } from './picture-size.ts';

let folder = '';
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'pictures-')); });
afterAll(() => rm(folder, { recursive: true }));

const text = (given: string): Buffer => Buffer.from(given, 'latin1');
const be = (value: number, bytes: number): Buffer => { const made = Buffer.alloc(bytes); made.writeUIntBE(value, 0, bytes); return made; };
const le = (value: number, bytes: number): Buffer => { const made = Buffer.alloc(bytes); made.writeUIntLE(value, 0, bytes); return made; };
const png = (width: number, height: number): Buffer => Buffer.concat([text('\x89PNG\r\n\x1a\n'), be(13, 4), text('IHDR'), be(width, 4), be(height, 4), Buffer.alloc(20)]);
/** As cameras write it: a segment of metadata, one of tables, then a progressive frame. */
const jpeg = (width: number, height: number): Buffer => Buffer.concat([text('\xff\xd8\xff\xe1'), be(302, 2), Buffer.alloc(300, 0xc0), text('\xff\xc4'), be(4, 2), Buffer.alloc(2), text('\xff\xff\xc2'), be(17, 2), text('\x08'), be(height, 2), be(width, 2), Buffer.alloc(20)]);
const riff = (kind: string, rest: Buffer): Buffer => Buffer.concat([text('RIFF'), Buffer.alloc(4), text(`WEBP${kind}`), Buffer.alloc(4), rest, Buffer.alloc(20)]);
const lossy = (width: number, height: number): Buffer => riff('VP8 ', Buffer.concat([Buffer.alloc(3), text('\x9d\x01\x2a'), le(width, 2), le(height, 2)]));
const lossless = (width: number, height: number): Buffer => riff('VP8L', Buffer.concat([text('\x2f'), le((width - 1) + (height - 1) * 2 ** 14, 4)]));
const extended = (width: number, height: number): Buffer => riff('VP8X', Buffer.concat([Buffer.alloc(4), le(width - 1, 3), le(height - 1, 3)]));

const check = async (body: Buffer, declared: string): Promise<unknown> => {
  const path = join(folder, 'picture');
  await writeFile(path, body);
  return inspectFile(path, body.length, fileTypeOf(declared, '') as FileType).then(() => 'taken', ({ code, params }: { code: string; params: object }) => ({ code, params }));
};

test.each<[string, string, (width: number, height: number) => Buffer, number]>([
  ['PNG', 'image/png', png, 60_000], ['JPEG', 'image/jpeg', jpeg, 60_000], ['WebP, extended', 'image/webp', extended, 60_000], ['WebP, lossy', 'image/webp', lossy, 16_000], ['WebP, lossless', 'image/webp', lossless, 16_000],
])('a small file that says it is a huge picture is refused before anybody decodes it: %s (OWASP ASVS 5.0 V5.2.6)', async (_name, type, make, side) => {
  expect(await check(make(side, side), type)).toEqual({ code: 'file.too-many-pixels', params: { width: side, height: side } });
  expect(await check(make(4000, 3000), type)).toBe('taken');
  expect(await check(make(1, side), type)).toEqual(side > 30_000 ? { code: 'file.too-many-pixels', params: { width: 1, height: side } } : 'taken');
});

test('whatever a picture holds, it is judged within its bytes', async () => {
  const path = join(folder, 'any');
  await fc.assert(fc.asyncProperty(fc.constantFrom('image/png', 'image/jpeg', 'image/webp'), fc.uint8Array({ maxLength: 200 }), async (type, rest) => {
    await writeFile(path, Buffer.concat([{ 'image/png': png(1, 1).subarray(0, 12), 'image/jpeg': text('\xff\xd8\xff'), 'image/webp': text('RIFF\0\0\0\0WEBPVP8X') }[type] ?? Buffer.alloc(0), rest]));
    const file = await open(path);
    try {
      await checkPixels(file, type).catch((error: { code?: string }) => expect(error.code).toBe('file.too-many-pixels'));
    } finally {
      await file.close();
    }
  }), { numRuns: 100 });
});
