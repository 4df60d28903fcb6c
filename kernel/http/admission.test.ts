import { connect, type Socket } from 'node:net';
import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { CALLERS, createAdmission, type Caller, type Slot } from './admission.ts';
import { capConnections } from './crowd.ts';
import { open, read, submit } from './http.fixture.ts';
import type { HttpServer } from './http.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

describe('admission by class', () => {
  test('never more in hand than there may be, strangers at most half; officials are put off only when all is full', () => {
    const step = fc.oneof(fc.record({ enter: fc.constantFrom(...CALLERS) }), fc.record({ leave: fc.nat(40) }), fc.record({ lag: fc.integer({ min: 0, max: 200 }) }));
    fc.assert(fc.property(fc.integer({ min: 8, max: 40 }), fc.array(step, { maxLength: 200, size: 'max' }), (most, steps) => {
      const admission = createAdmission({ mostInFlight: most }, () => 0);
      const held: Slot[] = [];
      for (const one of steps) {
        if ('enter' in one) {
          const before = held.length;
          let isAtOnce = false;
          admission.enter(one.enter, (slot) => void (slot && (isAtOnce = held.push(slot) > 0)));
          if (one.enter === 'official' && before < most) expect(isAtOnce).toBe(true);
        } else if ('leave' in one) {
          const [slot] = held.splice(one.leave % Math.max(1, held.length), 1);
          if (slot) admission.leave(slot);
        } else admission.adapt(one.lag);
        expect(held.length).toBe(admission.state.inFlight);
        expect(held.length).toBeLessThanOrEqual(most);
        expect(held.filter(({ caller }) => caller === 'anonymous').length).toBeLessThanOrEqual(most / 2);
        expect(held.filter(({ caller }) => caller === 'claimed').length).toBeLessThanOrEqual(16);
      }
      admission.stop();
      expect(admission.state.waiting).toBe(0);
    }));
  });

  test('who waits is let in by class, officials first, each class in its order', () => {
    const admission = createAdmission({ mostInFlight: 8 }, () => 0);
    const slots: Slot[] = [];
    const entered: string[] = [];
    const enter = (caller: Caller, name: string): void => admission.enter(caller, (slot) => void (slot && (slots.push(slot), entered.push(name))));
    for (let n = 0; n < 8; n++) enter('official', `full${n}`);
    for (const [caller, name] of [['anonymous', 'a1'], ['citizen', 'c1'], ['official', 'o1'], ['citizen', 'c2'], ['official', 'o2']] as const) enter(caller, name);
    for (const slot of slots.splice(0, 8)) admission.leave(slot);
    expect(entered.slice(8)).toEqual(['o1', 'o2', 'c1', 'c2']);
    admission.leave(slots[0] as Slot);
    expect(entered.at(-1)).toBe('a1');
    admission.stop();
  });

  test('when many places come free at once officials take theirs first, and credentials without proof get sixteen', () => {
    let now = 0;
    const admission = createAdmission({ mostInFlight: 8 }, () => now);
    const entered: Caller[] = [];
    const enter = (caller: Caller): void => admission.enter(caller, (slot) => void (slot && entered.push(slot.caller)));
    for (let n = 0; n < 8; n++) enter('official');
    for (let n = 0; n < 10; n++) enter('anonymous');
    for (let n = 0; n < 8; n++) enter('official');
    now += 20_000;
    admission.adapt(0);
    expect(entered.slice(8)).toEqual(Array.from({ length: 8 }, () => 'official'));
    admission.stop();
    const wide = createAdmission({ mostInFlight: 1000 }, () => 0);
    let claimed = 0;
    for (let n = 0; n < 40; n++) wide.enter('claimed', (slot) => void (slot && (claimed += 1)));
    expect(claimed).toBe(16);
    wide.stop();
  });

  test('lag shrinks the strangers’ share to a few and it grows again; nobody else’s shrinks', () => {
    const admission = createAdmission({ mostInFlight: 100 }, () => 0);
    expect(admission.state.strangers).toBe(50);
    for (let n = 0; n < 20; n++) admission.adapt(100);
    expect(admission.state.strangers).toBe(12);
    const slots: (Slot | null)[] = [];
    for (let n = 0; n < 30; n++) admission.enter('official', (slot) => void slots.push(slot));
    expect(slots).toHaveLength(30);
    for (let n = 0; n < 50; n++) admission.adapt(0);
    expect(admission.state.strangers).toBe(50);
    admission.stop();
  });

  test('credentials count once they were seen to hold, and only for a time', () => {
    let now = 0;
    const admission = createAdmission({ mostInFlight: 10 }, () => now);
    expect([admission.classOf(undefined), admission.classOf('a')]).toEqual(['anonymous', 'claimed']);
    admission.prove('a', 'official');
    admission.prove('b', 'citizen');
    expect([admission.classOf('a'), admission.classOf('b'), admission.classOf('c')]).toEqual(['official', 'citizen', 'claimed']);
    now += 11 * 60_000;
    expect(admission.classOf('a')).toBe('claimed');
  });

  test('an upload or a stream that lasts is not counted for ever', () => {
    let now = 0;
    const admission = createAdmission({ mostInFlight: 10 }, () => now);
    const slots: Slot[] = [];
    admission.enter('official', (slot) => void slots.push(slot as Slot));
    now += 16_000;
    admission.adapt(0);
    expect(admission.state.inFlight).toBe(0);
    admission.leave(slots[0] as Slot);
    expect(admission.state.inFlight).toBe(0);
  });
});

