import { createHash, randomBytes } from 'node:crypto';
import { Authority } from '@zhengwu/certificates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openContainer } from './downloading.ts';
import type { Envelope } from './frame.ts';
import { signMessage } from './message.ts';
import { ask, CENTRE, openFederation, openSystem, TAX, type System, type TestFederation, type TestNode } from './nodes.fixture.ts';
import { putService } from './store.ts';
import { verifyContainer } from './verifying.ts';
import type { Peer } from './view.ts';
import { readRequest, requestBlock } from './wire.ts';
import { entryOf, readZip, writeZip } from './zip.ts';

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

const bytesOf = async (node: TestNode, request: unknown, kind: 'request' | 'answer'): Promise<Buffer> => {
  const { database } = node.made;
  const { rows: [row] } = await database.as(database.system, (tx) => tx.query<{ id: string }>('select id from exchange.record where request = $1 and kind = $2', [request, kind]));
  const parts: Buffer[] = [];
  for await (const part of (await openContainer(await node.running.node(), row?.id ?? '')).body) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

describe('ASiC-E container (ETSI EN 319 162-1)', () => {
  let containers: Buffer[];
  beforeAll(async () => {
    const got = await ask(port, `/r1/${TAX}/taxpayers/proof`, { method: 'POST', body: '{"a":1}' });
    await expect(bytesOf(tax, got.headers['x-road-request-id'], 'request')).rejects.toMatchObject({ code: 'exchange.not-stamped' });
    await ask(port, `/r1/${TAX}/taxpayers/another`);
    for (const node of [centre, tax]) expect(await (await node.running.node()).stamping.stamp()).toBeGreaterThan(3);
    containers = await Promise.all([bytesOf(centre, got.headers['x-road-request-id'], 'request'), bytesOf(tax, got.headers['x-road-request-id'], 'answer')]);
  });
  test('holds offline, names who signed what and when, and begins with its mimetype, stored (§4.4)', async () => {
    const [request, answer] = await Promise.all(containers.map((one) => verifyContainer(one)));
    expect(request).toMatchObject({ kind: 'request', client: CENTRE, service: `/r1/${TAX}/taxpayers/proof`, isTrusted: null });
    expect(answer).toMatchObject({ kind: 'answer', client: CENTRE, service: `${TAX}/taxpayers` });
    expect(request?.signerRoot).not.toBe(answer?.signerRoot);
    expect(Math.abs((request?.stampedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(containers[0]?.subarray(30, 30 + 8 + 31).toString()).toBe('mimetypeapplication/vnd.etsi.asic-e+zip');
  });
  test('no byte of it can be changed unseen', async () => {
    const [whole = Buffer.alloc(0)] = containers;
    const files = readZip(whole) ?? new Map<string, Buffer>();
    for (const [name, content] of files) {
      const changed = Buffer.from(content);
      changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
      const parts: Buffer[] = [];
      for await (const part of writeZip([...files].map(([one, bytes]) => entryOf(one, one === name ? changed : bytes)))) parts.push(part);
      await expect(verifyContainer(Buffer.concat(parts)), name).rejects.toThrow();
    }
    const flipped = Buffer.from(whole);
    flipped[200] = (flipped[200] ?? 0) ^ 1;
    await expect(verifyContainer(flipped)).rejects.toMatchObject({ code: 'exchange.container-invalid' });
  });
  test('is trusted by the roots that the reader knows, and by no others', async () => {
    const [mine = '', theirs = ''] = await Promise.all([centre, tax].map(({ made }) => made.site.use(Authority).chain()));
    expect((await verifyContainer(containers[0] as Buffer, mine)).isTrusted).toBe(true);
    expect((await verifyContainer(containers[0] as Buffer, theirs)).isTrusted).toBe(false);
  });
});

describe('a node refuses', () => {
  const raw = async (change: (envelope: Envelope) => Envelope, body: Buffer | null = null) => {
    const node = await centre.running.node();
    const request = readRequest('GET', `/r1/${TAX}/taxpayers/direct`, [['X-Road-Client', CENTRE]]);
    const envelope = change(await signMessage(node.identity, 'request', requestBlock(request), null));
    const peer = node.holding.view().server('DEMO/GOV/YC-SW/main') as Peer;
    const { frame } = await node.outgoing.toNode(peer, envelope, body, 5);
    return { frame, again: async () => (await node.outgoing.toNode(peer, envelope, body, 5)).frame };
  };
  test('what was altered on its way, and a body that was put in', async () => {
    expect((await raw((one) => ({ ...one, block: one.block.replace('/direct', '/other') }))).frame).toMatchObject({ kind: 'fault', type: 'Server.ServerProxy.InvalidSignature' });
    expect((await raw((one) => one, Buffer.from('more'))).frame).toMatchObject({ kind: 'fault', type: 'Server.ServerProxy.InvalidSignature' });
  });
  test('nothing twice: the same message again is answered from the log, and the service is not called', async () => {
    const before = system.asked.length;
    const { frame, again } = await raw((one) => one);
    expect(frame.kind).toBe('answer');
    expect([await again(), await again()]).toEqual([frame, frame]);
    expect(system.asked.length).toBe(before + 1);
  });
  test('a client that is another node’s', async () => {
    const node = await centre.running.node();
    const request = readRequest('GET', `/r1/${TAX}/taxpayers/direct`, [['X-Road-Client', TAX]]);
    const { frame } = await node.outgoing.toNode(node.holding.view().server('DEMO/GOV/YC-SW/main') as Peer, await signMessage(node.identity, 'request', requestBlock(request), null), null, 5);
    expect(frame).toMatchObject({ kind: 'fault', type: 'Server.ServerProxy.InvalidClientIdentifier' });
  });
  test('a system that comes from no registered address, or without its certificate', async () => {
    await centre.exchange.register({ id: 'DEMO/GOV/YC-ZW/ELSEWHERE', name: 'x', addresses: ['192.0.2.0/24'] });
    await centre.exchange.register({ id: 'DEMO/GOV/YC-ZW/SECURE', name: 'x', connection: 'tls', certificates: ['0'.repeat(64)] });
    for (const client of ['DEMO/GOV/YC-ZW/ELSEWHERE', 'DEMO/GOV/YC-ZW/SECURE']) {
      const got = await ask(port, `/r1/${TAX}/taxpayers/x`, { headers: { 'X-Road-Client': client } });
      expect([got.status, got.headers['x-road-error']], client).toEqual([400, 'Client.SslAuthenticationFailed']);
    }
  });
});
