import { afterEach, expect, test } from 'vitest';
import type { HttpServer, Refusal } from './index.ts';
import { lines, open } from './http.fixture.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close(0));

const speak = (options: Parameters<typeof open>[1] = {}, perMinute = 100): HttpServer => {
  const made = (server = open({}, options));
  made.mounted({
    prefix: '/wire', name: 'wire.protocol', reason: 'a test', methods: ['GET', 'POST'], bodyLimit: 20, perMinute,
    handle: async (request, reply) => {
      if (request.url.endsWith('/broken')) throw new Error('broken');
      let body = '';
      for await (const chunk of request.raw) body += String(chunk);
      reply.raw.writeHead(201, { 'content-type': 'text/plain' }).end(`${request.method} ${body}`);
    },
  });
  return made;
};
const call = async (made: HttpServer, url: string, payload?: string, remoteAddress = '203.0.113.9') => {
  await made.assemble();
  return made.fastify.inject({ method: payload === undefined ? 'GET' : 'POST', url, remoteAddress, ...(payload === undefined ? {} : { payload, headers: { 'content-type': 'application/x-www-form-urlencoded' } }) });
};

test('a mounted protocol gets the body as it came, and answers with the headers, the id and the name of every route', async () => {
  const { log, text } = lines();
  const answer = await call(speak({ log }), '/wire/token', 'a=1');
  expect([answer.statusCode, answer.body]).toEqual([201, 'POST a=1']);
  expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'content-security-policy': expect.stringContaining("default-src 'none'"), 'x-request-id': expect.any(String) });
  expect(text()).toContain('"operation":"wire.protocol"');
});

test('it is held to its rate and its size, blocked addresses do not reach it, and what it throws is answered as ever', async () => {
  const refused: Refusal[] = [];
  const made = speak({ rateLimits: true, blockedFor: (address) => (address === '203.0.113.66' ? 60 : 0), refused: (one) => refused.push(one) }, 2);
  expect((await call(made, '/wire/token', 'x'.repeat(21))).statusCode).toBe(413);
  expect((await call(made, '/wire/x', undefined, '203.0.113.66')).json()).toMatchObject({ code: 'address.blocked' });
  expect((await call(made, '/wire/x')).statusCode).toBe(201);
  expect((await call(made, '/wire/x')).json()).toMatchObject({ code: 'rate.limited' });
  expect((await call(made, '/wire/broken', undefined, '203.0.113.10')).statusCode).toBe(500);
  expect(refused.map((one) => one.operation)).toContain('wire.protocol');
});

test('what is mounted answers the methods it named and no others', async () => {
  const made = speak();
  await made.assemble();
  expect((await made.fastify.inject({ method: 'DELETE', url: '/wire/x' })).statusCode).toBe(404);
});
