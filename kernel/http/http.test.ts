import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { Type } from 'typebox';
import { operation } from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import { fileAnswer, type HttpServer } from './index.ts';
import { authenticator, body, lines, open, read, submit } from './http.fixture.ts';

const servers: HttpServer[] = [];
const keep = (server: HttpServer): HttpServer => (servers.push(server), server);
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

const publicly = { 'sample.submit': { who: 'public', audit: null }, 'sample.read': { who: 'public', audit: null } } as const;
const serve = async (options = {}): Promise<HttpServer> => {
  const http = keep(open(publicly, options));
  http.route(submit, ({ params, query, body: given }) => ({ ok: true, seen: { params, query, body: given } }));
  http.route(read, () => ({ text: '云'.repeat(3000) }));
  await http.assemble();
  return http;
};
const post = async (http: HttpServer, payload: unknown, options: { url?: string; headers?: Record<string, string> } = {}) => {
  const answer = await http.fastify.inject({
    method: 'POST',
    url: options.url ?? '/api/samples/a',
    headers: { 'content-type': 'application/json', ...options.headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
  return { status: answer.statusCode, json: answer.json() as Record<string, unknown> & { issues?: { path: string; code: string; message: string }[] }, headers: answer.headers };
};

describe('the start', () => {
  test('is refused for routes whose operations have no policy, naming each', async () => {
    const http = keep(open({}));
    http.route(submit, () => ({ ok: true, seen: null }));
    http.route(read, () => ({ text: '' }));
    await expect(http.assemble()).rejects.toThrow(/sample\.submit, sample\.read/);
  });

  test('is refused for a route beside the operations', async () => {
    const http = keep(open(publicly));
    expect(() => http.fastify.post('/sneaky', () => 'x')).toThrow(/outside the policies/);
    expect(() => http.fastify.get('/api/sneaky', () => 'x')).toThrow(/outside the policies/);
  });

  test('is refused for an operation registered twice', () => {
    const http = keep(open(publicly));
    http.route(read, () => ({ text: '' }));
    expect(() => http.route(read, () => ({ text: '' }))).toThrow(/twice/);
  });
});

describe('validation', () => {
  test('takes a good request, reading numbers, booleans and lists of the address from text', async () => {
    const { status, json } = await post(await serve(), body, { url: '/api/samples/a?count=3&flag=true&tags=x' });
    expect({ status, seen: json['seen'] }).toEqual({ status: 200, seen: { params: { kind: 'a' }, query: { count: 3, flag: true, tags: ['x'] }, body } });
  });

  test('names every fault of params, query and body at once, in the reader’s language', async () => {
    const http = await serve();
    const bad = { applicant: { name: '', phone: '123', extra: 1 }, fee: '3', day: '2026-02-30', note: 'too long', more: true };
    const { status, json, headers } = await post(http, bad, { url: '/api/samples/z?count=x&other=1', headers: { 'accept-language': 'en' } });
    expect(status).toBe(422);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(json).toMatchObject({ code: 'request.invalid', status: 422, title: 'Some answers need changing', instance: headers['x-request-id'] });
    expect(Object.fromEntries((json.issues ?? []).map((i) => [i.path, i.code]))).toEqual({
      '/params/kind': 'field.choice', '/query/count': 'field.type', '/query/other': 'field.unknown',
      '/body/more': 'field.unknown', '/body/applicant/extra': 'field.unknown', '/body/applicant/name': 'field.required',
      '/body/applicant/phone': 'field.pattern', '/body/fee': 'field.type', '/body/day': 'field.format', '/body/note': 'field.too-long',
    });
    expect(json.issues?.find((i) => i.path === '/body/fee')?.message).toBe('This has the wrong type; it should be integer.');
    const chinese = await post(http, { ...body, fee: -1 });
    expect(chinese.json.issues).toEqual([{ path: '/body/fee', code: 'field.too-small', message: '应不小于 0。' }]);
  });

  const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
  test.each<[string, string, Record<string, string>, number, string]>([
    ['malformed JSON', '{"a":', {}, 400, 'request.malformed'],
    ['an empty body', '', {}, 400, 'request.malformed'],
    ['a prototype in JSON', '{"__proto__":{"x":1}}', {}, 400, 'request.malformed'],
    ['JSON nested too deep', deep, {}, 400, 'request.malformed'],
    ['a body over the limit', JSON.stringify({ a: 'x'.repeat(300 * 1024) }), {}, 413, 'request.too-large'],
    ['a form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'request.unsupported-media'],
    ['plain text', 'hello', { 'content-type': 'text/plain' }, 415, 'request.unsupported-media'],
    ['a broken content type', 'x', { 'content-type': ';;' }, 415, 'request.unsupported-media'],
    ['an array for an object', '[]', {}, 422, 'request.invalid'],
    ['null', 'null', {}, 422, 'request.invalid'],
    ['NUL in a text', JSON.stringify({ ...body, applicant: { name: 'a\0b' } }), {}, 422, 'request.invalid'],
    ['half a surrogate pair', JSON.stringify({ ...body, applicant: { name: 'a\ud800' } }), {}, 422, 'request.invalid'],
  ])('refuses %s', async (_, payload, headers, status, code) => {
    const answer = await post(await serve(), payload, { headers });
    expect({ status: answer.status, code: answer.json['code'], kept: typeof answer.json['detail'] }).toEqual({ status, code, kept: 'string' });
  });

  test.each(['/api/samples/%zz', '/api/samples/%00', '/nothing', `/api/samples/${'x'.repeat(400)}`])('answers a problem for the address %s', async (url) => {
    const { status, json } = await post(await serve(), body, { url });
    expect([400, 404, 422]).toContain(status);
    expect(json['code']).toMatch(/^request\./);
  });
});

describe('failures', () => {
  test('of a handler: declared ones as declared, unexpected ones logged and silent, a lost database as unavailable', async () => {
    const recorded = lines();
    const http = keep(open(publicly, { log: recorded.log }));
    const faults: unknown[] = [common('conflict.stale'), new Error('secret inside'), Object.assign(new Error('connection lost'), { code: '57P01' })];
    http.route(read, () => {
      throw faults.shift();
    });
    await http.assemble();
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await http.fastify.inject('/api/samples'));
    expect(answers.map((a) => [a.statusCode, a.json().code])).toEqual([[409, 'conflict.stale'], [500, 'server.unexpected'], [503, 'server.unavailable']]);
    expect(answers[1]?.body).not.toContain('secret inside');
    expect(answers[1]?.json().detail).toContain(answers[1]?.headers['x-request-id']);
    expect(answers[2]?.headers['retry-after']).toBe('2');
    expect(recorded.text()).toContain('secret inside');
  });

  test('an answer that differs from its schema fails where answers are checked', async () => {
    const http = keep(open(publicly));
    http.route(read, () => ({ text: 'x', leaked: 1 }) as { text: string });
    await http.assemble();
    expect((await http.fastify.inject('/api/samples')).statusCode).toBe(500);
  });

  test('show a page to readers who ask for one', async () => {
    const http = keep(open(publicly, { errorPage: (problem) => `<h1>${problem.title}</h1>` }));
    await http.assemble();
    const answer = await http.fastify.inject({ url: '/nothing', headers: { accept: 'text/html,*/*' } });
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([404, 'text/html; charset=utf-8', '<h1>没有找到</h1>']);
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    expect(answer.headers).toMatchObject({ 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin', 'cache-control': 'no-store' });
  });

  test('every code is explained at its type address (RFC 9457 §3.1.1)', async () => {
    const http = await serve();
    expect((await http.fastify.inject('/api/problems/access.denied')).json()).toMatchObject({ code: 'access.denied', status: 403 });
    expect((await http.fastify.inject('/api/problems/no.such')).statusCode).toBe(404);
  });
});

describe('answers', () => {
  test('carry a request id: the caller’s if well-formed, else a new one', async () => {
    const http = await serve();
    const ask = async (id: string) => (await http.fastify.inject({ url: '/api/samples', headers: { 'x-request-id': id } })).headers['x-request-id'];
    expect(await ask('portal-12345678')).toBe('portal-12345678');
    expect(await ask('bad id\t')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('are tagged and not sent again (RFC 9110 §13.1.2), gzipped where taken', async () => {
    const http = await serve();
    const first = await http.fastify.inject({ url: '/api/samples', headers: { 'accept-encoding': 'gzip' } });
    expect(first.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(first.rawPayload.length).toBeLessThan(500);
    const again = await http.fastify.inject({ url: '/api/samples', headers: { 'if-none-match': String(first.headers.etag) } });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', first.headers.etag]);
    const refused = await http.fastify.inject({ url: '/api/samples', headers: { 'accept-encoding': 'gzip;q=0, br' } });
    expect(refused.headers['content-encoding']).toBeUndefined();
  });

  const short = async (answer: Parameters<HttpServer['route']>[1], options = {}): Promise<HttpServer> => {
    const http = keep(open(publicly, options));
    http.route(read, answer as never);
    await http.assemble();
    return http;
  };

  test.each(['http://site.test', 'https://site.test'])('of few bytes leave with the headers of the long way, the handler at once or later (%s)', async (origin) => {
    for (const handler of [() => ({ text: '云' }), async () => ({ text: '云' })]) {
      const http = await short(handler, { origin });
      const ask = async (headers: Record<string, string>) => {
        const { headers: { date: _, ...rest }, body, statusCode } = await http.fastify.inject({ url: '/api/samples', headers: { 'x-request-id': 'same-request', ...headers } });
        return { rest, body, statusCode };
      };
      const [quick, long] = [await ask({}), await ask({ 'if-none-match': '"other"' })];
      expect(quick).toEqual(long);
      expect(quick.rest).toMatchObject({ etag: expect.stringMatching(/^W\//), 'x-request-id': 'same-request', 'cache-control': 'no-store', 'content-length': '14' });
      expect(await ask({ 'if-none-match': String(quick.rest.etag) })).toMatchObject({ statusCode: 304, body: '' });
    }
  });

  test('of few bytes keep headers that the handler gave; HEAD has no body', async () => {
    const http = await short((({ reply }: { reply: { header(name: string, value: string): void } }) => (reply.header('set-cookie', 'a=1'), { text: 'x' })) as never);
    const answer = await http.fastify.inject('/api/samples');
    expect(answer.headers).toMatchObject({ 'set-cookie': 'a=1', 'x-content-type-options': 'nosniff', 'content-type': 'application/json; charset=utf-8' });
    const head = await (await short(() => ({ text: 'x' }))).fastify.inject({ method: 'HEAD', url: '/api/samples' });
    expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', '12']);
  });

  test('to another method than the address takes are 405 and name those it takes (RFC 9110 §15.5.6)', async () => {
    const answer = await (await serve()).fastify.inject({ method: 'DELETE', url: '/api/samples/a?x=1' });
    expect([answer.statusCode, answer.headers.allow, answer.json().code]).toEqual([405, 'POST', 'request.method']);
    expect((await (await serve()).fastify.inject({ method: 'DELETE', url: '/api/other' })).statusCode).toBe(404);
  });

  test('carry the security headers; https adds HSTS', async () => {
    const answer = await (await serve({ origin: 'https://site.test' })).fastify.inject('/api/samples');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'strict-transport-security': expect.stringContaining('max-age'),
    });
  });

  test('of 304 leave the kept page its policy (RFC 9111 §3.2: its headers replace the kept ones)', async () => {
    const http = keep(open(publicly));
    http.pages(async (instance: FastifyInstance) => void instance.get('/page', (request, reply) => request.headers['if-none-match'] ? reply.code(304).send() : reply.type('text/html').send('<p>')));
    await http.assemble();
    expect((await http.fastify.inject('/page')).headers['content-security-policy']).toContain("script-src 'self'");
    expect((await http.fastify.inject({ url: '/page', headers: { 'if-none-match': '"1"' } })).headers['content-security-policy']).toBeUndefined();
  });

  test('of a file cannot run in the page, whatever its name', async () => {
    const http = keep(open(publicly));
    http.route(read, () => fileAnswer({ body: Buffer.from('<script>'), type: 'text/html', name: '证照"\r\nx: y.html', inline: true }) as never);
    await http.assemble();
    const { headers } = await http.fastify.inject('/api/samples');
    expect(headers['content-disposition']).toBe(`attachment; filename="_____x: y.html"; filename*=UTF-8''%E8%AF%81%E7%85%A7%22%0D%0Ax%3A%20y.html`);
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  test('are counted and logged by operation, without the address', async () => {
    const recorded = lines();
    const http = await serve({ log: recorded.log });
    await http.fastify.inject('/api/samples?who=990102199003072316');
    const metrics = await http.fastify.inject('/metrics');
    expect(metrics.body).toContain('http_request_duration_seconds_count{operation="sample.read",status="200"} 1');
    expect(recorded.text()).toContain('"operation":"sample.read"');
    expect(recorded.text()).not.toContain('990102');
  });
});

describe('idempotency', () => {
  const pay = operation({ id: 'sample.pay', method: 'POST', path: '/api/pay', summary: 'Pay', idempotent: true, status: 201, body: Type.Object({ b: Type.Integer(), a: Type.Integer() }), response: Type.Object({ key: Type.String(), hash: Type.String() }) });
  test('needs a well-formed key and gives the handler the key and a hash that ignores the order of fields', async () => {
    const http = keep(open({ 'sample.pay': { who: 'public', audit: null } }));
    http.route(pay, ({ idempotencyKey, requestHash }) => ({ key: idempotencyKey, hash: requestHash }));
    await http.assemble();
    const send = (payload: string, key?: string) => post(http, payload, { url: '/api/pay', headers: key === undefined ? {} : { 'idempotency-key': key } });
    expect((await send('{"a":1,"b":2}')).json['code']).toBe('idempotency.required');
    expect((await send('{"a":1,"b":2}', 'short')).json['code']).toBe('idempotency.required');
    const [one, two, other] = [await send('{"a":1,"b":2}', '"key-00000001"'), await send('{"b":2,"a":1}', 'key-00000001'), await send('{"b":2,"a":2}', 'key-00000001')];
    expect(one.status).toBe(201);
    expect(one.json).toEqual(two.json);
    expect(other.json['hash']).not.toBe(one.json['hash']);
  });
});

describe('health', () => {
  test('readiness names what fails; metrics need the token from elsewhere', async () => {
    const http = await serve({ ready: { database: () => false, files: () => true }, metricsToken: 'a-token-of-length' });
    expect((await http.fastify.inject('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await http.fastify.inject('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'unavailable', checks: { database: false, files: true } }]);
    const ask = async (authorization: string) => (await http.fastify.inject({ url: '/metrics', remoteAddress: '10.0.0.9', headers: { authorization } })).statusCode;
    expect([await ask('Bearer a-token-of-length'), await ask('Bearer wrong')]).toEqual([200, 403]);
  });
});

test('OpenAPI 3.1 is written from the operations', async () => {
  const http = await serve({ authenticator: authenticator() });
  const document = (await http.fastify.inject('/api/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(['/api/samples/{kind}', '/api/samples']);
  const post_ = document.paths['/api/samples/{kind}'].post;
  expect(post_).toMatchObject({ operationId: 'sample.submit', summary: 'Submit a sample' });
  expect(post_.requestBody.content['application/json'].schema.required).toEqual(['applicant', 'fee', 'day', 'note']);
  expect(Object.keys(post_.responses)).toEqual(['200', '400', '401', '403', '404', '409', '422']);
  expect(document.components.securitySchemes.official.name).toBe('zw_console');
  const secure = await serve({ authenticator: authenticator(), origin: 'https://site.example' });
  expect((await secure.fastify.inject('/api/openapi.json')).json().components.securitySchemes.official.name).toBe('__Host-zw_console');
});
