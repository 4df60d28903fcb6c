import { afterEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { Type } from 'typebox';
import { operation, type Actor, type Grant } from '@zhengwu/contracts';
import type { HttpServer, PolicyRule } from './index.ts';
import { authenticator, open } from './http.fixture.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

const response = Type.Object({ kind: Type.String(), scope: Type.String(), departments: Type.Array(Type.Integer()) });
const look = operation({ id: 'sample.look', method: 'GET', path: '/api/look/:id', summary: 'Look', params: Type.Object({ id: Type.String() }), response });
const change = operation({ id: 'sample.change', method: 'POST', path: '/api/change', summary: 'Change', body: Type.Object({ a: Type.Integer() }), response });

const serve = async (rule: PolicyRule, grants: Actor['permissions'] = {}, options = {}) => {
  const http = open({ 'sample.look': rule, 'sample.change': rule }, { authenticator: authenticator(grants), ...options });
  servers.push(http);
  let handled = 0;
  const answer = ({ actor }: { actor: Actor }) => {
    handled += 1;
    return { kind: actor.kind, scope: actor.scope, departments: actor.departments };
  };
  http.route(look, answer);
  http.route(change, answer);
  await http.assemble();
  const ask = async (headers: Record<string, string> = {}) => (await http.fastify.inject({ url: '/api/look/7', headers })).json();
  const send = async (headers: Record<string, string> = {}) =>
    (await http.fastify.inject({ method: 'POST', url: '/api/change', headers: { 'content-type': 'application/json', ...headers }, payload: '{"a":1}' })).json();
  return { ask, send, handled: () => handled };
};

const OFFICIAL = { cookie: 'zw_console=official' };
const CITIZEN = { 'x-zhengwu-citizen': 'citizen', 'x-zhengwu-portal': 'portal' };
const PORTAL = { 'x-zhengwu-portal': 'portal' };
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

describe('who may call', () => {
  const table: [PolicyRule['who'], string, string, string, string][] = [
    ['public', 'public', 'official', 'citizen', 'public'],
    ['official', 'session.expired', 'official', 'access.denied', 'session.expired'],
    ['citizen', 'session.expired', 'access.denied', 'citizen', 'session.expired'],
    ['portal', 'access.denied', 'access.denied', 'citizen', 'public'],
    ['system', 'access.denied', 'access.denied', 'access.denied', 'access.denied'],
  ];
  test.each(table)('%s: nobody %s, official %s, citizen %s, portal %s', async (who, nobody, official, citizen, portal) => {
    const { ask } = await serve({ who, audit: null });
    const seen = [];
    for (const headers of [{}, OFFICIAL, CITIZEN, PORTAL]) {
      const answer = await ask(headers);
      seen.push(answer.code ?? answer.kind);
    }
    expect(seen).toEqual([nobody, official, citizen, portal]);
  });

  test('is settled before the body is read', async () => {
    const { send, handled } = await serve({ who: 'official', audit: null });
    expect((await send({ 'content-type': 'text/plain' })).code).toBe('session.expired');
    expect(handled()).toBe(0);
  });
});

describe('permissions', () => {
  test('give their reach to the actor; without the permission the call is refused', async () => {
    const rule: PolicyRule = { who: 'official', permission: 'sample.look', audit: null };
    expect((await (await serve(rule)).ask(OFFICIAL)).code).toBe('access.denied');
    const reach = async (grant: Grant) => (await serve(rule, { 'sample.look': grant })).ask(OFFICIAL);
    expect(await reach({ scope: 'subtree', departments: [3, 4] })).toEqual({ kind: 'official', scope: 'departments', departments: [3, 4] });
    expect(await reach({ scope: 'department', departments: [3] })).toMatchObject({ scope: 'departments', departments: [3] });
    expect(await reach({ scope: 'own', departments: [] })).toMatchObject({ scope: 'own', departments: [] });
    expect(await reach({ scope: 'all', departments: [] })).toMatchObject({ scope: 'all', departments: [] });
  });

  test('never admit by a name that is not held, inherited names included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('toString', '__proto__', 'constructor', 'case.read'), async (permission) => {
        const { ask } = await serve({ who: 'official', permission, audit: null }, { 'other.permission': { scope: 'all', departments: [] } });
        expect((await ask(OFFICIAL)).code).toBe('access.denied');
      }),
      { numRuns: 4 },
    );
  });
});

describe('forged requests (CSRF)', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['own page with the token', { ...OFFICIAL, ...OWN_PAGE, 'x-csrf-token': 'good' }, undefined],
    ['own origin with the token', { ...OFFICIAL, origin: 'http://site.test', 'x-csrf-token': 'good' }, undefined],
    ['no token', { ...OFFICIAL, ...OWN_PAGE }, 'csrf.forged'],
    ['a wrong token', { ...OFFICIAL, ...OWN_PAGE, 'x-csrf-token': 'bad' }, 'csrf.forged'],
    ['another site with the token', { ...OFFICIAL, 'sec-fetch-site': 'cross-site', 'x-csrf-token': 'good' }, 'csrf.forged'],
    ['a sibling host', { ...OFFICIAL, 'sec-fetch-site': 'same-site', 'x-csrf-token': 'good' }, 'csrf.forged'],
    ['another origin', { ...OFFICIAL, origin: 'http://evil.test', 'x-csrf-token': 'good' }, 'csrf.forged'],
    ['an opaque origin', { ...OFFICIAL, origin: 'null', 'x-csrf-token': 'good' }, 'csrf.forged'],
    ['no word of where it comes from', { ...OFFICIAL, 'x-csrf-token': 'good' }, 'csrf.forged'],
  ])('%s', async (_, headers, code) => {
    const { send } = await serve({ who: 'official', audit: null });
    expect((await send(headers)).code).toBe(code);
  });

  test('signing in from another site is refused too, though nobody is signed in yet', async () => {
    const { send } = await serve({ who: 'public', audit: null });
    expect((await send({ 'sec-fetch-site': 'cross-site' })).code).toBe('csrf.forged');
    expect((await send(CITIZEN)).kind).toBe('citizen');
  });
});

describe('audit', () => {
  test('a read of personal data is answered only after its record; without the record nothing is shown', async () => {
    const events: unknown[] = [];
    const audit = { read: async (access: { event: string; params: unknown }) => void events.push(access.event, access.params) };
    const rule: PolicyRule = { who: 'official', audit: 'sample.looked', personal: true };
    expect((await (await serve(rule, {}, { audit })).ask(OFFICIAL)).kind).toBe('official');
    expect(events).toEqual(['sample.looked', { id: '7' }]);
    const broken = { read: () => Promise.reject(new Error('no disk')) };
    expect((await (await serve(rule, {}, { audit: broken })).ask(OFFICIAL)).code).toBe('server.unexpected');
  });

  test('is told of refusals', async () => {
    const refusals: unknown[] = [];
    const audit = { read: () => Promise.resolve(), denied: (refusal: { code: string; operation: string }) => void refusals.push(refusal.code, refusal.operation) };
    await (await serve({ who: 'citizen', audit: null }, {}, { audit })).ask(OFFICIAL);
    expect(refusals).toEqual(['access.denied', 'sample.look']);
  });
});
