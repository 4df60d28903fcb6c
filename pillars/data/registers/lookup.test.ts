import { randomUUID } from 'node:crypto';
import { createHttp, standIn, type Authenticator, type HttpServer } from '@zhengwu/http';
import { accessAudit, createTestSite, type TestSite } from '@zhengwu/module';
import type { Actor, Grant } from '@zhengwu/contracts';
import { Directory, directoryModule } from '@zhengwu/directory';
import type { Register } from '@zhengwu/pack';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Registers, registersModule } from './index.ts';

const number = '990102199003070011';
const person = randomUUID();
const people: Register = {
  code: 'people', name: { zh: '人口', en: 'People' }, subject: 'person', key: 'citizenNumber', keeper: 'YC-GA', sharing: { class: '2', condition: { zh: '依职权', en: 'By power' } }, category: 'population', correctionDays: 3,
  schema: { type: 'object', required: ['citizenNumber', 'address'], additionalProperties: false, properties: { citizenNumber: { type: 'string' }, address: { type: 'string' }, illness: { type: 'string' } } },
  fields: [
    { key: 'citizenNumber', label: { zh: '号码', en: 'Number' }, class: 'sensitive', departments: ['YC-GA'], identifier: 'citizenNumber' },
    { key: 'address', label: { zh: '地址', en: 'Address' }, class: 'internal' },
    { key: 'illness', label: { zh: '病', en: 'Illness' }, class: 'sensitive', departments: ['YC-WJ'] },
  ],
};
const [police, health, market] = [1, 2, 3];
const official = (name: string, departments: number[], scope: Grant['scope'] = 'subtree', more: Partial<Actor> = {}): Actor => {
  const grant = { scope, departments: scope === 'all' ? [] : departments };
  return { ...standIn({ id: 'r', ip: '127.0.0.1' }), kind: 'official', accountId: randomUUID(), personId: randomUUID(), name, homeDepartments: departments, sessionId: name, clearance: 1,
    permissions: { 'register.read': grant, 'register.reveal': grant, ...(departments[0] === police || scope === 'all' ? { 'register.correct': grant } : {}) }, ...more } as Actor;
};
const citizen = (name: string, personId: string): Actor => ({ ...standIn({ id: 'c', ip: '127.0.0.1' }), kind: 'citizen', accountId: randomUUID(), personId, name, subjects: [personId], sessionId: name, verified: true } as Actor);
const actors: Record<string, Actor> = {
  police: official('警', [police]), health: official('卫', [health]), market: official('市', [market]), centre: official('数', [9], 'all'), cleared: official('低', [police], 'subtree', { clearance: 0 }),
  self: citizen('张三', person), other: citizen('李四', randomUUID()),
};
const authenticator: Authenticator = { authenticate: (request) => actors[String(request.headers.cookie ?? '')], isPortal: () => true, verifyCsrf: () => true };
let site: TestSite;
let http: HttpServer;
const ask = async (cookie: string, method: 'GET' | 'POST', url: string, body?: object) => {
  const response = await http.fastify.inject({ method, url, headers: { cookie, origin: 'http://site.test', 'x-csrf-token': 'x', ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { payload: JSON.stringify(body) } : {}) });
  return { status: response.statusCode, body: response.json() as Record<string, never> & { data: Record<string, unknown>; items: Record<string, unknown>[]; code?: string; id: string } };
};
const lookUp = (who: string, more: object = {}) => ask(who, 'POST', '/api/registers/people/lookup', { key: number, reason: '办件 1', ...more });
const trail = async (event: string) => (await site.database.as(site.database.system, (tx) => tx.query<{ subject: string; detail: Record<string, unknown>; name: string }>('select subject, detail, name from audit.record where event = $1 order by at', [event]))).rows;

beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, registersModule] });
  await site.database.as(site.database.system, async (tx) => {
    await tx.query(`insert into kernel.calendar_year (year, source) values (2026, 't'), (2027, 't') on conflict do nothing`);
    await tx.query(`insert into directory.division (code, name_zh, name_en) values ('990100', '云川', 'Yunchuan') on conflict do nothing`);
    for (const [id, code] of [[1, 'YC-GA'], [2, 'YC-WJ'], [3, 'YC-SC'], [9, 'YC-DSJ']]) await tx.query(`insert into directory.department (id, code, division, name_zh, name_en) values ($1, $2, '990100', $2, $2)`, [id, code]);
  });
  await site.site.use(Directory).refresh();
  const registers = site.site.use(Registers);
  await registers.define('hash', [people, { ...people, code: 'shared', sharing: { class: '1' } }]);
  await site.database.as(site.database.system, async (tx) => {
    await registers.write(tx, { register: 'shared', key: number, data: { citizenNumber: number, address: '旧址', illness: '无' }, validFrom: '2020-01-01', cause: 'seed' });
    await registers.write(tx, { register: 'people', key: number, data: { citizenNumber: number, address: '旧址', illness: '无' }, validFrom: '2020-01-01', cause: 'seed', subject: person });
    await registers.write(tx, { register: 'people', key: number, data: { address: '新址' }, validFrom: '2026-05-01', cause: 'seed' });
  });
  http = createHttp({ log: site.site.log, origin: 'http://site.test', policies: site.policy, authenticator, metrics: { process: false }, checkAnswers: true, audit: accessAudit(site.site.audit, site.site.log) });
  site.routes(http);
  await http.assemble();
});
afterAll(() => site.drop());

