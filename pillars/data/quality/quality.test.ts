import { composeCitizenNumber, composeUscc, isCitizenNumber, isDivisionCode, isOrganisationCode, isUscc, organisationCheck } from '@zhengwu/ids';
import { listQuality, listQualityRows, measureQuality, openQualityRow, readQuality, type Actor, type ResponseOf } from '@zhengwu/contracts';
import { fixedClock } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createHttp, standIn, type Authenticator, type HttpServer } from '@zhengwu/http';
import { accessAudit, createTestSite, type TestSite } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, registersModule } from '@zhengwu/registers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measure, measureAll } from './measuring.ts';
import { qualityModule } from './module.ts';
import { holdsInSql, NotMeasurable } from './store-holds.ts';

let site: TestSite;
let http: HttpServer;
let registers: Registers;
const clock = fixedClock('2026-11-23T04:00:00Z');

const official = (name: string, scope: 'all' | 'departments', departments: number[]): Actor => {
  const grant = { scope, departments };
  return { ...standIn({ id: 'r', ip: '127.0.0.1' }), kind: 'official', accountId: '00000000-0000-7000-8000-00000000000a', personId: '00000000-0000-7000-8000-00000000000b', name, permissions: { 'quality.read': grant, 'quality.measure': grant }, sessionId: name, clearance: 1 } as Actor;
};
const actors: Record<string, Actor> = { centre: official('data01', 'all', []), other: official('data-sc', 'departments', [4711]) };
const authenticator: Authenticator = { authenticate: (request) => actors[String(request.headers.cookie ?? '')], isPortal: () => false, verifyCsrf: () => true };
const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const answer = async (method: string, url: string, body?: object, cookie = 'centre') => {
  const response = await http.fastify.inject({ method: method as 'GET', url, headers: { cookie, origin: 'http://site.test', 'x-csrf-token': 'x', ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { payload: JSON.stringify(body) } : {}) });
  return { status: response.statusCode, body: response.json() as never };
};

const people: Register = {
  code: 'people', name: { zh: '人口', en: 'People' }, subject: 'none', key: 'number', keeper: 'YC-GA', sharing: { class: '1' }, category: 'population',
  schema: { type: 'object', properties: { number: { type: 'string' }, name: { type: 'string', maxLength: 5, pattern: '^\\S+$' }, sex: { enum: ['男', '女'] }, birth: { type: 'string', format: 'date' }, children: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] }, street: { type: 'string' }, seenOn: { type: 'string', format: 'date' } } },
  fields: [
    { key: 'number', label: { zh: '号码', en: 'Number' }, class: 'personal', identifier: 'citizenNumber' }, { key: 'name', label: { zh: '姓名', en: 'Name' }, class: 'personal' }, { key: 'sex', label: { zh: '性别', en: 'Sex' }, class: 'internal' },
    { key: 'birth', label: { zh: '生日', en: 'Birth' }, class: 'internal' }, { key: 'children', label: { zh: '子女', en: 'Children' }, class: 'internal' }, { key: 'street', label: { zh: '街道', en: 'Street' }, class: 'internal' }, { key: 'seenOn', label: { zh: '核对日', en: 'Seen' }, class: 'internal' },
  ],
  quality: [
    { code: 'complete', kind: 'completeness', fields: ['name', 'birth'] },
    { code: 'numbers', kind: 'validity', fields: ['number'], weight: 3 },
    { code: 'values', kind: 'validity', fields: ['name', 'sex', 'birth', 'children'] },
    { code: 'once', kind: 'uniqueness', fields: ['name', 'birth'] },
    { code: 'fresh', kind: 'timeliness', fields: ['seenOn'], withinDays: 365 },
    { code: 'street-known', kind: 'consistency', fields: ['street'], register: 'streets' },
    { code: 'birth-by-number', kind: 'consistency', fields: ['number', 'birth'], holds: 'substring(number, 7, 2) = substring(birth, 1, 2) and birth <= today' },
    { code: 'street-of-sex', kind: 'consistency', fields: ['street'], register: 'streets', holds: 'other.only = null or other.only = sex' },
    { code: 'beyond-sql', kind: 'validity', fields: ['name'], holds: 'every x in [1] satisfies x = 1' },
    { code: 'no-such-register', kind: 'consistency', fields: ['street'], register: 'nowhere' },
  ],
};
const streets: Register = { ...people, code: 'streets', name: { zh: '街道', en: 'Streets' }, key: 'name', category: 'geography', quality: [], schema: { type: 'object', properties: { name: { type: 'string' }, only: { enum: ['男', '女'] } } }, fields: [{ key: 'name', label: { zh: '名', en: 'Name' }, class: 'public' }, { key: 'only', label: { zh: '限', en: 'Only' }, class: 'public' }] };

