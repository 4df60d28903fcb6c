import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOutside, openServer, type Asked, type Outside } from './outside.fixture.ts';

let outside: Outside;
const news = { topic: 'news', key: 'no' };
const remote = (connection: string, path: string) => ({ kind: 'remote' as const, connection, path, format: 'csv' as const, encoding: 'utf-8' as const });
const refusals = async (flow: string) => (await outside.platform((tx) => tx.query('select row::int, code, field from adapters.refusal where flow = $1 order by row', [flow]))).rows;
beforeAll(async () => { outside = await openOutside(); });
afterAll(() => outside.close());

describe('a document over HTTP', () => {
  test('is taken once for each content, with the secret in its header', async () => {
    let text = 'no\nH1\nH2\n';
    const server = await openServer((_, response) => void response.end(text));
    await outside.connect('web', { kind: 'http', address: server.address, header: 'authorization' }, 'Bearer s3cret');
    await outside.define({ code: 'web', source: remote('web', 'export/shops.csv?day=1'), sink: news });
    expect(await outside.adapters.run('web')).toMatchObject({ files: 1, rows: 2 });
    expect(await outside.adapters.run('web')).toMatchObject({ files: 0, rows: 0 });
    text = 'no\nH3\n';
    expect(await outside.adapters.run('web')).toMatchObject({ files: 1, rows: 1 });
    expect((await outside.published('news')).filter((key) => key.startsWith('H'))).toEqual(['H1', 'H2', 'H3']);
    expect(server.asked[0]).toMatchObject({ path: '/export/shops.csv?day=1', headers: { authorization: 'Bearer s3cret' } });
    await server.close();
    await expect(outside.adapters.run('web')).rejects.toMatchObject({ code: 'adapter.unreachable', params: { connection: 'web', reason: 'ECONNREFUSED' } });
  });

  test('leads nowhere else: no redirect is followed, no path changes the host (OWASP ASVS 5.0 V13.2.4)', async () => {
    const other = await openServer((_, response) => void response.end('no\nX1\n'));
    const server = await openServer((_, response) => void response.writeHead(302, { location: `${other.address}/x.csv` }).end());
    await outside.connect('astray', { kind: 'http', address: server.address, header: 'authorization' }, 'token');
    for (const path of ['x.csv', `//${new URL(other.address).host}/x.csv`]) {
      await outside.define({ code: 'astray', source: remote('astray', path), sink: news });
      await expect(outside.adapters.run('astray')).rejects.toMatchObject({ code: 'adapter.unreachable' });
    }
    expect(other.asked).toEqual([]);
    await Promise.all([server.close(), other.close()]);
  });
});

describe('rows posted over HTTP', () => {
  test('carry the same key when they are posted again; an answer about the content refuses them, any other ends the turn', async () => {
    let status = 503;
    const server = await openServer((_, response) => void response.writeHead(status).end());
    const source = await openServer((_, response) => void response.end('no\nP1\nP2\n'));
    await outside.connect('to', { kind: 'http', address: server.address, header: 'x-api-key' }, 'key');
    await outside.connect('from', { kind: 'http', address: source.address, header: 'x-api-key' }, 'key');
    await outside.define({ code: 'post', source: remote('from', 'a.csv'), sink: { post: 'rows', connection: 'to', key: 'no' } });
    await expect(outside.adapters.run('post')).rejects.toMatchObject({ code: 'adapter.unreachable', params: { reason: 'HTTP 503' } });
    status = 200;
    expect(await outside.adapters.run('post')).toMatchObject({ rows: 2, refused: 0 });
    const keys = server.asked.map(({ headers }: Asked) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(server.asked[1]).toMatchObject({ method: 'POST', path: '/rows', body: '[{"no":"P1"},{"no":"P2"}]', headers: { 'x-api-key': 'key' } });
    status = 422;
    await outside.define({ code: 'post-refused', source: remote('from', 'a.csv'), sink: { post: 'rows', connection: 'to', key: 'no' } });
    expect(await outside.adapters.run('post-refused')).toMatchObject({ rows: 2, refused: 2 });
    expect(await refusals('post-refused')).toEqual([1, 2].map((row) => ({ row, code: 'adapter.sink-refused', field: 'HTTP 422' })));
    await Promise.all([server.close(), source.close()]);
  });
});

test('objects of a bucket are taken by name, once for each content, and none that changed on the way', async () => {
  const objects = new Map([['in/a.csv', 'no\nB1\n'], ['in/b.csv', 'no\nB2\n'], ['in/c.txt', 'no\nB9\n'], ['out/d.csv', 'no\nB9\n']]);
  const etag = (key: string): string => `"${Buffer.from(objects.get(key) ?? '').toString('hex')}"`;
  let changed = '';
  const server = await openServer(({ path, headers }, response) => {
    const url = new URL(path, 'http://s3');
    const prefix = url.searchParams.get('prefix');
    if (prefix !== null) {
      const contents = [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length ?? 0}</Size><ETag>${etag(key)}</ETag><LastModified>2026-11-23T00:00:00.000Z</LastModified></Contents>`).join('');
      return void response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
    }
    const key = url.pathname.replace('/box/', '');
    if (headers['if-match'] !== etag(key) || key === changed) return void response.writeHead(412).end();
    response.end(objects.get(key));
  });
  await outside.connect('box', { kind: 's3', address: server.address, region: 'cn', bucket: 'box', accessKey: 'zw', pathStyle: true }, 'secret');
  await outside.define({ code: 'box', source: remote('box', 'in/'), sink: news });
  changed = 'in/a.csv';
  expect(await outside.adapters.run('box')).toMatchObject({ files: 1, rows: 1 });
  changed = '';
  expect(await outside.adapters.run('box')).toMatchObject({ files: 1, rows: 1 });
  const before = server.asked.length;
  expect(await outside.adapters.run('box')).toMatchObject({ files: 0, rows: 0 });
  expect(server.asked.slice(before)).toHaveLength(1);
  expect((await outside.published('news')).filter((key) => key.startsWith('B'))).toEqual(['B2', 'B1']);
  expect(server.asked.every(({ headers }) => headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=zw/'))).toBe(true);
  await server.close();
});