describe('a look-up', () => {
  test('shows what the reader’s class may see and masks the rest (个人信息保护法 §6)', async () => {
    const { body } = await lookUp('police');
    expect([body.data['address'], body['masked']]).toEqual(['新址', ['citizenNumber', 'illness']]);
    expect(JSON.stringify(body)).not.toContain(number);
    expect((await lookUp('health')).body.data['illness']).toBe('无');
    expect((await lookUp('police', { day: '2026-04-30' })).body.data['address']).toBe('旧址');
    expect((await lookUp('police', { known: '2020-01-01T00:00:00.000Z' })).status).toBe(404);
  });

  test('is refused to departments that neither keep the register nor are named by a field, and below its label', async () => {
    expect([(await lookUp('market')).body.code, (await lookUp('cleared')).body.code]).toEqual(['register.not-yours', 'register.not-yours']);
    expect((await lookUp('centre')).status).toBe(200);
    expect((await lookUp('self')).status).toBe(403);
  });

  test('of a register that is shared without condition is open to every department that may read registers, masked above internal (发改〔2017〕1272)', async () => {
    const { body } = await ask('market', 'POST', '/api/registers/shared/lookup', { key: number, reason: '办件 2' });
    expect([body.data['address'], body['masked']]).toEqual(['旧址', ['citizenNumber', 'illness']]);
    expect((await ask('cleared', 'POST', '/api/registers/shared/lookup', { key: number, reason: '办件 2' })).body.code).toBe('register.not-yours');
  });

  test('is recorded with its reason before it is answered, under the person it is about; a vain one too', async () => {
    const before = (await trail('register.looked')).length;
    await lookUp('police', { reason: '办件 77' });
    await lookUp('police', { key: '990102199003070038', reason: '办件 78' });
    const [hit, miss] = (await trail('register.looked')).slice(before);
    expect(hit).toMatchObject({ subject: person, name: '警', detail: { register: 'people', reason: '办件 77' } });
    expect(miss).toMatchObject({ subject: 'people', detail: { found: false, reason: '办件 78' } });
    expect(JSON.stringify([hit, miss])).not.toContain('990102199003070038');
  });

  test('shows a masked field only to its keeper or the named departments, and records that by itself', async () => {
    const reveal = (who: string, field: string) => ask(who, 'POST', '/api/registers/people/reveal', { key: number, field, reason: '核对证件' });
    expect((await reveal('police', 'citizenNumber')).body).toEqual({ field: 'citizenNumber', value: number });
    expect([(await reveal('police', 'illness')).body.code, (await reveal('health', 'illness')).body['value'], (await reveal('centre', 'citizenNumber')).body.code]).toEqual(['register.not-yours', '无', 'register.not-yours']);
    expect((await trail('register.revealed')).map(({ detail }) => detail['field'])).toEqual(['citizenNumber', 'illness']);
  });

  test('of oneself shows everything that is held about one, and nothing about others', async () => {
    expect((await ask('self', 'GET', '/api/my/registers')).body.items).toContainEqual(expect.objectContaining({ register: 'people', key: number }));
    expect((await ask('other', 'GET', '/api/my/registers')).body.items).toEqual([]);
  });
});

