import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@zhengwu/contracts';
import { createHttp, standIn, type HttpServer } from '@zhengwu/http';
import { withApplications, wrongTokens } from './client.ts';
import { idOf, joiner, openTown, PASSWORD, type Town } from './scim.fixture.ts';

let town: Town;
let http: HttpServer;
let level: 1 | 2 = 2;
const admin = (): Actor => ({
  ...standIn({ id: 'tests-000', ip: '127.0.0.1' }), kind: 'official', accountId: idOf(50), personId: idOf(0), name: '系统管理员', scope: 'all', permissions: { 'directory.admin': { scope: 'all', departments: [] } }, assurance: level,
  proof: { level, at: Date.now(), means: ['password'] },
});
beforeAll(async () => {
  town = await openTown();
  const people = { authenticate: () => admin(), isPortal: () => false, verifyCsrf: () => true };
  http = createHttp({ log: town.site.site.log, origin: 'http://site.test', policies: town.site.policy, authenticator: withApplications(town.site.site, people, wrongTokens(() => 0)), checkAnswers: true });
  town.site.routes(http);
  await http.assemble();
  await town.token('personnel');
}, 60_000);
afterAll(async () => {
  await http.close(0);
  await town.close();
});

const call = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
  const answer = await http.fastify.inject({ method, url, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> };
};
const make = (overlapHours: number, client = 'personnel') => call('POST', `/api/provisioning/${client}/tokens`, { days: 30, overlapHours, institution: null, reason: '更换' });
const statusOf = async (token: string) => (await town.send(token)('GET', '/Users?count=0')).status;

test('a token is made with a fresh proof, shown once and kept hashed; the one before goes on for the overlap alone', async () => {
  level = 1;
  expect((await make(24)).status).toBe(403);
  level = 2;
  const [first, second] = [(await make(24)).body['token'] as string, (await make(24)).body['token'] as string];
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
  const state = await call('GET', '/api/provisioning');
  expect(JSON.stringify(state.body)).not.toContain(second);
  expect(await town.sql('select from directory.application_token where hash = any ($1::text[])', [[first, second]])).toHaveLength(0);
  const [third] = [(await make(0)).body['token'] as string];
  expect([await statusOf(first), await statusOf(second), await statusOf(third)]).toEqual([401, 401, 200]);
  expect((await town.sql<{ event: string }>("select event from audit.record where event = 'application.tokenMade'")).length).toBe(3);
});

test('a token is ended at once, and none is made for an application without the permission', async () => {
  const token = (await make(24)).body['token'] as string;
  const tokens = ((await call('GET', '/api/provisioning')).body['clients'] as { tokens: { id: string; live: boolean }[] }[])[0]!.tokens;
  expect((await call('DELETE', `/api/provisioning/tokens/${tokens[0]!.id}`)).status).toBe(200);
  expect(await statusOf(token)).toBe(401);
  expect((await call('DELETE', `/api/provisioning/tokens/${tokens[0]!.id}`)).status).toBe(404);
  await town.token('printing', { permissions: ['ldap.read'] });
  expect((await make(0, 'printing')).status).toBe(404);
});

test('an application makes itself no token: the database refuses', async () => {
  const acting = { ...admin(), personId: null };
  await expect(town.site.database.as(acting, (tx) => tx.query(`insert into directory.application_token (id, application, hash, made_by, made_by_name, ends_at) select gen_random_uuid(), id, 'h', $1, 'x', now() from directory.application limit 1`, [idOf(0)]))).rejects.toThrow(/row-level security/);
});

test('a joiner’s first password is handed out once more while unused, and never to one who has chosen their own', async () => {
  const send = town.send((await make(24)).body['token'] as string);
  const { id } = (await send('POST', '/Users', joiner('first.password'))).body as { id: string };
  expect(((await call('GET', '/api/provisioning')).body['waiting'] as { account: string }[]).map(({ account }) => account)).toEqual(['first.password']);
  const { status, body } = await call('POST', `/api/provisioning/people/${id}/password`);
  expect(status).toBe(200);
  expect(String(body['password'])).not.toBe(PASSWORD);
  await town.sql('update identity.account set must_change = false where person = $1', [id]);
  expect((await call('POST', `/api/provisioning/people/${id}/password`)).status).toBe(409);
  expect((await call('POST', `/api/provisioning/people/${idOf(1)}/password`)).status).toBe(409);
});

test('an address that shows wrong tokens is put off after some, right ones too; another address is not', async () => {
  const token = (await make(24)).body['token'] as string;
  const from = async (remoteAddress: string, shown: string) => (await http.fastify.inject({ method: 'GET', url: '/scim/v2/Users?count=0', remoteAddress, headers: { authorization: `Bearer ${shown}` } })).statusCode;
  const answers: number[] = [];
  for (let times = 0; times < 31; times += 1) answers.push(await from('203.0.113.5', `wrong-token-number-${times}-0000`));
  expect([answers.indexOf(429), answers[0], await from('203.0.113.5', token)]).toEqual([30, 401, 429]);
  expect(await from('203.0.113.6', token)).toBe(200);
});