const listen = async (options: object, slow = Promise.resolve()): Promise<{ http: HttpServer; url: string; port: number }> => {
  const http = open({ 'sample.submit': { who: 'public', audit: null }, 'sample.read': { who: ['public', 'official'], audit: null } }, options);
  servers.push(http);
  http.route(submit, () => ({ ok: true, seen: null }));
  http.route(read, async () => {
    await slow;
    return { text: 'done' };
  });
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  return { http, port, url: `http://127.0.0.1:${port}` };
};

describe('on the wire', () => {
  test('with all places of strangers taken the next waits a second and gets 503 with Retry-After, while an official who is signed in is answered', async () => {
    let finish = (): void => undefined;
    let isSlow = false;
    const blocked = new Promise<void>((resolve) => (finish = resolve));
    const http = open({ 'sample.read': { who: ['public', 'official'], audit: null }, 'sample.submit': { who: 'public', audit: null } }, { mostInFlight: 8 });
    servers.push(http);
    http.route(submit, () => ({ ok: true, seen: null }));
    http.route(read, async ({ actor }) => {
      if (isSlow && actor.kind === 'public') await blocked;
      return { text: actor.kind };
    });
    const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
    const get = (headers = {}) => fetch(`http://127.0.0.1:${port}/api/samples`, { headers });
    const signedIn = { cookie: 'zw_console=official' };
    expect(await (await get(signedIn)).json()).toEqual({ text: 'official' });
    isSlow = true;
    const strangers = Array.from({ length: 4 }, () => get());
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    const late = get().then(async (answer) => [answer.status, Number(answer.headers.get('retry-after')), ((await answer.json()) as { code: string }).code]);
    expect(await (await get(signedIn)).json()).toEqual({ text: 'official' });
    expect(performance.now() - began).toBeLessThan(800);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    const [status, seconds, code] = (await late) as [number, number, string];
    expect([status, code]).toEqual([503, 'server.busy']);
    expect(seconds).toBeGreaterThanOrEqual(2);
    finish();
    expect((await Promise.all(strangers)).map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  });

  test('strangers are held to so many requests a minute of all operations and pages together; who is signed in is not', async () => {
    const { http } = await listen({ strangersPerMinute: 3 });
    const get = async (url: string, headers = {}, remoteAddress = '198.51.100.1') => (await http.fastify.inject({ url, headers, remoteAddress })).statusCode;
    const post = async () => (await http.fastify.inject({ method: 'POST', url: '/api/samples/a', payload: {}, remoteAddress: '198.51.100.1' })).statusCode;
    expect([await get('/api/samples'), await post(), await get('/api/samples'), await get('/api/samples')]).toEqual([200, 422, 200, 429]);
    expect([await get('/nowhere'), await get('/nowhere'), await get('/nowhere'), await get('/nowhere')]).toEqual([404, 404, 404, 429]);
    expect([await get('/api/samples', { cookie: 'zw_console=official' }), await get('/api/samples', {}, '198.51.100.2'), await get('/healthz')]).toEqual([200, 200, 200]);
  });

  const heard = (port: number, write: (socket: Socket) => void, milliseconds: number): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => write(socket));
      const timer = setTimeout(() => socket.destroy(), milliseconds);
      socket.on('data', (chunk) => (text += chunk.toString())).on('error', () => undefined).on('close', () => (clearTimeout(timer), resolve(text)));
    });

  test('a head that trickles in a byte at a time is hung up on with 408, however lively it looks', async () => {
    const { port, url } = await listen({ headerSeconds: 0.4 });
    const began = performance.now();
    const answer = await heard(port, (socket) => {
      socket.write('GET /api/samples HTTP/1.1\r\nhost: x\r\n');
      const timer = setInterval(() => socket.writable && socket.write('a'), 50);
      socket.once('close', () => clearInterval(timer));
    }, 5000);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - began).toBeLessThan(3000);
    expect((await fetch(`${url}/api/samples`)).status).toBe(200);
  });

  test('an address may hold so many connections and the next is hung up on; one that ends makes room', async () => {
    const server = createServer((_, response) => response.end('ok'));
    capConnections(server, 2, () => false);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const opened = (): Promise<{ socket: Socket; isOpen: boolean }> => new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      const timer = setTimeout(() => resolve({ socket, isOpen: true }), 150);
      socket.once('close', () => (clearTimeout(timer), resolve({ socket, isOpen: false })));
    });
    const [first, second] = [await opened(), await opened()];
    expect([first.isOpen, second.isOpen, (await opened()).isOpen]).toEqual([true, true, false]);
    first.socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const next = await opened();
    expect(next.isOpen).toBe(true);
    for (const { socket } of [second, next]) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
