import { afterEach, expect, test } from 'vitest';
import fc from 'fast-check';
import { body, citizen, open, submit } from './http.fixture.ts';
import type { HttpServer } from './http.ts';
import type { RateRule } from './types.ts';
import { createBucket, createRateLimit } from './rate.ts';

test('a bucket lets a minute’s calls through at once, then one each time its share of the minute has passed', () => {
  let at = 0;
  const take = createBucket(3, () => at);
  expect([take('a'), take('a'), take('a'), take('a'), take('b')]).toEqual([0, 0, 0, 20, 0]);
  at = 19_000;
  expect(take('a')).toBe(1);
  at = 20_000;
  expect([take('a'), take('a')]).toEqual([0, 20]);
});

test('in any minute no key gets more than twice its rate, whatever the times', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }), (rate, waits) => {
    let at = 0;
    const take = createBucket(rate, () => at);
    const passed = waits.flatMap((wait) => ((at += wait), take('a') === 0 ? [at] : []));
    return passed.every((from) => passed.filter((one) => one >= from && one < from + 60_000).length <= 2 * rate);
  }));
});

test('a wait that is answered is long enough', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), (rate) => {
    let at = 0;
    const take = createBucket(rate, () => at);
    for (let n = 0; n < rate; n++) expect(take('a')).toBe(0);
    at += take('a') * 1000;
    return take('a') === 0;
  }));
});

test('memory is bounded: the key unused for longest is forgotten', () => {
  const take = createBucket(1, () => 0, 2);
  expect(['a', 'b', 'c', 'a'].map(take)).toEqual([0, 0, 0, 0]);
  expect(take('c')).toBe(60);
});

test('an account is held to its rate from wherever it calls; this machine’s address is not counted', () => {
  const limit = createRateLimit({ address: 1, account: 2 }, () => 0);
  for (const address of ['203.0.113.1', '203.0.113.2']) limit({ ...citizen, address });
  expect(() => limit({ ...citizen, address: '203.0.113.3' })).toThrow(expect.objectContaining({ code: 'rate.limited' }));
  const here = { ...citizen, accountId: null, address: '127.0.0.1' };
  for (let n = 0; n < 5; n++) limit(here);
});

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

const serve = async (rate: RateRule, rateLimits = true) => {
  const http = open({ 'sample.submit': { who: ['public', 'portal'], audit: null, rate } }, { rateLimits });
  servers.push(http);
  http.route(submit, ({ actor }) => ({ ok: true, seen: actor.address }));
  await http.assemble();
  return (headers: Record<string, string> = {}, remoteAddress = '198.51.100.1') =>
    http.fastify.inject({ method: 'POST', url: '/api/samples/a', headers: { 'content-type': 'application/json', ...headers }, payload: JSON.stringify(body), remoteAddress });
};

test('the call too many is answered 429 with Retry-After, and other addresses go on', async () => {
  const send = await serve({ address: 2 });
  expect([(await send()).statusCode, (await send()).statusCode]).toEqual([200, 200]);
  const refused = await send();
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['retry-after']).toBe('30');
  expect(refused.json()).toMatchObject({ code: 'rate.limited', status: 429 });
  expect((await send({}, '198.51.100.2')).statusCode).toBe(200);
});

test('through the portal the reader’s address counts; a stranger who names another address gains nothing', async () => {
  const send = await serve({ address: 1 });
  const portal = (address: string) => send({ 'x-zhengwu-portal': 'portal', 'x-zhengwu-address': address }, '127.0.0.1');
  expect((await portal('203.0.113.1')).json().seen).toBe('203.0.113.1');
  expect([(await portal('203.0.113.2')).statusCode, (await portal('203.0.113.1')).statusCode]).toEqual([200, 429]);
  const forged = (address: string) => send({ 'x-zhengwu-portal': 'forged', 'x-zhengwu-address': address });
  expect([(await forged('203.0.113.8')).statusCode, (await forged('203.0.113.9')).statusCode]).toEqual([200, 429]);
});

test('without the option nobody is counted', async () => {
  const send = await serve({ address: 1 }, false);
  expect([(await send()).statusCode, (await send()).statusCode]).toEqual([200, 200]);
});