const numberOf = (n: number): string => composeCitizenNumber({ division: '990102', birth: '1990-03-07', sequence: n });
const right = (n: number): Record<string, unknown> => ({ number: numberOf(n), name: `甲${n}`, sex: '男', birth: `1990-0${(n % 9) + 1}-01`, children: 0, street: '望岚路', seenOn: '2026-10-01' });
const wrong: [rule: string, key: string, change: Record<string, unknown>][] = [
  ['complete', numberOf(101), { name: ' ', birth: '1990-01-02' }], ['complete', numberOf(102), { birth: null }],
  ['numbers', '990102199003071111', { number: '990102199003071111' }], ['numbers', '990102199013451111', { number: '990102199013451111' }],
  ['values', numberOf(103), { name: '名字太长了呀' }], ['values', numberOf(104), { sex: '中' }], ['values', numberOf(105), { birth: '1990-02-30' }], ['values', numberOf(106), { children: -1 }], ['values', numberOf(107), { children: '两' }],
  ['once', numberOf(108), { name: '同名', birth: '1991-01-01' }], ['once', numberOf(109), { name: '同名', birth: '1991-01-01' }],
  ['fresh', numberOf(110), { seenOn: '2025-11-22' }],
  ['street-known', numberOf(111), { street: '无名路' }],
  ['birth-by-number', numberOf(112), { birth: '2090-01-02' }],
  ['street-of-sex', numberOf(113), { street: '女贞路' }],
];
const RIGHT = 60;
/** A blank name that is one space is incomplete and, by its pattern, not valid either. */
const alsoWrong: Record<string, string[]> = { values: [numberOf(101)] };
const brokenBy = (rule: string): string[] => [...wrong.filter(([code]) => code === rule).map(([, key]) => key), ...(alsoWrong[rule] ?? [])].toSorted();

beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, registersModule, qualityModule], clock });
  registers = site.site.use(Registers);
  await registers.define('hash', [people, streets]);
  const rows = [...Array.from({ length: RIGHT }, (_, n) => ({ key: numberOf(n + 1), data: right(n + 1) })), ...wrong.map(([, key, change], n) => ({ key, data: { ...right(200 + n), number: key, ...change } }))];
  await platform((tx) => registers.load(tx, [...rows.map((row) => ({ register: 'people', ...row, validFrom: '2020-01-01', cause: 'seed' })), ...[{ name: '望岚路' }, { name: '女贞路', only: '女' }].map((data) => ({ register: 'streets', key: data.name, data, validFrom: '2020-01-01', cause: 'seed' }))]));
  http = createHttp({ log: site.site.log, origin: 'http://site.test', policies: site.policy, authenticator, metrics: { process: false }, checkAnswers: true, audit: accessAudit(site.site.audit, site.site.log) });
  site.routes(http);
  await http.assemble();
});
afterAll(() => site.drop());

const addressOf = (path: string, params: Record<string, string>): string => Object.entries(params).reduce((text, [name, value]) => text.replace(`:${name}`, value), path);
const never = new AbortController().signal;
/** Measures as the job does, in batches of seven. */
const measured = async (): Promise<ResponseOf<typeof readQuality>> => {
  const { status, body } = await answer('POST', addressOf(measureQuality.path, { register: 'people' }));
  expect(status).toBe(202);
  await measure(site.site, { id: (body as { id: string }).id, register: 'people' }, never, 7);
  return (await answer('GET', addressOf(readQuality.path, { register: 'people' }))).body;
};
const rowsOf = async (rule: string, limit = 100): Promise<ResponseOf<typeof listQualityRows>['items']> => {
  const all: ResponseOf<typeof listQualityRows>['items'] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: ResponseOf<typeof listQualityRows> = (await answer('GET', `${addressOf(listQualityRows.path, { register: 'people', rule })}?limit=${limit}${after ? `&after=${after}` : ''}`)).body;
    all.push(...page.items);
    after = page.next;
  }
  return all;
};
const keysOf = async (rows: readonly { id: string }[]): Promise<string[]> => {
  const keys: string[] = [];
  for (const { id } of rows) keys.push(((await answer('POST', addressOf(openQualityRow.path, { register: 'people', id }), { reason: '核对' })).body as { key: string }).key);
  return keys.toSorted();
};

