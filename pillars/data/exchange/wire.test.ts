import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault, statusOf, writeFault } from './faults.ts';
import { readClient, writeClient } from './identifiers.ts';
import { answerBlock, answerHeaders, readBlock, readRequest, readTarget, requestBlock, requestHash, sha512, type Headers } from './wire.ts';

const CLIENT = ['X-Road-Client', 'INSTANCE/CLASS1/MEMBER1/SUBSYSTEM1'] as const;
const TARGET = '/r1/INSTANCE/CLASS2/MEMBER2/SUBSYSTEM2/BARSERVICE/v1/bar/zyggy?quu=1';
const refusal = (work: () => unknown): { type: string; message: string } => {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return { type: error.type, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('PR-REST §4.1: the address of a service', () => {
  test('the example of the specification', () => {
    const { service, path, query, client, method } = readRequest('GET', TARGET, [CLIENT]);
    expect({ method, service, path, query, client }).toEqual({
      method: 'GET', service: { instance: 'INSTANCE', memberClass: 'CLASS2', member: 'MEMBER2', subsystem: 'SUBSYSTEM2', service: 'BARSERVICE' }, path: '/v1/bar/zyggy', query: 'quu=1',
      client: { instance: 'INSTANCE', memberClass: 'CLASS1', member: 'MEMBER1', subsystem: 'SUBSYSTEM1' },
    });
  });
  test('another version, a missing part, a dot segment or a raw space is a bad request', () => {
    for (const target of ['/r2/I/C/M/S/svc', '/r1/I/C/M/S', '/r1/I/C/M//svc', '/r1/I/C/M/S/svc/../other', '/r1/I/C/M/S/svc/%2e%2E/other', '/r1/I/C/M/../svc', 'r1/I/C/M/S/svc', `/r1/I/C/M/S/${'x'.repeat(8001)}`, '/r1/I/C/M/S/%ff']) {
      expect(refusal(() => readTarget(target)).type, target).toBe('Client.BadRequest');
    }
  });
  test('a path that is empty, or only a slash, stays what it was', () => {
    expect(readTarget('/r1/I/C/M/S/svc').path).toBe('');
    expect(readTarget('/r1/I/C/M/S/svc/').path).toBe('/');
    expect(readTarget('/r1/I/C/M/S/svc?a=1?b').query).toBe('a=1?b');
  });
});

describe('PR-REST §4.2: parts are UTF-8 and percent-encoded one by one', () => {
  test('Chinese codes', () => {
    expect(readTarget('/r1/DEMO/GOV/%E4%BA%91%E5%B7%9D/S/svc').service.member).toBe('云川');
  });
  test('slashes that are encoded do not divide', () => {
    expect(refusal(() => readTarget('/r1/INSTANCE%2FCLASS%2FMEMBER%2FSUBSYSTEM%2FBARSERVICE')).type).toBe('Client.BadRequest');
  });
  test('what is written is read again, whatever the parts', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/[:;/\\%\p{Cc}\u200b\ufeff]/u.test(text) && text !== '.' && text !== '..' && text.trim() === text);
    fc.assert(fc.property(part, part, part, fc.option(part), (instance, memberClass, member, subsystem) => {
      expect(readClient(writeClient({ instance, memberClass, member, subsystem }))).toEqual({ instance, memberClass, member, subsystem });
    }));
  });
  test('no characters that PR-REST §4.8 forbids', () => {
    for (const text of ['A/B/C%2FD/E', 'A/B/C%3AD/E', 'A/B/C%5CD/E', 'A/B/%00/E', 'A/B', 'A/B/C/D/E', 'A/B/C/%25']) expect(readClient(text), text).toBeUndefined();
  });
});

