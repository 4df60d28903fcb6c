import { randomUUID } from 'node:crypto';
import { calendarModule } from '@zhengwu/calendar';
import { operation, type Actor } from '@zhengwu/contracts';
import { directoryModule } from '@zhengwu/directory';
import { createHttp, standIn, type Authenticator, type HttpServer } from '@zhengwu/http';
import { identityModule } from '@zhengwu/identity';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Alarms } from './alarms.ts';
import { Defence } from './defence.ts';
import { defenceModule } from './module.ts';
import { fromSignIn } from './signals.ts';
import { RULES } from './rules.ts';

let site: TestSite;
let http: HttpServer;
const clerk = randomUUID();
const keeper = randomUUID();
const all = { scope: 'all', departments: [] } as const;

const official = (accountId: string, name: string, permissions: Actor['permissions']): Actor =>
  ({ ...standIn({ id: 'r', ip: '127.0.0.1' }), kind: 'official', accountId, personId: accountId, name, permissions, sessionId: accountId });
const people: Readonly<Record<string, Actor>> = {
  keeper: official(keeper, '安小全', { 'defence.read': { ...all, departments: [] }, 'defence.keep': { ...all, departments: [] } }),
  clerk: official(clerk, '王某', { 'case.read': { ...all, departments: [] } }),
};
const authenticator: Authenticator = {
  authenticate: (request) => {
    const who = people[String(request.headers.cookie ?? '')];
    return who && { ...who, requestId: request.id, address: request.ip };
  },
  isPortal: () => false,
  verifyCsrf: () => true,
};

const fileOf = operation({ id: 'sample.file', method: 'GET', path: '/api/files/:id', summary: 'A file', params: Type.Object({ id: Type.String() }), response: Type.Object({ ok: Type.Boolean() }) });
const search = operation({ id: 'sample.search', method: 'POST', path: '/api/search', summary: 'Search', body: Type.Object({ name: Type.String({ maxLength: 10 }) }), response: Type.Object({ ok: Type.Boolean() }) });
const exportList = operation({ id: 'sample.export', method: 'POST', path: '/api/export', summary: 'Export', response: Type.Object({ ok: Type.Boolean() }) });

beforeAll(async () => {
  site = await createTestSite({ modules: [calendarModule, directoryModule, identityModule, defenceModule] });
  const policies = {
    ...site.policy,
    'sample.file': { who: ['public', 'official'], audit: 'sample.read', personal: true }, 'sample.search': { who: ['public', 'official'], audit: null }, 'sample.export': { who: 'official', audit: 'sample.exported' },
  } as const;
  http = createHttp({
    log: site.site.log, origin: 'http://site.test', policies, authenticator, metrics: { process: false }, checkAnswers: true,
    audit: { read: ({ event, actor, params, operation: id }) => site.site.audit.read(actor, { event, subject: Object.values(params as object).join('/'), detail: { operation: id } }) },
    ...site.site.use(Defence).guard(policies as never),
  });
  http.route(fileOf, ({ params }) => {
    if (params.id.startsWith('x')) throw Object.assign(new Error('none'), { statusCode: 404 });
    return { ok: true };
  });
  http.route(search, () => ({ ok: true }));
  http.route(exportList, async ({ actor }) => {
    await site.site.audit.read(actor, { event: 'sample.exported', subject: 'list' });
    return { ok: true };
  });
  site.routes(http);
  await http.assemble();
  const { database } = site;
  await database.as(database.system, async (tx) => {
    for (const [id, name] of [[clerk, 'wang'], [keeper, 'security']] as const) {
      await tx.query(`insert into identity.account (id, kind, username, person, person_name, password_hash) values ($1, 'official', $2, $1, $2, 'x')`, [id, name]);
    }
  });
  await flush();
});
afterAll(async () => {
  await http.close(0);
  await site.drop();
});

