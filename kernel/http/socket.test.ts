import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Type } from 'typebox';
import { operation } from '@zhengwu/contracts';
import type { HttpServer } from './index.ts';
import { body, lines, open, read, submit } from './http.fixture.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

const upload = operation({ id: 'sample.upload', method: 'PUT', path: '/api/upload', summary: 'Upload', raw: true, bodyLimit: 1000, response: Type.Object({ size: Type.Integer() }) });
const policies = { 'sample.submit': { who: 'public', audit: null }, 'sample.read': { who: 'public', audit: null }, 'sample.upload': { who: 'public', audit: null } } as const;

const listen = async (options = {}, slow: Promise<void> = Promise.resolve()): Promise<{ http: HttpServer; port: number; url: string }> => {
  const http = open(policies, options);
  servers.push(http);
  http.route(submit, () => ({ ok: true, seen: null }));
  http.route(read, async () => {
    await slow;
    return { text: 'done' };
  });
  http.route(upload, async ({ stream }) => {
    let size = 0;
    for await (const chunk of stream) size += (chunk as Buffer).length;
    return { size };
  });
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  return { http, port, url: `http://127.0.0.1:${port}` };
};

/** Sends bytes as they are and reads until the server hangs up or `milliseconds` pass. */
const speak = (port: number, bytes: string, milliseconds = 3000): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), milliseconds);
    socket.on('data', (chunk) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(heard);
    });
  });

describe('on the wire', () => {
  test.each([
    ['bytes that are not HTTP', 'nonsense\r\n\r\n', 400, 'request.malformed'],
    ['headers that are too long', `GET / HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`, 413, 'request.too-large'],
    ['two lengths', 'POST /api/samples/a HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'request.malformed'],
  ])('%s get a problem and are hung up on', async (_, bytes, status, code) => {
    const heard = await speak((await listen()).port, bytes);
    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(heard).toContain(`"code":"${code}"`);
  });

  test('a body that never ends arriving gets 408', async () => {
    const { port } = await listen({ requestSeconds: 0.2 });
    const heard = await speak(port, 'POST /api/samples/a HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":');
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard).toContain('"code":"request.timeout"');
  });

  test('a body that breaks off reaches no handler and harms nothing', async () => {
    const recorded = lines();
    const { port, url } = await listen({ log: recorded.log });
    await speak(port, 'POST /api/samples/a HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":', 50);
    expect((await fetch(`${url}/api/samples`)).status).toBe(200);
    expect(recorded.text()).not.toContain('server.unexpected');
  });

  test('answers in plain fetch, with keep-alive', async () => {
    const { url } = await listen();
    const send = () => fetch(`${url}/api/samples/a`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
  });
});

describe('uploads', () => {
  const put = async (url: string, content: BodyInit, headers = {}): Promise<[number, unknown]> => {
    const answer = await fetch(`${url}/api/upload`, { method: 'PUT', body: content, headers: { 'content-type': 'application/pdf', ...headers }, duplex: 'half' } as RequestInit);
    return [answer.status, await answer.json()];
  };

  test('stream to the handler whatever their type', async () => {
    expect(await put((await listen()).url, 'x'.repeat(900))).toEqual([200, { size: 900 }]);
  });

  test('over the limit are refused, announced or not', async () => {
    const { url } = await listen();
    expect((await put(url, 'x'.repeat(1001)))[0]).toBe(413);
    const unannounced = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new TextEncoder().encode('x'.repeat(100)));
        controller.close();
      },
    });
    expect(await put(url, unannounced)).toEqual([413, expect.objectContaining({ code: 'request.too-large', extra: { limit: 1000 } })]);
  });
});

describe('closing', () => {
  test('finishes work in hand and takes no more', async () => {
    let finish = (): void => undefined;
    const { http, url } = await listen({}, new Promise<void>((resolve) => (finish = resolve)));
    const inHand = fetch(`${url}/api/samples`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = http.close(5);
    expect(http.closing.aborted).toBe(true);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    finish();
    const answer = await inHand;
    expect([answer.status, await answer.json(), answer.headers.get('connection')]).toEqual([200, { text: 'done' }, 'close']);
    expect(await closed).toBe(true);
  });

  test('cuts what is not done by the deadline', async () => {
    const { http, url } = await listen({}, new Promise(() => undefined));
    const inHand = fetch(`${url}/api/samples`).catch((error: Error) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await http.close(0.1)).toBe(false);
    expect(await inHand).toBeInstanceOf(Error);
  });
});