describe('a challenge 校核纠错', () => {
  const raise = (who: string, proposed: unknown, field = 'address') => ask(who, 'POST', who === 'self' || who === 'other' ? '/api/my/registers/people/challenges' : '/api/registers/people/challenges', { key: number, field, proposed, reason: '与实际不符' });

  test('is refused where the value would not fit, is the same, or the record is not one’s own', async () => {
    expect((await raise('health', 7)).body.code).toBe('register.record-invalid');
    expect((await raise('health', '新址')).body.code).toBe('challenge.same');
    expect((await raise('other', '别处')).body.code).toBe('register.no-record');
    expect((await raise('market', '别处')).body.code).toBe('register.not-yours');
  });

  test('accepted: the correction is in force with its cause, followers are told, the proof leads to the answer', async () => {
    const raised = (await raise('self', '实际住址')).body;
    expect((await raise('self', '又一处')).body.code).toBe('challenge.open');
    expect((await ask('police', 'GET', '/api/challenges?open=true')).body.items).toMatchObject([{ id: raised.id, found: '新址', proposed: '实际住址', by: '张三', state: 'open', overdue: false }]);
    expect((await ask('police', 'POST', `/api/challenges/${raised.id}/answer`, { outcome: 'accepted', answer: '已核实' })).status).toBe(200);
    expect((await lookUp('police')).body).toMatchObject({ data: { address: '实际住址' }, cause: `correction:${raised.id}`, validFrom: '2026-05-01' });
    const { items } = (await ask('police', 'POST', '/api/registers/people/history', { key: number, reason: '办件 1' })).body;
    expect(items[0]).toMatchObject({ changed: ['address'], cause: `correction:${raised.id}`, proof: expect.arrayContaining([expect.objectContaining({ event: 'register.corrected' }), expect.objectContaining({ event: 'challenge.answered' })]) });
    const told = await site.database.as(site.database.system, (tx) => tx.query<{ payload: unknown }>(`select payload from events.outbox where type = 'register.changed' order by seq desc limit 1`));
    expect(told.rows[0]?.payload).toMatchObject({ changes: [{ key: number, cause: `correction:${raised.id}` }] });
    expect((await ask('self', 'GET', '/api/my/challenges')).body.items[0]).toMatchObject({ state: 'accepted', answer: '已核实' });
    expect((await ask('police', 'POST', `/api/challenges/${raised.id}/answer`, { outcome: 'refused', answer: '晚了' })).body.code).toBe('challenge.gone');
  });

  test('is answered by the keeper alone, within the register’s working days; late ones are shown so; one may withdraw one’s own', async () => {
    const raised = (await raise('health', '卫健委所知的地址')).body;
    const due = await site.database.as(site.database.system, (tx) => tx.query<{ ok: boolean }>(`select due_day = kernel.add_working_days((now() at time zone 'Asia/Shanghai')::date, 3) as ok from registers.challenge where id = $1`, [raised.id]));
    expect(due.rows[0]?.ok).toBe(true);
    expect((await ask('health', 'POST', `/api/challenges/${raised.id}/answer`, { outcome: 'accepted', answer: '自己同意' })).status).toBe(403);
    await site.database.as(site.database.system, (tx) => tx.query(`update registers.challenge set due_day = '2020-01-01' where id = $1`, [raised.id]));
    expect((await ask('police', 'GET', '/api/challenges?open=true')).body.items).toMatchObject([{ id: raised.id, overdue: true }]);
    expect((await ask('self', 'POST', `/api/challenges/${raised.id}/withdrawal`, {})).body.code).toBe('challenge.gone');
    expect((await ask('health', 'POST', `/api/challenges/${raised.id}/withdrawal`, {})).status).toBe(200);
    expect((await ask('police', 'GET', '/api/challenges?open=true')).body.items).toEqual([]);
  });
});

describe('a written address', () => {
  test('is found as a standard address with its place: itself, else the nearest numbers of its street in the district that it names', async () => {
    const text = { type: 'string' };
    const open = (code: string, keys: string[]): Register => ({
      code, name: { zh: code, en: code }, subject: 'none', key: 'code', keeper: 'YC-GA', sharing: { class: '1' }, schema: { type: 'object', properties: Object.fromEntries(keys.map((key) => [key, key === 'number' ? { type: 'integer' } : key.endsWith('tude') ? { type: 'number' } : key === 'geometry' ? {} : text])) },
      fields: keys.map((key) => ({ key, label: { zh: key, en: key }, class: 'public' as const })),
    });
    const registers = site.site.use(Registers);
    await registers.define('hash', [open('place-names', ['code', 'kind', 'name', 'nameEn', 'division', 'geometry']), open('addresses', ['code', 'text', 'division', 'street', 'number', 'longitude', 'latitude'])]);
    const address = (division: string, number: number) => ({ register: 'addresses', key: `${division}A${number}`, validFrom: '2020-01-01', cause: 'seed', data: { code: `${division}A${number}`, text: `望岚路${number}号`, division, street: '望岚路', number, longitude: number / 1000, latitude: 0 } });
    const district = (code: string, name: string) => ({ register: 'place-names', key: code, validFrom: '2020-01-01', cause: 'seed', data: { code, kind: 'district', name, nameEn: name, division: code, geometry: { type: 'Point', coordinates: [0, 0] } } });
    await site.database.as(site.database.system, (tx) => registers.load(tx, [district('990103', '云麓区'), district('990102', '鹭汀区'), ...[2, 8, 12, 40].map((n) => address('990103', n)), address('990102', 11)]));
    const find = async (written: string) => (await ask('market', 'GET', `/api/geography/addresses?text=${encodeURIComponent(written)}`)).body.items.map(({ text: one, division, precision }) => [one, division, precision]);
    expect((await find('云麓区望岚路12号3栋'))[0]).toEqual(['望岚路12号', '990103', 'exact']);
    expect((await find('云麓区望岚路10号')).slice(0, 2)).toEqual([['望岚路12号', '990103', 'near'], ['望岚路8号', '990103', 'near']]);
    expect((await find('望岚路11号'))[0]).toEqual(['望岚路11号', '990102', 'exact']);
    expect(await find('云麓区无此路1号')).toEqual([]);
    expect((await ask('market', 'GET', '/api/geography/map')).body).toMatchObject({ isWhole: true, features: [{ kind: 'district', name: '鹭汀区' }, { kind: 'district', name: '云麓区' }] });
  });
});