describe('a measurement', () => {
  test('counts what breaks each rule, in batches, and keeps samples of it', async () => {
    const { scores, rows, dimensions, score } = await measured();
    const total = RIGHT + wrong.length;
    expect(rows).toBe(total);
    expect(scores.map(({ code, judged, failing }) => [code, judged, failing])).toEqual([
      ['complete', total, 2], ['numbers', total, 2], ['values', total, 6], ['once', total - 1, 2], ['fresh', total, 1], ['street-known', total, 1], ['birth-by-number', total - 1, 1], ['street-of-sex', total - 1, 1],
    ]);
    expect(scores.find(({ code }) => code === 'values')?.samples).toHaveLength(6);
    expect(dimensions.find(({ dimension }) => dimension === 'validity')?.score).toBeCloseTo((3 * (1 - 2 / total) + (1 - 6 / total)) / 4, 9);
    expect(score).toBeLessThan(1);
  });

  test.each(['complete', 'numbers', 'values', 'once', 'fresh', 'street-known', 'birth-by-number', 'street-of-sex'])('the records behind %s are those that break it now, page by page', async (rule) => {
    const rows = await rowsOf(rule, 1);
    expect(await keysOf(rows)).toEqual(brokenBy(rule));
    expect(JSON.stringify(rows)).not.toMatch(/\d{17}[\dX]/);
  });

  test('a duplicate that has ended since does not end the list', async () => {
    const ended = (await platform((tx) => tx.query<{ key: string }>('select key from quality.duplicate order by hash, key limit 1'))).rows[0]?.key ?? '';
    await platform((tx) => tx.query(`update registers.record set valid_to = '2026-11-23' where register = 'people' and key = $1`, [ended]));
    const { body } = await answer('GET', `${addressOf(listQualityRows.path, { register: 'people', rule: 'once' })}?limit=1`);
    expect(body).toMatchObject({ items: [], next: expect.any(String) });
    await platform((tx) => tx.query(`update registers.record set valid_to = null where register = 'people' and key = $1`, [ended]));
  });

  test('a corrected record is no longer behind the rule, and the next score says so', async () => {
    await platform((tx) => registers.write(tx, { register: 'people', key: numberOf(111), data: { street: '望岚路' }, validFrom: '2026-11-01', cause: 'correction:1' }));
    await platform((tx) => registers.write(tx, { register: 'people', key: numberOf(109), data: { name: '异名' }, validFrom: '2026-11-01', cause: 'correction:2' }));
    expect(await rowsOf('street-known')).toEqual([]);
    expect(await rowsOf('once')).toEqual([]);
    clock.set(new Date('2026-11-24T04:00:00Z'));
    const { scores, trend } = await measured();
    expect(scores.filter(({ failing }) => failing === 0).map(({ code }) => code)).toEqual(['once', 'street-known']);
    expect(trend.map(({ day, dimensions }) => [day, dimensions.find(({ dimension }) => dimension === 'uniqueness')?.score])).toEqual([['2026-11-23', 1 - 2 / (RIGHT + wrong.length - 1)], ['2026-11-24', 1]]);
  });

  test('that is killed goes on where it was; a second one waits for its end', async () => {
    const { id } = (await answer('POST', addressOf(measureQuality.path, { register: 'people' }))).body as { id: string };
    expect((await answer('POST', addressOf(measureQuality.path, { register: 'people' }))).status).toBe(409);
    const killed = new AbortController();
    killed.abort();
    await expect(measure(site.site, { id, register: 'people' }, killed.signal, 7)).rejects.toThrow();
    const { items } = (await answer('GET', listQuality.path)).body as ResponseOf<typeof listQuality>;
    expect(items).toMatchObject([{ register: 'people', running: true, looked: 7 }]);
    await measure(site.site, { id, register: 'people' }, never, 7);
    const { scores, running } = (await answer('GET', addressOf(readQuality.path, { register: 'people' }))).body as ResponseOf<typeof readQuality>;
    expect([running, scores.find(({ code }) => code === 'complete')?.judged]).toEqual([false, RIGHT + wrong.length]);
  });

  test('every night takes each register with rules once', async () => {
    await measureAll(site.site, false);
    await measureAll(site.site, false);
    const { rows } = await platform((tx) => tx.query(`select register from quality.run where state = 'running'`));
    expect(rows).toEqual([{ register: 'people' }]);
  });
});

