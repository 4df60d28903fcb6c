import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SourceSettings } from '@zhengwu/contracts';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { hostsOf, mayAsk } from './addresses.ts';
import { ownPath } from './beginning.ts';
import { vouchedBy } from './claims.ts';
import { openConnections } from './connecting.ts';
import { guardedFetch } from './fetching.ts';
import { checkSettings } from './settings.ts';
import type { SourceRow } from './store.ts';

const NUMBER = '99010119900307004X';
const settings = (over: Partial<SourceSettings> = {}): SourceSettings => ({
  name: { zh: '省', en: 'Province' }, issuer: 'https://id.province.example', clientId: 'yunchuan', auth: 'private-key', scopes: ['openid'], acrValues: [], hosts: [], adopts: false,
  mapping: { name: 'name', citizenNumber: 'number', level: 'acr', levels: [{ value: 'real', identity: 2, proof: 1 }, { value: 'strong', identity: 2, proof: 2 }] }, ...over,
});
const servers: Server[] = [];
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});
const message = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => String(error));

describe('addresses that the site asks (SSRF)', () => {
  test.each(['http://id.province.example', 'https://localhost/', 'https://127.0.0.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://169.254.169.254/latest', 'https://0.0.0.0/', 'https://[fe80::1]/', 'https://2130706433/', 'https://a:b@id.province.example/', 'file:///etc/passwd'])(
    '%s is none', (address) => { expect(mayAsk(new URL(address), false)).toBe(false); });
  test('https elsewhere is one; this machine by http in a demonstration alone', () => {
    expect(mayAsk(new URL('https://id.province.example/a'), false)).toBe(true);
    expect([true, false].map((demo) => mayAsk(new URL('http://127.0.0.1:3000/'), demo))).toEqual([true, false]);
    expect(mayAsk(new URL('http://id.province.example'), true)).toBe(false);
  });
  test('another host, a redirect, too much and too slow are not followed or read', async () => {
    const elsewhere = await serve((_, reply) => reply.end('secret'));
    const here = await serve((request, reply) => {
      if (request.url === '/redirect') reply.writeHead(302, { location: elsewhere }).end();
      else if (request.url === '/large') reply.end('x'.repeat(300_000));
      else if (request.url !== '/slow') reply.end('ok');
    });
    const get = guardedFetch(new Set([new URL(here).host]), true);
    expect(await (await get(`${here}/fine`, {})).text()).toBe('ok');
    expect(await message(get(elsewhere, {}))).toContain('is not an address of this source');
    expect((await get(`${here}/redirect`, {})).status).toBe(302);
    expect(await message(get(`${here}/large`, {}))).toContain('more than');
    expect(await message(guardedFetch(new Set([new URL(here).host]), true, { ms: 50 })(`${here}/slow`, {}))).toContain('Timeout');
  });
});

describe('discovery', () => {
  const told = async (change: (found: Record<string, string>) => Record<string, string>): Promise<string> => {
    let issuer = '';
    issuer = await serve((_, reply) => {
      reply.setHeader('content-type', 'application/json').end(JSON.stringify(change({ issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t`, jwks_uri: `${issuer}/k` })));
    });
    const world = { demo: true, secretOf: () => 'secret', keys: { assert: () => Promise.resolve(''), published: () => Promise.resolve({ keys: [] }) } };
    const connections = openConnections({ log: { warn: () => undefined } } as never, world);
    return message(connections.anew({ id: 'province', version: 1, settings: settings({ issuer }), issuer } as SourceRow));
  };
  test('counts for the issuer that was agreed to alone (OpenID Connect Discovery §4.3)', async () => {
    expect(await told((found) => found)).toBe('done');
    expect(await told((found) => ({ ...found, issuer: 'https://evil.example' }))).not.toBe('done');
  });
  test('may name endpoints on agreed hosts alone', async () => {
    for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint', 'end_session_endpoint']) expect(await told((found) => ({ ...found, [name]: 'https://evil.example/x' }))).toContain(name);
    expect([...hostsOf(settings({ hosts: ['keys.province.example'] }))]).toEqual(['id.province.example', 'keys.province.example']);
  });
});

describe('claims', () => {
  const read = (claims: Record<string, unknown>) => vouchedBy('s', claims, settings());
  test('vouch for what their level is listed for', () => {
    expect(read({ name: '林小雨', number: NUMBER, acr: 'real' })).toMatchObject({ name: '林小雨', citizenNumber: NUMBER, identity: 2, proof: 1 });
    expect(read({ name: '林小雨', number: NUMBER.toLowerCase(), acr: 'strong' })).toMatchObject({ citizenNumber: NUMBER, identity: 2, proof: 2 });
  });
  test('of any other level vouch for no number, whatever they hold', () => {
    fc.assert(fc.property(fc.anything().filter((level) => level !== 'real' && level !== 'strong'), fc.dictionary(fc.string(), fc.anything()), (acr, more) => {
      const level = typeof acr === 'string' ? acr.normalize('NFKC').trim() : '';
      fc.pre(level !== 'real' && level !== 'strong');
      expect(read({ ...more, number: NUMBER, acr })).toMatchObject({ identity: 1, proof: 1, citizenNumber: null });
    }));
  });
  test('a number with a wrong check digit is malformed, not absent (GB 11643-1999)', () => {
    expect(read({ name: '林小雨', number: '990101199003071091', acr: 'real' })).toMatchObject({ citizenNumber: null, isMalformed: true });
  });
});

describe('settings', () => {
  const issuesOf = (given: SourceSettings, known = { demo: false, hasSecret: false, issuerTaken: false }): string[] => {
    try {
      checkSettings(given, known);
      return [];
    } catch (error) {
      return (error as { issues: { code: string }[] }).issues.map(({ code }) => code.replace('identity-source.', ''));
    }
  };
  test('tell all that is wrong at once', () => {
    expect(issuesOf(settings())).toEqual([]);
    const wrong = settings({ issuer: 'http://id.province.example', auth: 'secret', scopes: ['profile'], adopts: true, mapping: { ...settings().mapping, levels: [{ value: 'low', identity: 1, proof: 2 }] } });
    expect(issuesOf(wrong, { demo: false, hasSecret: false, issuerTaken: true })).toEqual(['not-https', 'issuer-taken', 'no-openid', 'no-secret', 'adopts-unchecked']);
  });
});

test('the way back is a path of ours, whatever was asked (open redirect)', () => {
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a b', '', '/'.repeat(3), '/x'.repeat(600)]) expect(ownPath(path)).toBe('/my');
  expect(ownPath('/my/cases?x=1')).toBe('/my/cases?x=1');
});
