import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { openRows } from '@zhengwu/imports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf, jsonLinesOf } from './drop.ts';
import { openOutside, openServer, type Outside } from './outside.fixture.ts';
import { fingerprintOf } from './over-sftp.ts';
import { openFakeSftp } from './sftp.fixture.ts';

let outside: Outside;
let source: Awaited<ReturnType<typeof openServer>>;
const ROWS = Array.from({ length: 700 }, (_, n) => `S${n},店，"${n}"`);
const from = { kind: 'remote' as const, connection: 'from', path: 'a.csv', format: 'csv' as const, encoding: 'utf-8' as const };
const names = (flow: string) => [expect.stringMatching(new RegExp(`^${flow}-[0-9a-f]{8}-000000000001\\.`)), expect.stringMatching(new RegExp(`^${flow}-[0-9a-f]{8}-000000000501\\.`))];

beforeAll(async () => {
  outside = await openOutside();
  source = await openServer((_, response) => void response.end(`no,name\n${ROWS.map((row) => row.replaceAll('"', '')).join('\n')}\n`));
  await outside.connect('from', { kind: 'http', address: source.address, header: 'authorization' }, 'x');
});
afterAll(async () => {
  await source.close();
  await outside.close();
});

describe('rows dropped as files', () => {
  test('into a folder are whole, some hundred each, and the same when they come again', async () => {
    const sink = { drop: 'shops', connection: null, format: 'jsonl' as const, key: 'no' };
    await outside.define({ code: 'drop', source: from, sink });
    const killed = outside.adapters.run('drop', undefined, () => Promise.reject(new Error('killed')));
    await expect(killed).rejects.toThrow('killed');
    expect(await outside.adapters.run('drop')).toMatchObject({ rows: 200 });
    const folder = join(outside.site.site.config.dataFolder, 'drops', 'shops');
    const found = (await readdir(folder)).toSorted();
    expect(found).toEqual(names('drop'));
    const lines = (await Promise.all(found.map((name) => readFile(join(folder, name), 'utf8')))).join('').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { no: string }).no)).toEqual(ROWS.map((_, n) => `S${n}`));
    await expect(outside.define({ code: 'astray', source: from, sink: { ...sink, drop: '../sources' } })).rejects.toMatchObject({ code: 'adapter.folder' });
  });

  test('over SFTP appear under their name when they are whole, and take the place of what is there', async () => {
    const server = await openFakeSftp('right');
    await outside.connect('box', { kind: 'sftp', host: '127.0.0.1', port: server.port, user: 'zw', hostKey: fingerprintOf(server.publicKey) }, 'right');
    await outside.define({ code: 'far', source: from, sink: { drop: '/in/', connection: 'box', format: 'csv', key: 'no' } });
    await outside.adapters.run('far');
    const paths = [...server.files.keys()].toSorted();
    expect(paths.map((path) => path.replace('/in/', ''))).toEqual(names('far'));
    const whole = server.files.get(paths[0] ?? '')?.content;
    expect(whole?.split('\r\n')).toHaveLength(502);
    server.files.set(paths[0] ?? '', { content: 'half', modified: 0 });
    await outside.platform((tx) => tx.query(`update adapters.taken set position = 0, finished_at = null where flow = 'far'`));
    await outside.adapters.run('far');
    expect(server.files.get(paths[0] ?? '')?.content).toBe(whole);
    expect(server.files.size).toBe(2);
    await server.close();
  });

  test('into a bucket are sent with their hash', async () => {
    const server = await openServer((_, response) => void response.end());
    await outside.connect('bucket', { kind: 's3', address: server.address, region: 'cn', bucket: 'box', accessKey: 'zw', pathStyle: true }, 'secret');
    await outside.define({ code: 'sent', source: from, sink: { drop: 'in', connection: 'bucket', format: 'jsonl', key: 'no' } });
    await outside.adapters.run('sent');
    expect(server.asked.map(({ method, path }) => [method, path.replace(/\?.*/, '').replace('/box/in/', '')])).toEqual(names('sent').map((name) => ['PUT', name]));
    expect(server.asked[0]?.headers['x-amz-checksum-sha256']).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    await server.close();
  });
});

test('a file that is dropped is read back as it was (RFC 4180)', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r', ' ', '😀'), maxLength: 6 });
  const body = (text: string) => ({ size: Buffer.byteLength(text), open: () => Promise.resolve((async function* () { yield Buffer.from(text); })()) });
  const read = async (text: string, format: 'csv' | 'jsonl'): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for await (const chunk of (await openRows(body(text), format, 'utf-8')).chunks) rows.push(...chunk.map(({ cells }) => ({ ...cells })));
    return rows;
  };
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ no: cell, name: cell }), { minLength: 1, maxLength: 5 }), async (rows) => {
    expect(await read(csvOf(rows), 'csv')).toEqual(rows);
    expect(await read(jsonLinesOf(rows), 'jsonl')).toEqual(rows);
  }));
});