describe('a condition in FEEL', () => {
  const keeps = async (holds: string, data: Record<string, unknown>): Promise<boolean> =>
    (await platform((tx) => tx.query<{ ok: boolean }>(`select coalesce(${holdsInSql(holds, { register: people, today: '2026-11-23' })}, false) as ok from (select $1::jsonb as data) r`, [JSON.stringify(data)]))).rows[0]?.ok ?? false;
  test.each([
    ['children >= 2 and sex = "女"', { children: 2, sex: '女' }, true], ['children >= 2 or sex = "女"', { children: 1, sex: '男' }, false], ['children = null', {}, true], ['children != null', { children: null }, false],
    ['not(name = "甲")', { name: '乙' }, true], ['birth <= today', { birth: '2026-11-24' }, false], ['(sex = "男") = (modulo(number(substring(number, 17, 1)), 2) = 1)', { sex: '男', number: '990102199003070011' }, true],
    ['children + 2 * 3 = 7', { children: 1 }, true], ['(children + 2) * 3 = 7', { children: 1 }, false], ['string length(name) - 1 = 1', { name: '甲乙' }, true], ['starts with(name, "甲") and ends with(name, "乙") and contains(name, "o\\"\'o")', { name: '甲o"\'o乙' }, true],
    ['matches(number, "^\\\\d+$")', { number: '12' }, true], ['children > 0', { children: 'many' }, false], ['upper case(name) = "ABC"', { name: 'abc' }, true], ['name + "-" + string(children) = "甲-1"', { name: '甲', children: 1 }, true],
  ])('%s of %j', async (holds, data, ok) => expect(await keeps(holds, data)).toBe(ok));
  test.each(['every x in [1] satisfies x = 1', 'children < "2"', 'nothing = 1', 'other.only = sex', 'name', 'name = ', '(name = "a"', 'substring(name, children) = "a"', 'birth < null', "name = 'x'; drop table registers.record; --"])('%s is told and not measured', (holds) => {
    expect(() => holdsInSql(holds, { register: people, today: '2026-11-23' })).toThrow(NotMeasurable);
  });
});

describe('who sees it', () => {
  test('a steward of another department sees neither scores nor records', async () => {
    expect((await answer('GET', listQuality.path, undefined, 'other')).body).toEqual({ items: [] });
    for (const [method, url, body] of [['GET', addressOf(readQuality.path, { register: 'people' })], ['GET', addressOf(listQualityRows.path, { register: 'people', rule: 'complete' })], ['POST', addressOf(measureQuality.path, { register: 'people' })],
      ['POST', addressOf(openQualityRow.path, { register: 'people', id: '00000000-0000-7000-8000-000000000001' }), { reason: '核对' }]] as const) {
      expect((await answer(method, url, body, 'other')).status, url).toBe(404);
    }
    const { rows } = await site.database.as(actors['other'] as never, (tx) => tx.query('select from quality.score'));
    expect(rows).toEqual([]);
  });

  test('a number that is shown is recorded with its reason (个人信息保护法 §6)', async () => {
    const [row] = await rowsOf('complete');
    await keysOf([row as { id: string }]);
    const { rows } = await platform((tx) => tx.query<{ subject: string; detail: object }>(`select subject, detail from audit.record where event = 'quality.rowOpened' order by at desc limit 1`));
    expect(rows).toMatchObject([{ subject: row?.id, detail: { register: 'people', reason: '核对' } }]);
  });
});

describe('national numbers are judged in SQL as everywhere else', () => {
  const judged = async (name: string, numbers: readonly string[]): Promise<boolean[]> => (await platform((tx) => tx.query<{ ok: boolean }>(`select quality.${name}(n.number) as ok from unnest($1::text[]) with ordinality n(number, place) order by n.place`, [numbers]))).rows.map(({ ok }) => ok);
  const spoilt = (number: fc.Arbitrary<string>) => fc.tuple(number, fc.nat(), fc.constantFrom(...'0123456789ABXHZI-x')).map(([text, at, letter]) => text.slice(0, at % text.length) + letter + text.slice((at % text.length) + 1));
  const either = (number: fc.Arbitrary<string>) => fc.array(fc.oneof(number, spoilt(number)), { minLength: 200, maxLength: 200 });
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const citizens = fc.record({ division: fc.constantFrom('110101', '990102', '440305'), birth: fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10)), sequence: fc.integer({ min: 1, max: 999 }) }).map(composeCitizenNumber);
  const companies = fc.record({ registrar: fc.constantFrom('9', '1'), kind: fc.constantFrom('1', '2', 'A'), division: digits(6), organisation: fc.stringMatching(/^[0-9A-HJ-NPQRTUWXY]{9}$/) }).map(composeUscc);
  const organisations = fc.stringMatching(/^[0-9A-Z]{8}$/).chain((body) => fc.constantFrom('-', '').map((dash) => body + dash + organisationCheck(body)));
  test.each([
    ['GB 11643', 'is_citizen_number', isCitizenNumber, citizens], ['GB 32100', 'is_uscc', isUscc, companies], ['GB 11714', 'is_organisation_code', isOrganisationCode, organisations], ['GB/T 2260', 'is_division', isDivisionCode, fc.oneof(digits(6), digits(12), fc.constantFrom('110000', '441900', '441900003', '441900003000', '110000100000', '110101000001'))],
  ] as const)('%s (property)', async (_, name, check, numbers) => {
    await fc.assert(fc.asyncProperty(either(numbers), async (list) => {
      expect(await judged(name, list)).toEqual(list.map((one) => check(one)));
    }), { numRuns: 10 });
  });
});