const flush = (): Promise<void> => site.site.use(Defence).watch.flush();
const call = (method: 'GET' | 'POST' | 'PUT', url: string, { who = '', from = '203.0.113.50', body }: { who?: string; from?: string; body?: unknown } = {}) =>
  http.fastify.inject({ method, url, remoteAddress: from, headers: { ...(who ? { cookie: who, 'x-csrf-token': 'good' } : {}), origin: 'http://site.test', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
const keep = (method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) => call(method, url, { who: 'keeper', from: '127.0.0.1', ...(body === undefined ? {} : { body }) });
const alertsOf = async (kind: string) => (await keep('GET', `/api/defence/alerts?kind=${kind}`)).json().items as { id: string; subject: string; state: string; times: number; severity: string; version: number; activeResponses: number }[];
const detailOf = async (id: string) => (await keep('GET', `/api/defence/alerts/${id}`)).json();
const session = async (account: string): Promise<void> => {
  await site.database.as(site.database.system, (tx) => tx.query(`insert into identity.session (id, token_hash, account, started_at, seen_at, idle_until, ends_at, assurance, address, agent)
    values ($1, $2, $3, now(), now(), now() + interval '1 hour', now() + interval '1 hour', 1, '192.0.2.9', 'test')`, [randomUUID(), randomUUID(), account]));
};
const one = async <T>(text: string, values: unknown[] = []): Promise<T> => (await site.database.as(site.database.system, (tx) => tx.query(text, values))).rows[0] as T;

describe('from the request to the alert', () => {
  test('a scanner that walks through paths is found, blocked at the gate, and answered again once it is undone', async () => {
    for (let n = 0; n < 16; n++) await call('GET', `/old/page-${n}.php`);
    await flush();
    const [alert] = await alertsOf('probing');
    expect(alert).toMatchObject({ subject: '203.0.113.50', state: 'new', severity: 'medium', activeResponses: 1 });
    const refused = await call('GET', '/api/problems/rate.limited');
    expect([refused.statusCode, refused.json().code, Number(refused.headers['retry-after'])]).toEqual([429, 'address.blocked', expect.closeTo(3600, -2)]);
    expect((await call('GET', '/api/problems/rate.limited', { from: '203.0.113.51' })).statusCode).toBe(200);
    const { responses, observations } = await detailOf(alert!.id);
    expect(observations).toHaveLength(15);
    expect((await keep('POST', `/api/defence/responses/${responses[0].id}/undo`, { reason: '误判：自己人的巡检' })).statusCode).toBe(200);
    expect((await call('GET', '/api/problems/rate.limited')).statusCode).toBe(200);
    expect((await keep('POST', `/api/defence/responses/${responses[0].id}/undo`, { reason: '再一次' })).json().code).toBe('defence.unended');
    expect((await one<{ n: number }>(`select count(*)::int as n from audit.record where event in ('defence.alerted', 'defence.responded', 'defence.undone') and (subject = $1 or subject = '203.0.113.50')`, [alert!.id])).n).toBe(3);
  });

  test('this machine is never blocked: everybody behind the portal would be', async () => {
    for (let n = 0; n < 16; n++) await call('GET', `/mine/${n}`, { from: '127.0.0.1' });
    await flush();
    expect((await alertsOf('probing')).find(({ subject }) => subject === '127.0.0.1')).toMatchObject({ activeResponses: 0 });
    expect((await call('GET', '/api/problems/rate.limited', { from: '127.0.0.1' })).statusCode).toBe(200);
  });

  test('refused inputs that look like an attack are told by kind and field; what was sent is kept nowhere', async () => {
    for (let n = 0; n < 3; n++) expect((await call('POST', '/api/search', { from: '203.0.113.60', body: { name: `' OR '1'='1 secret-word-${n}` } })).statusCode).toBe(422);
    await flush();
    const [alert] = await alertsOf('injection');
    const { observations } = await detailOf(alert!.id);
    expect(observations[0].detail).toEqual({ field: '/body/name', pattern: 'sql' });
    expect((await one<{ text: string }>('select string_agg(o::text, \' \') as text from defence.observation o')).text).not.toContain('secret-word');
  });

  test('an applicant’s search for ids that are not there is one alert, however long it goes on', async () => {
    for (let n = 0; n < 65; n++) await call('GET', `/api/files/x${n}`, { who: 'clerk', from: '203.0.113.70' });
    await flush();
    expect(await alertsOf('enumeration')).toEqual([expect.objectContaining({ subject: clerk, times: 2 })]);
  });

  test('mass reading is found from the audit trail, locks the account and ends its sessions; each observation names its record', async () => {
    await session(clerk);
    for (let n = 0; n < 150; n++) await call('GET', `/api/files/f${n}`, { who: 'clerk', from: '192.0.2.9' });
    await flush();
    const [alert] = await alertsOf('mass-reading');
    const { observations, responses, subjectName } = await detailOf(alert!.id);
    expect(subjectName).toBe('wang (wang)');
    expect(observations.every((seen: { record: string | null }) => seen.record !== null)).toBe(true);
    expect(responses).toEqual([expect.objectContaining({ kind: 'lock', target: clerk, isActive: true, by: null })]);
    expect(await one(`select (locked_until > now()) as locked, (select count(*)::int from identity.session s where s.account = a.id) as sessions from identity.account a where id = $1`, [clerk])).toEqual({ locked: true, sessions: 0 });
    await keep('POST', `/api/defence/responses/${responses[0].id}/undo`, { reason: '年度抽查，已核实' });
    expect(await one('select locked_until from identity.account where id = $1', [clerk])).toEqual({ locked_until: null });
  });

  test('sign-ins come as events of identity: many refusals of one account', async () => {
    const { database, site: { audit } } = site;
    for (let n = 0; n < 10; n++) {
      await database.as(database.system, (tx) => audit.recordFor(tx, { kind: 'public', address: `203.0.113.${80 + (n % 2)}` }, { event: 'session.refused', subject: clerk }));
      site.site.use(Defence).note(fromSignIn({ id: randomUUID(), type: 'session.refused', subject: clerk, at: new Date(), payload: { account: clerk, address: `203.0.113.${80 + (n % 2)}`, means: 'password' } }));
    }
    await flush();
    const [alert] = await alertsOf('brute-force');
    expect(alert).toMatchObject({ subject: clerk, activeResponses: 2 });
    expect((await detailOf(alert!.id)).observations.every((seen: { record: string | null }) => seen.record !== null)).toBe(true);
    // The account that was merely tried is not touched by the rule.
    expect((await database.as(database.system, (tx) => tx.query('select locked_until from identity.account where id = $1', [clerk]))).rows[0]).toEqual({ locked_until: null });
  });
});

describe('an alert is a case for a person', () => {
  const raise = (subject: string): Promise<void> => site.site.use(Alarms).raise({ kind: 'sample.broken', severity: 'low', subject, title: { zh: '坏了', en: 'Broken' }, detail: { part: 1 } });

  test('alarms of other modules land in the same list; about one subject they count up in one alert', async () => {
    await raise('a');
    await raise('a');
    await raise('b');
    expect((await alertsOf('sample.broken')).map(({ subject, times }) => [subject, times]).sort()).toEqual([['a', 2], ['b', 1]]);
  });

  test('it is taken, decided once, and false keeps quiet about the same subject until its end date', async () => {
    const alert = (await alertsOf('sample.broken')).find(({ subject }) => subject === 'a')!;
    const step = (act: string, version: number, more = {}) => keep('POST', `/api/defence/alerts/${alert.id}/steps`, { act, version, ...more });
    expect((await step('take', 0)).json()).toEqual({ state: 'inHand', version: 1 });
    expect((await step('note', 0)).json().code).toBe('defence.changed');
    expect((await step('false', 1, { note: '换班时的正常现象', quietHours: 2 })).json()).toEqual({ state: 'false', version: 2 });
    expect((await step('confirm', 2)).json().code).toBe('defence.decided');
    await raise('a');
    expect((await alertsOf('sample.broken')).filter(({ subject }) => subject === 'a')).toHaveLength(1);
    const { items: [quiet] } = (await keep('GET', '/api/defence/suppressions')).json();
    expect(quiet).toMatchObject({ kind: 'sample.broken', subject: 'a', held: 1, by: '安小全' });
    await keep('POST', `/api/defence/suppressions/${quiet.id}/end`);
    await raise('a');
    expect((await alertsOf('sample.broken')).filter(({ subject, state }) => subject === 'a' && state === 'new')).toHaveLength(1);
  });

  test('a person may respond only against what the alert found, not against this machine and not against themselves', async () => {
    const [alert] = await alertsOf('mass-reading');
    const respond = async (kind: string, target: string) => (await keep('POST', `/api/defence/alerts/${alert!.id}/responses`, { kind, target, minutes: 5, reason: '核实中' })).json();
    expect((await respond('block', '203.0.113.254')).code).toBe('defence.bad-target');
    expect((await respond('lock', keeper)).code).toBe('defence.bad-target');
    expect((await respond('challenge', clerk)).id).not.toBeNull();
    expect((await detailOf(alert!.id)).steps[0]).toMatchObject({ act: 'challenge', by: '安小全', note: '核实中' });
  });

  test('nobody without the permission sees alerts, and the tables show nobody but the platform anything', async () => {
    expect((await call('GET', '/api/defence/alerts', { who: 'clerk' })).statusCode).toBe(403);
    expect((await call('GET', '/api/defence/alerts')).statusCode).toBe(401);
    const seen = await site.database.as({ kind: 'official', scope: 'all', departments: [], subjects: [], clearance: 4 }, (tx) => tx.query('select from defence.alert'));
    expect(seen.rowCount).toBe(0);
    await expect(site.database.as({ kind: 'official', scope: 'all', departments: [], subjects: [], clearance: 4 }, (tx) => tx.query('select defence.lock_account($1, null)', [clerk]))).rejects.toMatchObject({ code: '42501' });
    await expect(site.database.as(site.database.system, (tx) => tx.query('update defence.observation set address = null'))).rejects.toMatchObject({ code: '42501' });
  });
});

describe('rules', () => {
  test('a change is a version with its reason, by the version that was looked at, and holds at once', async () => {
    const settings = { ...RULES.find(({ id }) => id === 'probing')!.settings, threshold: 2, responses: [] };
    const change = (version: number) => keep('PUT', '/api/defence/rules/probing', { settings, version, reason: '收紧' });
    expect((await change(0)).json()).toEqual({ version: 1 });
    expect((await change(0)).json().code).toBe('defence.changed');
    for (const path of ['/a', '/b']) await call('GET', path, { from: '203.0.113.91' });
    await flush();
    expect((await alertsOf('probing')).map(({ subject }) => subject)).toContain('203.0.113.91');
    const rule = (await keep('GET', '/api/defence/rules')).json().items.find(({ id }: { id: string }) => id === 'probing');
    expect([rule.version, rule.settings.threshold, rule.initial.threshold, rule.changedBy]).toEqual([1, 2, 15, '安小全']);
  });

  test('a dry run tells what would have been found and raises nothing', async () => {
    const before = (await alertsOf('enumeration'))[0];
    const { settings } = RULES.find(({ id }) => id === 'enumeration')!;
    const { findings, isWhole } = (await keep('POST', '/api/defence/rules/enumeration/trial', { settings: { ...settings, threshold: 5 }, days: 7 })).json();
    expect([findings.length, isWhole]).toEqual([13, true]);
    expect((await alertsOf('enumeration'))[0]).toEqual(before);
  });

  test('another process that takes over remembers what the first has seen', async () => {
    const { openWatch } = await import('./watch.ts');
    const { openBlocks } = await import('./blocks.ts');
    const note = (watch: Pick<ReturnType<typeof openWatch>, 'note'>, n: number): void =>
      watch.note(fromSignIn({ id: '', type: 'session.refused', subject: '', at: new Date(), payload: { accountHash: 'h1', address: `203.0.113.${n}` } }));
    const own = site.site.use(Defence).watch;
    for (let n = 0; n < 9; n++) note(own, 100 + n);
    await flush();
    const second = openWatch(site.site, { blocks: openBlocks([]), alarms: site.site.use(Alarms), watched: () => new Map() });
    note(second, 120);
    await second.flush();
    expect((await alertsOf('brute-force')).map(({ subject }) => subject)).toContain('#h1');
  });

  test('places are kept whole, checked, and recorded', async () => {
    const place = { range: '192.0.2.0/24', name: { zh: '甲', en: 'A' }, latitude: 1, longitude: 2 };
    expect((await keep('PUT', '/api/defence/places', { items: [{ ...place, range: '192.0.2.0/99' }], reason: '更新' })).json().code).toBe('defence.bad-range');
    expect((await keep('PUT', '/api/defence/places', { items: [place], reason: '更新' })).json()).toEqual({ kept: 1 });
    expect((await keep('GET', '/api/defence/places')).json()).toEqual({ items: [place] });
  });
});
