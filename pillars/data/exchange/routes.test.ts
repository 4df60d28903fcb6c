import { X509Certificate } from 'node:crypto';
import type { ExchangeCall, ExchangeRecord, ExchangeRight, ExchangeService, ExchangeStep } from '@zhengwu/contracts';
import { gm } from '@zhengwu/crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authority, TimeStamps } from '@zhengwu/certificates';
import { readGrant } from './granting.ts';
import { Fault } from './faults.ts';
import { checkSuccession, composeMembership, readAnchors, readMembership, signMembership } from './membership.ts';
import { ask, CENTRE, openFederation, TAX, type TestFederation, type TestNode } from './nodes.fixture.ts';
import { openStamping } from './stamping.ts';
import { openTrust } from './trust.ts';

let federation: TestFederation;
let centre: TestNode;
let tax: TestNode;
let port: number;
const openapi = { openapi: '3.0.3', info: { title: '纳税人 Taxpayers', version: '1' }, paths: { '/companies/{uscc}': { get: {}, put: {} }, '/health': { get: {} } } };

const everything = { 'exchange.read': { scope: 'all', departments: [] }, 'exchange.manage': { scope: 'all', departments: [] }, 'exchange.log': { scope: 'all', departments: [] } } as const;
type Json = Record<string, unknown> & { items: ExchangeRight[] & ExchangeService[] & ExchangeCall[]; id: string; code: string; records: ExchangeRecord[]; steps: ExchangeStep[]; silent: string[] };
const call = async (node: TestNode, method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, permissions: object = everything): Promise<{ status: number; json: Json; raw: Buffer }> => {
  const answer = await node.http.fastify.inject({ method, url, headers: node.as({ permissions: permissions as never }), ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, json: (/json/.test(String(answer.headers['content-type'])) ? answer.json() : {}) as Json, raw: answer.rawPayload };
};
const right = (more: object = {}) => ({ kind: 'subsystem', subject: CENTRE, provider: TAX, service: 'taxpayers', method: 'GET', path: '/companies/*', until: null, reason: '市政府数据中心核对法人信息', ...more });
const asked = async (path: string, method = 'GET') => {
  const { status, headers, body } = await ask(port, `/r1/${TAX}/${path}`, { method });
  return { status, error: headers['x-road-error'], body: body.toString(), id: String(headers['x-road-request-id']) };
};

beforeAll(async () => {
  federation = await openFederation(gm);
  [centre, tax] = await Promise.all([federation.open('DEMO/GOV/YC-ZW/main', CENTRE), federation.open('DEMO/GOV/YC-SW/main', TAX)]);
  tax.exchange.provide('taxpayers', { openapi, handle: async ({ path, client }) => ({ status: 200, headers: [['Content-Type', 'text/plain']], body: `${client} ${path}` }) });
  tax.exchange.provide('broken', { openapi, handle: () => Promise.reject(new Error('secret detail')) });
  await federation.join([centre, tax], [{ code: 'tax-line', name: '税务', members: [CENTRE] }]);
  await Promise.all([centre.start(), tax.start()]);
  port = centre.exchange.ports().plain as number;
});
afterAll(() => federation.close());

describe('rights', () => {
  test('open an endpoint and no other, and end when they are withdrawn', async () => {
    expect((await asked('taxpayers/companies/91')).error).toBe('Server.ServerProxy.AccessDenied');
    const { status, json } = await call(tax, 'POST', '/api/exchange/rights', right());
    expect(status).toBe(201);
    expect(await asked('taxpayers/companies/91')).toMatchObject({ status: 200, body: `${CENTRE} /companies/91` });
    for (const [path, method] of [['taxpayers/companies/91', 'PUT'], ['taxpayers/companies/91/more', 'GET'], ['taxpayers/companies', 'GET'], ['taxpayers/companies%2F91', 'GET'], ['taxpayers', 'GET'], ['other/companies/91', 'GET']] as const) {
      expect((await asked(path, method)).error, `${method} ${path}`).toBe('Server.ServerProxy.AccessDenied');
    }
    expect((await call(tax, 'POST', `/api/exchange/rights/${json.id}/withdraw`, { reason: '用途结束' })).status).toBe(200);
    expect((await asked('taxpayers/companies/91')).error).toBe('Server.ServerProxy.AccessDenied');
    expect((await call(tax, 'POST', `/api/exchange/rights/${json.id}/withdraw`, { reason: '用途结束' })).json.code).toBe('exchange.unknown-right');
  });
  test('a group of the federation, and a local group', async () => {
    expect((await call(tax, 'POST', '/api/exchange/rights', right({ kind: 'local', subject: 'friends' }))).json.code).toBe('exchange.unknown-group');
    const global = await call(tax, 'POST', '/api/exchange/rights', right({ kind: 'global', subject: 'tax-line', path: '/health' }));
    expect((await asked('taxpayers/health')).status).toBe(200);
    await call(tax, 'POST', `/api/exchange/rights/${global.json.id}/withdraw`, { reason: 'x' });
    await call(tax, 'PUT', '/api/exchange/groups', { provider: TAX, code: 'friends', name: '朋友', members: [CENTRE] });
    await call(tax, 'POST', '/api/exchange/rights', right({ kind: 'local', subject: 'friends', path: '/health' }));
    expect((await asked('taxpayers/health')).status).toBe(200);
    await call(tax, 'PUT', '/api/exchange/groups', { provider: TAX, code: 'friends', name: '朋友', members: [] });
    expect((await asked('taxpayers/health')).error).toBe('Server.ServerProxy.AccessDenied');
  });
  test('one that is over opens nothing', async () => {
    await tax.exchange.allow({ kind: 'subsystem', subject: CENTRE, provider: TAX, service: 'taxpayers', method: '*', path: '/late', until: new Date(Date.now() - 1) }, 'test', 'test');
    expect((await asked('taxpayers/late')).error).toBe('Server.ServerProxy.AccessDenied');
  });
  test('what the catalogue grants is a right, and is none once it is withdrawn', async () => {
    const payload = { resource: '307001/0001', department: 7, member: 'DEMO/GOV/YC-ZW', subsystem: 'GOVCENTRE', services: ['taxpayers'], until: '2099-12-31' };
    expect(readGrant(payload)).toMatchObject({ subject: CENTRE, until: new Date('2099-12-31T15:59:59.999Z') });
    expect(readGrant({ ...payload, services: undefined })).toBeUndefined();
    const { database, site } = tax.made;
    const tell = (type: string) => database.as(database.system, (tx) => site.events.append(tx, { type, subject: payload.resource, payload }));
    await tell('catalogue.granted');
    await expect.poll(async () => (await asked('taxpayers/anything')).status, { timeout: 10_000 }).toBe(200);
    await tell('catalogue.withdrawn');
    await expect.poll(async () => (await asked('taxpayers/anything')).error, { timeout: 10_000 }).toBe('Server.ServerProxy.AccessDenied');
  });
});

test('PR-MREST: listMethods, allowedMethods, getOpenAPI and listClients', async () => {
  await tax.exchange.allow({ kind: 'subsystem', subject: CENTRE, provider: TAX, service: 'taxpayers', method: 'GET', path: '/companies/*', until: null }, 'meta', 'test');
  const services = async (code: string) => (JSON.parse((await asked(code)).body) as { service: object[] }).service;
  const [, taxpayers] = await services('listMethods');
  expect(taxpayers).toEqual({
    xroad_instance: 'DEMO', member_class: 'GOV', member_code: 'YC-SW', subsystem_code: 'TAXCENTRE', object_type: 'SERVICE', service_code: 'taxpayers', service_type: 'OPENAPI',
    endpoint_list: [{ method: 'GET', path: '/companies/*' }, { method: 'PUT', path: '/companies/*' }, { method: 'GET', path: '/health' }],
  });
  expect(await services('allowedMethods')).toMatchObject([{ service_code: 'taxpayers', endpoint_list: expect.arrayContaining([{ method: 'GET', path: '/companies/*' }]) }]);
  expect(JSON.parse((await asked('getOpenAPI?serviceCode=taxpayers')).body)).toEqual(openapi);
  expect((await asked('getOpenAPI')).error).toBe('Client.BadRequest');
  const { body } = await ask(port, '/listClients');
  expect(JSON.parse(body.toString())).toMatchObject({ member: [{ id: { object_type: 'MEMBER', member_code: 'YC-ZW' } }, { id: { object_type: 'SUBSYSTEM', subsystem_code: 'GOVCENTRE', xroad_instance: 'DEMO' } }, {}, {}] });
});

test('a service of a module that throws is a failure of the service, and tells nothing of why', async () => {
  await tax.exchange.allow({ kind: 'subsystem', subject: CENTRE, provider: TAX, service: 'broken', method: '*', path: '**', until: null }, 'test', 'test');
  const got = await asked('broken/x');
  expect([got.status, got.error, got.body.includes('secret')]).toEqual([500, 'Server.ServerProxy.ServiceFailed.InternalError', false]);
});

describe('the console', () => {
  test('finds a message, follows it through both nodes and downloads its container once it is stamped', async () => {
    await tax.exchange.allow({ kind: 'subsystem', subject: CENTRE, provider: TAX, service: 'taxpayers', method: '*', path: '/find', until: null }, 'test', 'test');
    const { id } = await asked('taxpayers/find');
    await expect.poll(async () => (await call(centre, 'GET', `/api/exchange/messages?message=${id}`)).json.items?.length, { timeout: 5000 }).toBe(1);
    await expect.poll(async () => (await call(centre, 'GET', `/api/exchange/messages/${id}`)).json.steps?.map(({ node, role }) => `${node} ${role}`), { timeout: 5000 }).toEqual(['DEMO/GOV/YC-ZW/main consumer', 'DEMO/GOV/YC-SW/main provider']);
    const { json } = await call(centre, 'GET', `/api/exchange/messages/${id}`);
    expect(json.records.map(({ kind }) => kind)).toEqual(['request', 'answer']);
    const container = `/api/exchange/records/${json.records[0]?.id ?? ''}/container`;
    expect((await call(centre, 'GET', container, undefined, { 'exchange.read': everything['exchange.read'] })).status).toBe(403);
    await (await centre.running.node()).stamping.stamp();
    expect((await call(centre, 'GET', container)).raw.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    const { json: state } = await call(centre, 'GET', '/api/exchange/state');
    expect(state).toMatchObject({ server: 'DEMO/GOV/YC-ZW/main', membership: { version: 1, isOver: false }, stamping: { waiting: 0, refuses: false }, peers: [{}, { id: 'DEMO/GOV/YC-SW/main', lastFault: null }] });
  });
  test('registers services; addresses with credentials and link-local ones are refused', async () => {
    const form = { subsystem: TAX, code: 'outside', name: '外部', address: 'http://127.0.0.1:9/base', timeoutSeconds: 5, isOn: true };
    expect((await call(tax, 'PUT', '/api/exchange/services', form)).status).toBe(200);
    for (const address of ['http://u:p@host/', 'ftp://host/', 'http://169.254.169.254/latest']) expect((await call(tax, 'PUT', '/api/exchange/services', { ...form, address })).json.code, address).toBe('exchange.bad-address');
    expect((await call(tax, 'GET', '/api/exchange/services')).json.items.map((one) => (one as unknown as ExchangeService).code)).toEqual(expect.arrayContaining(['taxpayers', 'outside']));
    await call(tax, 'POST', '/api/exchange/rights', right({ service: 'outside', method: '*', path: '**' }));
    expect((await asked('outside/x')).error).toBe('Server.ServerProxy.ServiceFailed.NetworkError');
    expect((await call(tax, 'POST', '/api/exchange/services/drop', { subsystem: TAX, code: 'outside' })).status).toBe(200);
    expect((await asked('outside/x')).error).toBe('Server.ServerProxy.UnknownService');
  });
});

describe('membership document', () => {
  const held = async () => (await centre.running.node()).holding;
  test('a forged, altered, older or foreign one is not taken up; the last good one stays', async () => {
    const holding = await held();
    const { document } = holding.view();
    const good = await federation.sign({ ...document, version: document.version + 1 });
    const { privateKey, publicKey } = gm.generateKey();
    const stranger = { kid: 'x', purpose: 'federation', algorithm: 'SM2-SM3', publicKey, privateKey, createdAt: '', retiredAt: null, sign: async (text: Buffer | string) => gm.sign(privateKey, text).value };
    const bad = [
      await signMembership(stranger, { ...document, version: 9 }), `${good.slice(0, -3)}AAA`, await federation.sign({ ...document, version: document.version - 1 || 0 }).catch(() => ''), await federation.sign({ ...document, instance: 'OTHER', version: 9 }),
      await federation.sign({ ...document, version: 9, expiresAt: new Date(0).toISOString() }), await federation.sign({ ...document, members: [] }), '', 'x.y.z',
    ];
    for (const [at, jws] of bad.entries()) await expect(holding.take(jws), String(at)).rejects.toMatchObject({ code: 'exchange.membership-refused' });
    expect(holding.view().document).toEqual(document);
  });
  test('its version only grows', () => {
    const base = composeMembership({ instance: 'DEMO', entries: [], now: new Date(), days: 1 });
    const next = composeMembership({ instance: 'DEMO', entries: [], now: new Date(), days: 1, before: base });
    expect(next.version).toBe(2);
    expect(() => checkSuccession(base, next, 'DEMO', new Date())).toThrow();
    expect(() => checkSuccession(next, base, 'DEMO', new Date())).not.toThrow();
  });
  test('the superior being out of reach changes nothing; after its end the node takes no messages', async () => {
    const holding = await held();
    const { document } = holding.view();
    await federation.publish('nonsense');
    await holding.refresh();
    expect([holding.view().document, holding.state().problem !== null]).toEqual([document, true]);
    const short = { ...document, version: document.version + 1, issuedAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 700).toISOString() };
    await holding.take(await federation.sign(short));
    await expect.poll(() => holding.state().warning, { timeout: 3000 }).toBe(true);
    await expect.poll(async () => (await asked('taxpayers/health')).error, { timeout: 3000 }).toBe('Server.ClientProxy.OutdatedGlobalConf');
    await holding.take(await federation.sign({ ...document, version: document.version + 2 }));
    expect((await asked('listMethods')).status).toBe(200);
  });
  test('anchors may stand one after another, so that the next key is known in time', async () => {
    const [one, two] = [gm.generateKey(), gm.generateKey()];
    const anchors = readAnchors([one, two].map(({ publicKey }) => publicKey.export({ format: 'pem', type: 'spki' })).join(''));
    const document = composeMembership({ instance: 'DEMO', entries: [], now: new Date(), days: 1 });
    const key = { kid: '2', purpose: 'federation', algorithm: 'SM2-SM3', publicKey: two.publicKey, privateKey: two.privateKey, createdAt: '', retiredAt: null, sign: async (text: Buffer | string) => gm.sign(two.privateKey, text).value };
    expect(readMembership(await signMembership(key, document), anchors)).toEqual(document);
  });
});

describe('what ends trust', () => {
  test('a node whose messages have had no time-stamp for too long takes no more', async () => {
    const { site } = centre.made;
    await asked('listMethods');
    const stamping = openStamping({ ...site, use: ((key: object) => (key === TimeStamps ? { stamp: () => Promise.reject(new Error('no stamp')) } : site.use(key as never))) as typeof site.use }, 'sha256', 0);
    await expect(stamping.stamp()).rejects.toThrow('no stamp');
    expect(stamping.state()).toMatchObject({ refuses: true, problem: 'no stamp' });
    expect(() => stamping.guard()).toThrow(Fault);
    await (await centre.running.node()).stamping.stamp();
    await stamping.look();
    expect(() => stamping.guard()).not.toThrow();
  });
  test('a certificate that is revoked signs nothing more', async () => {
    const { identity, trust, holding } = await centre.running.node();
    const authority = centre.made.site.use(Authority);
    const { database } = centre.made;
    const check = () => trust.check(identity.signing.certificate, holding.view().authorities, new Date());
    await expect(check()).resolves.toBeUndefined();
    await expect(trust.check(identity.signing.certificate, [], new Date())).rejects.toMatchObject({ type: 'Server.ServerProxy.InvalidSignature.CertificateNotTrusted' });
    await expect(trust.check(identity.signing.certificate, holding.view().authorities, new Date('2099-01-01'))).rejects.toMatchObject({ type: 'Server.ServerProxy.InvalidSignature.CertificateNotTrusted' });
    const serial = new X509Certificate(identity.signing.certificate).serialNumber.toLowerCase();
    await database.as(database.system, (tx) => authority.revoke(tx, { kind: 'system', name: 'test' }, serial, 'keyCompromise'));
    await expect.poll(() => openTrust(centre.made.site.log).check(identity.signing.certificate, holding.view().authorities, new Date()).then(() => 'good', () => 'refused'), { timeout: 10_000 }).toBe('refused');
  });
});