describe('PR-REST §4.3: headers of a request', () => {
  test('X-Road-Client is the one that must be there, once, in any spelling', () => {
    expect(refusal(() => readRequest('GET', TARGET, [])).message).toContain('X-Road-Client');
    expect(refusal(() => readRequest('GET', TARGET, [CLIENT, ['x-road-client', 'I/C/M/OTHER']])).type).toBe('Client.BadRequest');
    expect(readRequest('GET', TARGET, [['x-road-CLIENT', CLIENT[1]]]).client.member).toBe('MEMBER1');
  });
  test('X-Road-Id is kept where the client sends one and made where not', () => {
    const sent = readRequest('GET', TARGET, [CLIENT, ['X-Road-Id', 'fa2e18a5-c2cb-4d09-b994-f57727f7c3fb']]);
    expect(sent.id).toBe('fa2e18a5-c2cb-4d09-b994-f57727f7c3fb');
    expect(sent.headers.filter(([name]) => /^x-road-id$/i.test(name))).toHaveLength(1);
    expect(readRequest('GET', TARGET, [CLIENT]).id).toMatch(/^[0-9a-f-]{36}$/);
    expect(refusal(() => readRequest('GET', TARGET, [CLIENT, ['X-Road-Id', 'a b']])).type).toBe('Client.BadRequest');
  });
  test('a client’s own X-Road-Request-Id and -Hash are dropped; the node assigns the id', () => {
    const { headers, requestId } = readRequest('GET', TARGET, [CLIENT, ['X-Road-Request-Id', 'mine'], ['X-Road-Request-Hash', 'mine']]);
    expect(headers.filter(([name]) => /request-(id|hash)/i.test(name))).toEqual([['X-Road-Request-Id', requestId]]);
    expect(requestId).not.toBe('mine');
  });
  test('hop-by-hop headers and those that tell of the host are not passed on; all others are, unmodified', () => {
    const own: Headers = [['X-Powered-By', 'PHP/5.2.17'], ['Cache-Control', 'no-cache, no-store'], ['Content-Type', 'application/json; charset=utf-8'], ['X-Road-UserId', 'EE12345678901'], ['X-Road-Issue', 'MT324223MSD'], ['X-Road-Represented-Party', 'COM/MEMBER3'], ['Authorization', 'Bearer x']];
    const dropped = ['Connection', 'Keep-Alive', 'Proxy-Authenticate', 'Proxy-Authorization', 'TE', 'Trailer', 'Transfer-Encoding', 'Upgrade', 'Host', 'User-Agent', 'Server', 'Expect', 'Content-Length'].map((name) => [name, 'x'] as const);
    const { headers } = readRequest('POST', TARGET, [CLIENT, ...dropped, ...own, ['X-Hop', '1'], ['connection', 'X-Hop']]);
    expect(headers.slice(0, own.length + 1)).toEqual([CLIENT, ...own]);
    expect(headers.map(([name]) => name).filter((name) => name === 'X-Hop' || dropped.some(([one]) => one === name))).toEqual([]);
  });
  test('without Accept the service is asked for application/json', () => {
    expect(readRequest('GET', TARGET, [CLIENT]).headers).toContainEqual(['Accept', 'application/json']);
    expect(readRequest('GET', TARGET, [CLIENT, ['Accept', 'application/xml']]).headers.filter(([name]) => name === 'Accept')).toEqual([['Accept', 'application/xml']]);
  });
  test('X-Road-Security-Server names one server', () => {
    expect(readRequest('GET', TARGET, [CLIENT, ['X-Road-Security-Server', 'INSTANCE/CLASS2/MEMBER2/ss1']]).server).toEqual({ member: 'INSTANCE/CLASS2/MEMBER2', code: 'ss1' });
    expect(refusal(() => readRequest('GET', TARGET, [CLIENT, ['X-Road-Security-Server', 'ss1']])).type).toBe('Client.BadRequest');
  });
  test('methods outside RFC 9110 and RFC 5789 are refused', () => {
    expect(refusal(() => readRequest('TRACE', TARGET, [CLIENT])).type).toBe('Client.BadRequest');
  });
});

