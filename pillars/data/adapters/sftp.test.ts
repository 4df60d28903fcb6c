import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOutside, type Outside } from './outside.fixture.ts';
import { fingerprintOf } from './over-sftp.ts';
import { openFakeSftp, type FakeSftp } from './sftp.fixture.ts';
import { PacketReader, PacketWriter } from './sftp-packets.ts';

let outside: Outside;
let server: FakeSftp;
const OLD = 1_700_000_000;
const source = (connection: string) => ({ kind: 'remote' as const, connection, path: '/out', format: 'csv' as const, encoding: 'utf-8' as const });
const news = { topic: 'news', key: 'no' };
const taken = async (): Promise<string[]> => (await outside.published('news')).toSorted();
const connect = (code: string, more: { hostKey?: string; secret?: string } = {}): Promise<void> =>
  outside.connect(code, { kind: 'sftp', host: '127.0.0.1', port: server.port, user: 'zw', hostKey: more.hostKey ?? fingerprintOf(server.publicKey) }, more.secret ?? 'right');

beforeAll(async () => {
  outside = await openOutside();
  server = await openFakeSftp('right');
  server.files.set('/out/a.csv', { content: `no\n${Array.from({ length: 30_000 }, (_, n) => `S${n}\n`).join('')}`, modified: OLD });
  server.files.set('/out/b.csv', { content: 'no\nB1\n', modified: Math.floor(Date.now() / 1000) });
  server.files.set('/out/c.csv', { content: 'no\nC1\n', modified: OLD, isLink: true });
  server.files.set('/out/d.txt', { content: 'no\nD1\n', modified: OLD });
  await connect('box');
});
afterAll(async () => {
  await server.close();
  await outside.close();
});

describe('a folder over SFTP', () => {
  test('gives whole files in pieces; links, other formats and what is still written to are left', async () => {
    const { before } = await outside.adapters.preview({ source: source('box'), steps: [], sink: news }, { rows: 2 });
    expect(before).toEqual([{ no: 'S0' }, { no: 'S1' }]);
    server.files.set('/out/a.csv', { content: `no\n${Array.from({ length: 700 }, (_, n) => `S${n}\n`).join('')}`, modified: OLD });
    await outside.define({ code: 'box', source: source('box'), sink: news });
    expect(await outside.adapters.run('box')).toEqual({ files: 1, rows: 700, refused: 0 });
    expect(new Set(await taken()).size).toBe(700);
    server.asked.length = 0;
    expect(await outside.adapters.run('box')).toMatchObject({ files: 0 });
    expect(server.asked).toEqual(['let in zw', 'list /out']);
  }, 60_000);

  test('leaves a file for the next turn that is written to while it is read', async () => {
    server.files.set('/out/e.csv', { content: 'no\nE1\n', modified: OLD });
    server.onRead = (path) => void server.files.set(path, { content: 'no\nE2\n', modified: OLD + 5 });
    expect(await outside.adapters.run('box')).toMatchObject({ files: 0, rows: 0 });
    delete server.onRead;
    expect(await outside.adapters.run('box')).toMatchObject({ files: 1, rows: 1 });
    expect((await taken()).filter((key) => key.startsWith('E'))).toEqual(['E2']);
  });
});

describe('a server over SSH', () => {
  test('with another key than the registered one is told nothing, no password either (RFC 4251 §4.1)', async () => {
    await connect('other', { hostKey: `SHA256:${'A'.repeat(43)}` });
    await outside.define({ code: 'other', source: source('other'), sink: news });
    server.asked.length = 0;
    await expect(outside.adapters.run('other')).rejects.toMatchObject({ code: 'adapter.unreachable', params: { connection: 'other', reason: 'host key' } });
    expect(server.asked).toEqual([]);
  });

  test('that does not let us in is told apart', async () => {
    await connect('closed', { secret: 'wrong' });
    await outside.define({ code: 'closed', source: source('closed'), sink: news });
    await expect(outside.adapters.run('closed')).rejects.toMatchObject({ code: 'adapter.unreachable', params: { reason: 'not let in' } });
  });
});

describe('a packet', () => {
  test('is read as it was written', () => {
    fc.assert(fc.property(fc.nat(0xffffffff), fc.maxSafeNat(), fc.string({ unit: 'grapheme' }), (small, large, text) => {
      const reader = new PacketReader(new PacketWriter(7).uint32(small).uint64(large).text(text).packet().subarray(4));
      expect([reader.byte(), reader.uint32(), reader.uint64(), reader.text()]).toEqual([7, small, large, text]);
    }));
  });

  test('that is cut short is refused, whatever length it claims', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 41, max: 0xffffffff }), (rest, claimed) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(claimed);
      expect(() => new PacketReader(Buffer.concat([length, rest])).bytes()).toThrow(RangeError);
    }));
  });
});
