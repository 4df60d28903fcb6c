import { afterEach, describe, expect, test } from 'vitest';
import { Type } from 'typebox';
import { operation } from '@zhengwu/contracts';
import { composeCitizenNumber } from '@zhengwu/ids';
import type { Disclosure, HttpServer, PolicyRule } from './index.ts';
import { open } from './http.fixture.ts';

const NUMBER = composeCitizenNumber({ division: '990102', birth: '1990-03-07', sequence: 123 });
const leak = operation({ id: 'sample.leak', method: 'GET', path: '/api/leak', summary: 'Leaks', response: Type.Unknown() });
const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close(0);
});

const ask = async (answer: unknown, rule: Partial<PolicyRule> = {}, mode: 'withhold' | 'report' = 'withhold') => {
  const told: Disclosure[] = [];
  const http = open({ 'sample.leak': { who: 'public', audit: null, ...rule } }, { outgoing: { mode, tell: (one) => void told.push(one) } });
  servers.push(http);
  http.route(leak, () => answer);
  await http.assemble();
  const { statusCode, body } = await http.fastify.inject({ method: 'GET', url: '/api/leak', headers: { 'accept-language': 'en' } });
  return { status: statusCode, body, code: (JSON.parse(body) as { code?: string }).code, told };
};

describe('answers', () => {
  test('an operation that answers a citizen number which it does not declare is withheld and told of, without the value', async () => {
    const { status, body, code, told } = await ask({ items: [{ number: NUMBER }] });
    expect({ status, code }).toEqual({ status: 500, code: 'disclosure.withheld' });
    expect(body).not.toContain(NUMBER);
    expect(told).toMatchObject([{ operation: 'sample.leak', found: { 'citizen-number': 1 }, done: 'withheld' }]);
    expect(JSON.stringify(told)).not.toContain(NUMBER);
  });

  test.each<[string, unknown, Partial<PolicyRule>]>([
    ['declared', { number: NUMBER }, { shows: ['citizen-number'] }],
    ['masked', { number: '990*************1X', phone: '138****8000' }, {}],
    ['a UUID, a time, a case number', { id: '01912345-6789-7123-8123-123456789012', at: '2026-11-22T02:48:00.000Z', number: '990100202611220000017' }, {}],
  ])('%s: passes untouched', async (_, answer, rule) => {
    const { status, body, told } = await ask(answer, rule);
    expect({ status, told }).toEqual({ status: 200, told: [] });
    expect(JSON.parse(body)).toEqual(answer);
  });

  test('what is declared of one kind is not of another', async () => expect((await ask({ phone: '13800138000' }, { shows: ['citizen-number'] })).code).toBe('disclosure.withheld'));

  test('a number that somebody wrote into a text is hidden in place; the rest is answered', async () => {
    const { status, body, told } = await ask({ note: `请联系\n${NUMBER}，谢谢`, next: 1 });
    expect({ status, done: told[0]?.done }).toEqual({ status: 200, done: 'masked' });
    expect(JSON.parse(body)).toEqual({ note: '请联系\n990*************' + NUMBER.slice(-2) + '，谢谢', next: 1 });
  });

  test('where people fill in fields, a number alone in a field is hidden too; as a number of JSON it is withheld', async () => {
    expect(JSON.parse((await ask({ remark: '13800138000' }, { found: 'mask' })).body)).toEqual({ remark: '138****8000' });
    expect((await ask({ remark: 13800138000 }, { found: 'mask' })).code).toBe('disclosure.withheld');
  });

  test('private keys are withheld wherever they stand', async () => expect((await ask({ text: 'see -----BEGIN PRIVATE KEY-----\nMII' })).code).toBe('disclosure.withheld'));

  test('report lets it pass and tells', async () => {
    const { status, told } = await ask({ number: NUMBER }, {}, 'report');
    expect({ status, done: told[0]?.done }).toEqual({ status: 200, done: 'reported' });
  });
});