describe('PR-REST §4.3: the hash of a request', () => {
  const block = 'GET\r\n/r1/I/C/M/S/svc/a?b=c\r\nX-Road-Client:I/C/M2/S2\r\nX-Road-Request-Id:1\r\n';
  test('the block is method, address and headers, a line each, and the assigned ids stand at its end', () => {
    expect(requestBlock({ method: 'GET', target: '/r1/I/C/M/S/svc/a?b=c', headers: [['X-Road-Client', 'I/C/M2/S2'], ['X-Road-Request-Id', '1']] })).toBe(block);
    const read = readRequest('GET', TARGET, [CLIENT, ['Accept', '*/*']]);
    expect(requestBlock(read)).toBe(`GET\r\n${TARGET}\r\nX-Road-Client:${CLIENT[1]}\r\nAccept:*/*\r\nX-Road-Request-Id:${read.requestId}\r\nX-Road-Id:${read.id}\r\n`);
  });
  test('with a body base64 of SHA-512 over both hashes, without one SHA-512 of the headers', () => {
    const h = (content: Buffer | string) => createHash('sha512').update(content).digest();
    expect(requestHash(block, null)).toBe(h(block).toString('base64'));
    expect(requestHash(block, sha512('body'))).toBe(h(Buffer.concat([h(block), h('body')])).toString('base64'));
  });
  test('a block is read as it was written, and what is none is refused', () => {
    expect(readBlock(block, 2)).toEqual({ first: ['GET', '/r1/I/C/M/S/svc/a?b=c'], headers: [['X-Road-Client', 'I/C/M2/S2'], ['X-Road-Request-Id', '1']] });
    expect(readBlock(answerBlock(200, [['A', '']]), 1)).toEqual({ first: ['200'], headers: [['A', '']] });
    for (const wrong of ['', 'GET', 'GET\r\n/x\r\nno colon\r\n', 'GET\r\n/x\r\nA:b', 'GET\r\n/x\r\nA:b\nC:d\r\n', 'GET\r\n/x\r\n:b\r\n']) expect(readBlock(wrong, 2), wrong).toBeUndefined();
  });
});

test('PR-REST §4.3: headers of an answer are set by the provider’s node, whatever the service wrote', () => {
  const of = { client: 'I/C/M/S', service: 'I/C/M2/S2/svc', id: 'id', requestId: 'rid', hash: 'h' };
  expect(answerHeaders([['Content-Type', 'text/plain'], ['x-road-id', 'forged'], ['X-Road-Error', 'forged'], ['Server', 'nginx'], ['Location', '/else'], ['Connection', 'close']], of)).toEqual([
    ['Content-Type', 'text/plain'], ['Location', '/else'], ['X-Road-Id', 'id'], ['X-Road-Client', 'I/C/M/S'], ['X-Road-Service', 'I/C/M2/S2/svc'], ['X-Road-Request-Id', 'rid'], ['X-Road-Request-Hash', 'h'],
  ]);
});

describe('PR-REST §4.6: errors of the exchange', () => {
  test('500 for types that begin with Server., 400 for others', () => {
    expect(['Server.ServerProxy.NetworkError', 'server.clientproxy.OutdatedGlobalConf', 'Client.BadRequest', 'Serverless'].map((type) => statusOf({ type }))).toEqual([500, 500, 400, 400]);
  });
  test('type, message and detail as JSON, X-Road-Error with the type', () => {
    const { status, headers, body } = writeFault(new Fault('Server.ServerProxy.NetworkError', 'no answer', '9bc9'), undefined);
    expect({ status, headers, body: JSON.parse(body.toString()) }).toEqual({
      status: 500, headers: { 'Content-Type': 'application/json;charset=utf-8', 'X-Road-Error': 'Server.ServerProxy.NetworkError' }, body: { type: 'Server.ServerProxy.NetworkError', message: 'no answer', detail: '9bc9' },
    });
  });
  test('XML where the caller asks for it', () => {
    const { headers, body } = writeFault(new Fault('Client.BadRequest', 'a < b', '1'), 'application/xml');
    expect(headers['Content-Type']).toBe('application/xml;charset=utf-8');
    expect(body.toString()).toContain('<type>Client.BadRequest</type><message>a &lt; b</message>');
  });
});
