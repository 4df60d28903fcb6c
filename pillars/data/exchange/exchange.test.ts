import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, CENTRE, openFederation, openSystem, TAX, type System, type TestFederation, type TestNode } from './nodes.fixture.ts';
import { putService } from './store.ts';

let federation: TestFederation;
let centre: TestNode;
let tax: TestNode;
let system: System;
let port: number;

const service = (code: string, address: string) => ({ subsystem: TAX, code, name: code, kind: 'REST' as const, address, openapi: null, timeout_seconds: 5, ca: null, is_on: true });
const addService = async (code: string, address: string): Promise<void> => {
  const { database } = tax.made;
  await database.as(database.system, (tx) => putService(tx, service(code, address)));
  tax.running.registry.changed();
};
const allow = (code: string, more: object = {}) => tax.exchange.allow({ kind: 'subsystem', subject: CENTRE, provider: TAX, service: code, method: '*', path: '**', until: null, ...more }, 'test', 'test');

beforeAll(async () => {
  federation = await openFederation();
  [centre, tax] = await Promise.all([federation.open('DEMO/GOV/YC-ZW/main', CENTRE), federation.open('DEMO/GOV/YC-SW/main', TAX)]);
  await federation.join([centre, tax]);
  await Promise.all([centre.start(), tax.start()]);
  port = centre.exchange.ports().plain as number;
  system = await openSystem((asked, _request, response) => {
    response.writeHead(asked.url.startsWith('/missing') ? 404 : 200, { 'Content-Type': 'application/json', 'X-Own': 'yes', Server: 'secret/1.0', 'X-Road-Id': 'forged' });
    response.end(JSON.stringify({ url: asked.url, size: asked.body.length }));
  });
  await addService('taxpayers', system.address);
  await allow('taxpayers');
});
afterAll(async () => {
  await system.close();
  await federation.close();
});

test('an X-Road REST client calls a service through two nodes, unchanged', async () => {
  const got = await ask(port, `/r1/${TAX}/taxpayers/v1/companies/91?full=1`, { headers: { 'X-Road-Id': 'my-id-1', 'X-Road-UserId': 'CN1', 'User-Agent': 'client/1' } });
  expect({ status: got.status, body: JSON.parse(got.body.toString()) }).toEqual({ status: 200, body: { url: '/v1/companies/91?full=1', size: 0 } });
  const { 'x-road-id': id, 'x-road-client': client, 'x-road-service': of, 'x-road-request-id': requestId, 'x-road-request-hash': hash, server, 'x-own': own } = got.headers;
  expect({ id, client, of, server, own }).toEqual({ id: 'my-id-1', client: CENTRE, of: `${TAX}/taxpayers`, server: undefined, own: 'yes' });
  const seen = system.asked.at(-1);
  const header = (name: string) => seen?.headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
  expect([header('x-road-client'), header('x-road-id'), header('x-road-request-id'), header('x-road-userid'), header('user-agent'), header('accept')]).toEqual([[CENTRE], ['my-id-1'], [requestId], ['CN1'], [], ['application/json']]);
  const block = `GET\r\n/r1/${TAX}/taxpayers/v1/companies/91?full=1\r\nX-Road-Client:${CENTRE}\r\nX-Road-Id:my-id-1\r\nX-Road-UserId:CN1\r\nAccept:application/json\r\nX-Road-Request-Id:${String(requestId)}\r\n`;
  expect(hash).toBe(createHash('sha512').update(block).digest('base64'));
});

test('a body of megabytes passes whole, and its digests are in both logs', async () => {
  const body = randomBytes(3_000_000);
  const got = await ask(port, `/r1/${TAX}/taxpayers/upload`, { method: 'POST', body, headers: { 'Content-Type': 'application/octet-stream' } });
  expect(JSON.parse(got.body.toString())).toEqual({ url: '/upload', size: 3_000_000 });
  expect(system.asked.at(-1)?.body.equals(body)).toBe(true);
  for (const { made: { database } } of [centre, tax]) {
    const { rows } = await database.as(database.system, (tx) => tx.query<{ body: Buffer | null; body_file: string | null; body_digest: Buffer }>("select body, body_file, body_digest from exchange.record where request = $1 and kind = 'request'", [got.headers['x-road-request-id']]));
    expect(rows).toEqual([{ body: null, body_file: createHash('sha256').update(body).digest('hex'), body_digest: createHash('sha512').update(body).digest() }]);
  }
});

test('what the service answers, errors included, passes as it is (PR-REST §4.6, category 1)', async () => {
  const got = await ask(port, `/r1/${TAX}/taxpayers/missing`);
  expect([got.status, got.headers['x-road-error']]).toEqual([404, undefined]);
});

test('without a right nobody calls anything', async () => {
  await addService('secret', system.address);
  const before = system.asked.length;
  const got = await ask(port, `/r1/${TAX}/secret/x`);
  expect([got.status, got.headers['x-road-error'], JSON.parse(got.body.toString()).type]).toEqual([500, 'Server.ServerProxy.AccessDenied', 'Server.ServerProxy.AccessDenied']);
  expect(system.asked.length).toBe(before);
});

test('each message is in the log of both nodes, signed, before its answer comes', async () => {
  const got = await ask(port, `/r1/${TAX}/taxpayers/logged`);
  for (const { made: { database } } of [centre, tax]) {
    const { rows } = await database.as(database.system, (tx) => tx.query<{ kind: string; size: number }>('select kind, length(signature) as size from exchange.record where request = $1 order by kind', [got.headers['x-road-request-id']]));
    expect(rows).toEqual([{ kind: 'answer', size: 64 }, { kind: 'request', size: 64 }]);
  }
});
