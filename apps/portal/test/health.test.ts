import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { createLog } from '@zhengwu/log';
import { buildPortal } from '../portal.ts';
import { startSite } from './site.ts';

const build = (siteUrl: string): FastifyInstance =>
  buildPortal({ siteUrl, origin: 'http://portal.example', secret: 'a-secret-for-tests-0123456789abcdef', metricsToken: 'a-token-of-length', log: createLog({ level: 'silent' }) });
let site: Awaited<ReturnType<typeof startSite>>;
let app: FastifyInstance;
beforeAll(async () => {
  site = await startSite();
  site.override.set('GET /readyz', { body: { status: 'ok' } });
  app = build(site.url);
});
afterAll(async () => {
  await app.close();
  await site.close();
});

test('the portal is ready while the site is, and lives without it', async () => {
  expect((await app.inject('/readyz')).json()).toEqual({ status: 'ok', checks: { site: true } });
  const alone = build('http://127.0.0.1:9');
  const answer = await alone.inject('/readyz');
  expect([answer.statusCode, answer.json(), (await alone.inject('/healthz')).statusCode]).toEqual([503, { status: 'unavailable', checks: { site: false } }, 200]);
  await alone.close();
});

test('a site that is not ready makes the portal unready', async () => {
  site.override.set('GET /readyz', { status: 503, body: { status: 'unavailable' } });
  expect((await app.inject('/readyz')).statusCode).toBe(503);
});

test('metrics count every answer, kept pages too, and are for this machine or the token (Prometheus text format)', async () => {
  for (let i = 0; i < 3; i += 1) await app.inject('/');
  await app.inject('/no-such-page');
  const { body, headers } = await app.inject('/metrics');
  expect(headers['content-type']).toContain('version=0.0.4');
  expect(Number(/^http_requests_total\{status="200"\} (\d+)$/m.exec(body)?.[1])).toBeGreaterThanOrEqual(4);
  expect(body).toMatch(/^http_requests_total\{status="404"\} 1$/m);
  expect(body).toMatch(/^process_resident_memory_bytes \d+$/m);
  const from = async (headersGiven: Record<string, string>) => (await app.inject({ url: '/metrics', remoteAddress: '10.0.0.9', headers: headersGiven })).statusCode;
  expect([await from({}), await from({ authorization: 'Bearer a-token-of-length' })]).toEqual([403, 200]);
});
