import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '@zhengwu/clock';
import type { Actor } from '@zhengwu/contracts';
import { createHttp, standIn, type HttpServer } from '@zhengwu/http';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { servicesModule } from './index.ts';

const folder = (name: string): string => join(import.meta.dirname, '../../../packs', name);
const administrator: Actor = {
  ...standIn({ id: 'r', ip: '127.0.0.1' }), kind: 'official', accountId: '00000000-0000-7000-8000-00000000000a', personId: '00000000-0000-7000-8000-00000000000a',
  name: '管理员', sessionId: 's', permissions: { 'service.manage': { scope: 'all', departments: [] } },
};
let site: TestSite;
let http: HttpServer;

beforeAll(async () => {
  site = await createTestSite({
    modules: [registersModule, servicesModule({ packs: [folder('driving'), folder('resident-identity'), '/nowhere'] })], clock: fixedClock('2026-11-22T04:00:00Z'),
  });
  http = createHttp({
    log: site.site.log, origin: 'http://site.test', policies: site.policy, metrics: { process: false }, checkAnswers: true,
    authenticator: { authenticate: ({ headers }) => (headers.cookie === 'zw_console=admin' ? administrator : undefined), isPortal: () => false, verifyCsrf: () => true },
  });
  site.routes(http);
  await http.assemble();
});
afterAll(async () => {
  await http.close();
  await site.drop();
});

const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await http.fastify.inject({ url, headers });
  return { status: answer.statusCode, type: String(answer.headers['content-type']), text: answer.body, json: () => JSON.parse(answer.body) as never };
};
const send = (method: 'POST' | 'PUT', url: string, payload: object, headers: Record<string, string> = {}) =>
  http.fastify.inject({ method, url, payload, headers: { origin: 'http://site.test', 'x-csrf-token': 'x', ...headers } });

describe('the public side', () => {
  test('lists, pages and filters', async () => {
    const first = (await get('/api/services?limit=2')).json() as { items: { code: string }[]; next: string; total: number };
    expect(first).toMatchObject({ total: 3, next: '2' });
    const second = (await get(`/api/services?limit=2&after=${first.next}`)).json() as { items: { code: string }[]; next: null };
    expect([...first.items, ...second.items].map((one) => one.code).sort()).toEqual(['driver-licence-first-issue', 'driver-licence-renewal', 'identity-card-replacement']);
    expect(second.next).toBeNull();
    expect((await get(`/api/services?q=${encodeURIComponent('身份证')}&audience=person`)).json()).toMatchObject({ total: 1 });
    expect((await get('/api/services?audience=enterprise')).json()).toMatchObject({ total: 0, items: [] });
  });

  test('shows guide, index, pre-check and comparison', async () => {
    expect((await get('/api/services/driver-licence-renewal')).json()).toMatchObject({ limit: { promisedDays: 0 }, visits: { times: 0 }, fees: [{ amount: null }] });
    expect((await get('/api/services-index')).json()).toMatchObject({ mostUsed: expect.any(Array), lifeEvents: expect.any(Array) });
    expect((await get('/api/services/driver-licence-renewal/pre-check')).json()).toMatchObject({ step: { layout: expect.any(Array) } });
    expect((await get('/api/services-before-after')).json()).toMatchObject({ services: expect.any(Array), sum: { before: {}, after: {} } });
    const asked = await send('POST', '/api/services/driver-licence-renewal/pre-check', { values: { expiry: 'soon', fit: true } });
    expect(asked.json()).toMatchObject({ eligible: true, fee: 1000 });
  });

  test('draws blank forms and filled examples that hold no code', async () => {
    const [blank, filled] = await Promise.all(['blank', 'filled'].map((which) => get(`/api/services/identity-card-replacement/samples/household-record/${which}`, { 'accept-language': 'zh-CN' })));
    expect(blank?.type).toContain('image/svg+xml');
    expect(blank?.text).toContain('常住人口登记卡');
    expect(blank?.text).not.toContain('云小川');
    expect(filled?.text).toContain('云小川');
    expect((await get('/api/services/identity-card-replacement/samples/resident-identity-card/filled')).status).toBe(200);
  });

  test('answers what is not there with a problem', async () => {
    expect((await get('/api/services/no-such-thing')).json()).toMatchObject({ code: 'service.unknown', status: 404 });
    expect((await get('/api/services/identity-card-replacement/samples/none/blank')).json()).toMatchObject({ code: 'service.unknown' });
    expect((await get('/api/services?audience=dogs')).status).toBe(422);
  });
});

describe('the administrator', () => {
  const cookie = { cookie: 'zw_console=admin' };

  test('sees packs with findings; strangers do not', async () => {
    expect((await get('/api/admin/services')).status).toBe(401);
    const shown = (await get('/api/admin/services', cookie)).json() as { packs: { code: string; accepted: boolean; findings: unknown[] }[]; services: unknown[] };
    expect(shown.packs.map((one) => [one.code, one.accepted]).sort()).toEqual([['driving', true], ['nowhere', false], ['resident-identity', true]]);
    expect(shown.packs.find((one) => one.code === 'nowhere')?.findings).toHaveLength(1);
    expect(shown.services).toHaveLength(3);
  });

  test('withdraws a service and publishes it again, on record', async () => {
    const url = '/api/admin/services/driver-licence-renewal/published';
    expect((await send('PUT', url, { published: false, reason: '系统维护' }, cookie)).statusCode).toBe(200);
    expect((await get('/api/services/driver-licence-renewal')).json()).toMatchObject({ code: 'service.withdrawn' });
    expect((await get('/api/services')).json()).toMatchObject({ total: 2 });
    await send('PUT', url, { published: true, reason: '恢复' }, cookie);
    expect((await get('/api/services')).json()).toMatchObject({ total: 3 });
    expect((await send('PUT', '/api/admin/services/none/published', { published: true, reason: 'x' }, cookie)).statusCode).toBe(404);
    const { rows } = await site.database.as(site.database.system, (tx) => tx.query<{ event: string }>("select event from audit.record where event like 'service.%' order by event"));
    expect(rows.map((row) => row.event)).toEqual(['service.published', 'service.withdrawn']);
  });
});
