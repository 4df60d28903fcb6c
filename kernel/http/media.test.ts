import { afterEach, expect, test } from 'vitest';
import { Type } from 'typebox';
import { operation, type Actor } from '@zhengwu/contracts';
import { authenticator, official, open } from './http.fixture.ts';
import type { HttpServer } from './index.ts';

const sent = operation({
  id: 'protocol.send', method: 'POST', path: '/protocol/things', summary: 'A protocol of its own', status: 201,
  media: { type: 'application/x.protocol+json', problem: ({ status, code }) => ({ status: status === 422 ? 400 : status, body: { failed: code }, headers: { 'x-protocol': '1' } }) },
  body: Type.Object({ name: Type.String() }, { additionalProperties: false }), response: Type.Object({ name: Type.String() }),
});
const plain = operation({ id: 'plain.send', method: 'POST', path: '/api/things', summary: 'JSON alone', body: Type.Object({ name: Type.String() }), response: Type.Object({ name: Type.String() }) });
const application = (permissions: Actor['permissions']): Actor => ({ ...official(permissions), kind: 'application', personId: null });

let http: HttpServer;
const serve = async (actor: Actor | undefined): Promise<void> => {
  http = open({ 'protocol.send': { who: 'application', permission: 'thing.keep', audit: null }, 'plain.send': { who: 'public', audit: null } }, { authenticator: { ...authenticator(), authenticate: () => actor } });
  http.route(sent, ({ body }) => body);
  http.route(plain, ({ body }) => body);
  await http.assemble();
};
const post = (url: string, type: string, payload: unknown) => http.fastify.inject({ method: 'POST', url, headers: { 'content-type': type }, payload: JSON.stringify(payload) });
afterEach(() => http.close(0));

test('an operation with a media type of its own takes and answers it, and tells of problems its own way', async () => {
  await serve(application({ 'thing.keep': { scope: 'all', departments: [] } }));
  for (const type of ['application/x.protocol+json', 'application/json']) {
    const answer = await post('/protocol/things', type, { name: '云' });
    expect([answer.statusCode, answer.headers['content-type'], answer.json()]).toEqual([201, 'application/x.protocol+json; charset=utf-8', { name: '云' }]);
  }
  const refused = await post('/protocol/things', 'application/json', { name: 3 });
  expect([refused.statusCode, refused.headers['content-type'], refused.headers['x-protocol'], refused.json()]).toEqual([400, 'application/x.protocol+json; charset=utf-8', '1', { failed: 'request.invalid' }]);
});

test('a DELETE may name a type and have no body', async () => {
  http = open({ 'plain.drop': { who: 'public', audit: null } });
  http.route(operation({ id: 'plain.drop', method: 'DELETE', path: '/api/things', summary: 'Drop', response: Type.Object({ dropped: Type.Boolean() }) }), () => ({ dropped: true }));
  await http.assemble();
  expect((await http.fastify.inject({ method: 'DELETE', url: '/api/things', headers: { 'content-type': 'application/json' } })).statusCode).toBe(200);
});

test('no other operation takes that type', async () => {
  await serve(undefined);
  expect((await post('/api/things', 'application/x.protocol+json', { name: '云' })).statusCode).toBe(415);
  expect((await post('/api/things', 'application/json', { name: '云' })).statusCode).toBe(200);
});

test('an application needs the permission; nobody and an official are refused', async () => {
  const statuses: number[] = [];
  for (const actor of [undefined, application({}), official({ 'thing.keep': { scope: 'all', departments: [] } })]) {
    await serve(actor);
    statuses.push((await post('/protocol/things', 'application/json', { name: '云' })).statusCode);
    await http.close(0);
  }
  expect(statuses).toEqual([401, 403, 403]);
});
