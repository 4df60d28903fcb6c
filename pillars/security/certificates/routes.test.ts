import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { X509Certificate, X509Crl } from '@peculiar/x509';
import { uuidv7 } from '@zhengwu/ids';
import { CITIZEN_NUMBER, newRequest, official, openAuthorityForTest, USCC, type Caller, type TestAuthority } from './authority.fixture.ts';
import { certificatesModule } from './module.ts';
import { Authority } from './offers.ts';
import { publishInTurn, remind } from './publishing.ts';
import { national } from './suites.ts';

const registrar = official(1, { scope: 'all', departments: [] });
const other = official(1, { scope: 'all', departments: [] });
const clerk = official(11);
let city: TestAuthority;
let asClerk: Caller;
let asRegistrar: Caller;
const institution = { profile: 'institution', name: '云川市政务服务局', identifier: USCC };
const submit = async (body: object = institution, by: Caller = asClerk) => by('POST', '/api/my/certificates', { ...institution, ...body });
const approve = (id: string, by: Caller = asRegistrar) => by('POST', `/api/certificates/requests/${id}/approve`, {});
const issued = async (body: object = {}): Promise<{ id: string; serial: string }> => {
  const { json } = await submit({ request: await newRequest(), ...body });
  const done = await approve(json.id);
  expect(done.json).toMatchObject({ state: 'valid' });
  return { id: json.id, serial: done.json.serial as string };
};
const entered = async (name: string): Promise<string> => {
  const id = uuidv7();
  await city.made.database.as(city.made.database.system, (tx) => tx.query('insert into directory.person (id, name) values ($1, $2)', [id, name]));
  return id;
};
const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await city.made.database.as(city.made.database.system, (tx) => tx.query<{ n: number }>(`select count(*)::int as n from ${sql}`, values))).rows[0]?.n ?? -1;

beforeAll(async () => {
  city = await openAuthorityForTest();
  asClerk = city.as(clerk);
  asRegistrar = city.as(registrar);
});
afterAll(() => city.drop());

describe('request', () => {
  test('submit, names are the form’s and not the request’s, a citizen number is kept masked alone', async () => {
    const { status, json } = await submit({ profile: 'person', name: '王小明', identifier: CITIZEN_NUMBER, request: await newRequest('CN=somebody else') });
    expect([status, json.state, json.identifier]).toEqual([201, 'waiting', '110*************2X']);
    const { json: done } = await approve(json.id);
    const { subject } = new X509Certificate(done.certificate as string);
    expect(subject).toContain('王小明');
    expect(subject).not.toContain('somebody else');
    expect(await count(`certificates.request r where r::text like '%' || $1 || '%'`, [CITIZEN_NUMBER])).toBe(0);
  });

  test('submit, every mistake is named at once', async () => {
    const { status, json } = await submit({ profile: 'device', identifier: '91350100M000100Y44', request: await newRequest('2.5.4.97=NTRCN-91350100M000100Y43') });
    expect([status, json.code]).toEqual([422, 'certificate.form-invalid']);
    expect(json.issues?.map(({ path }) => path).sort()).toEqual(['/body/device', '/body/identifier', '/body/institution', '/body/request']);
  });

  test('submit, on SM2 where the authority is on P-256, is refused with the reason; the suite is there for officials to see', async () => {
    const { status, json } = await submit({ request: await newRequest('CN=x', national) });
    expect([status, json.code]).toEqual([422, 'certificate.key-refused']);
    expect(await asClerk('GET', '/api/certificates/authority')).toMatchObject({ status: 200, json: { suite: 'intl', name: expect.stringContaining('Issuing CA'), root: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect((await city.as(null)('GET', '/api/certificates/authority')).status).toBe(401);
  });

  test('submit, an official who is not in the directory, or has another name, gets nothing', async () => {
    const { json } = await submit({ profile: 'person', name: '王小明', identifier: CITIZEN_NUMBER, person: clerk.personId as string });
    expect(json.issues?.map(({ path }) => path)).toEqual(['/body/person']);
  });

  test('submit, repeated under its key, is one request; a request over its size none', async () => {
    const headers = { 'idempotency-key': 'certificate-key-0001' };
    const body = { ...institution, request: await newRequest() };
    const [first, second] = [await asClerk('POST', '/api/my/certificates', body, headers), await asClerk('POST', '/api/my/certificates', body, headers)];
    expect(second.json.id).toBe(first.json.id);
    expect((await submit({ request: 'x'.repeat(16_385) })).status).toBe(422);
  });

  test('decide, one’s own request, is refused by the program and by the database (four eyes)', async () => {
    const { json } = await submit({ request: await newRequest() }, asRegistrar);
    expect((await approve(json.id)).json.code).toBe('certificate.own-request');
    const { database } = city.made;
    const forced = database.as(database.system, (tx) => tx.query(`update certificates.request set state = 'approved', decided_by = requester, decided_at = now() where id = $1`, [json.id]));
    await expect(forced).rejects.toThrow(/check/);
    expect((await approve(json.id, city.as(other))).json.state).toBe('valid');
  });

  test('decide, without the permission, is refused', async () => {
    const { json } = await submit({ request: await newRequest() });
    expect((await approve(json.id, city.as(official(11)))).status).toBe(403);
    expect((await city.as(null)('GET', '/api/certificates')).status).toBe(401);
  });

  test('decide and revoke, without a second factor proved lately, is refused and nothing changes', async () => {
    const { serial } = await issued();
    const { json } = await submit({ request: await newRequest() });
    const stale = city.as({ ...other, personId: uuidv7(), assurance: 1, proof: undefined } as typeof other);
    expect((await approve(json.id, stale)).json.code).toBe('session.step-up');
    expect((await stale('POST', `/api/certificates/${serial}/revoke`, { reason: 'superseded', note: 'x' })).json.code).toBe('session.step-up');
    expect(await city.made.site.use(Authority).isRevoked(serial)).toBe(false);
  });

  test('approve, twice and at once, issues one certificate with one record', async () => {
    const { json } = await submit({ request: await newRequest() });
    const answers = await Promise.all([approve(json.id), approve(json.id), approve(json.id)]);
    expect(new Set(answers.map((one) => one.json.serial)).size).toBe(1);
    expect(await count('certificates.certificate where request = $1', [json.id])).toBe(1);
    expect(await count(`audit.record where event = 'certificate.issued' and detail->>'request' = $1`, [json.id])).toBe(1);
    expect((await approve(json.id, city.as(other))).json.code).toBe('certificate.decided');
  });

  test('refuse, with its reason, ends the request', async () => {
    const { json } = await submit({ request: await newRequest() });
    const refuse = await asRegistrar('POST', `/api/certificates/requests/${json.id}/refuse`, { reason: '材料不符' });
    expect(refuse.json).toMatchObject({ state: 'refused', reason: '材料不符', decidedBy: registrar.name });
    expect((await approve(json.id)).json.code).toBe('certificate.decided');
  });

  test('approve, a key that belongs to another holder, is refused and nothing is kept', async () => {
    const request = await newRequest();
    await issued({ request });
    const { json } = await submit({ profile: 'device', name: '窗口一号', device: 'W-1', institution: '云川市政务服务局', request });
    expect((await approve(json.id)).json.code).toBe('certificate.key-reused');
    expect((await asClerk('GET', '/api/my/certificates?state=waiting')).json.items.map(({ id }) => id)).toContain(json.id);
  });
});

describe('standing', () => {
  const change = (serial: string, what: string, body: object) => asRegistrar('POST', `/api/certificates/${serial}/${what}`, { note: '测试', ...body });

  test('suspend, release, revoke; a revocation never ends (RFC 5280 §5.3.1)', async () => {
    const { serial } = await issued();
    const authority = city.made.site.use(Authority);
    expect(await authority.isRevoked(serial)).toBe(false);
    expect((await change(serial, 'suspend', {})).json).toMatchObject({ state: 'held', revokedFor: 'certificateHold' });
    expect(await authority.isRevoked(serial)).toBe(true);
    expect((await change(serial, 'release', {})).json).toMatchObject({ state: 'valid', revokedAt: null });
    expect((await change(serial, 'revoke', { reason: 'keyCompromise' })).json).toMatchObject({ state: 'revoked', revokedFor: 'keyCompromise' });
    expect((await change(serial, 'revoke', { reason: 'superseded' })).json.revokedFor).toBe('keyCompromise');
    expect((await change(serial, 'release', {})).json.code).toBe('certificate.not-standing');
    expect(await count(`events.outbox where type = 'certificate.revoked' and subject = $1`, [serial])).toBe(1);
    expect(await count(`events.outbox where payload->>'job' = 'certificates.publish' and payload->'payload'->>'changed' = 'true'`)).toBeGreaterThanOrEqual(3);
    expect(await authority.isRevoked('4000000000000001')).toBe(true);
  });

  test('renew, same key, links the old one; a second renewal waits; a revoked one has none', async () => {
    const { serial } = await issued();
    const renew = () => asClerk('POST', `/api/my/certificates/${serial}/renew`, {});
    const first = await renew();
    expect(first.json).toMatchObject({ state: 'waiting', renews: serial });
    expect((await renew()).json.code).toBe('certificate.renewing');
    const { json } = await approve(first.json.id);
    expect(json).toMatchObject({ state: 'valid', renews: serial });
    expect((await renew()).json.code).toBe('certificate.renewing');
    await change(serial, 'revoke', { reason: 'superseded' });
    expect((await renew()).json.code).toBe('certificate.not-standing');
  });

  test('publish, after a change, the list has a higher number and the certificate; without one nothing new', async () => {
    const { serial } = await issued();
    const list = async () => new X509Crl(new Uint8Array((await city.raw('GET', '/pki/issuing.crl')).body));
    const before = await list();
    await publishInTurn(city.made.site, {});
    expect((await list()).equal(before)).toBe(true);
    await change(serial, 'revoke', { reason: 'superseded' });
    await publishInTurn(city.made.site, { changed: true });
    const after = await list();
    expect(after.findRevoked(serial)).not.toBeNull();
    expect(before.findRevoked(serial)).toBeNull();
    expect(await count('certificates.revocation_list')).toBeGreaterThan(1);
  });

  test('person leaves, all their certificates are revoked and open requests end (affiliationChanged)', async () => {
    const { database, site } = city.made;
    const person = await entered('赵敏');
    const body = { profile: 'person', name: '赵敏', identifier: CITIZEN_NUMBER, person };
    const mine = await issued(body);
    const open = await submit({ ...body, request: await newRequest() });
    const foreign = await issued();
    const [leaving] = certificatesModule.subscriptions?.(site) ?? [];
    await database.as(database.system, (tx) => leaving?.handle({ id: uuidv7(), type: 'person.left', subject: person, payload: { person }, at: new Date() }, tx) as Promise<void>);
    expect((await city.as({ ...clerk, personId: person })('GET', '/api/my/certificates')).json.items.map(({ state, revokedFor }) => [state, revokedFor])).toEqual([['refused', null], ['revoked', 'affiliationChanged']]);
    expect(await site.use(Authority).isRevoked(mine.serial)).toBe(true);
    expect(await site.use(Authority).isRevoked(foreign.serial)).toBe(false);
    expect((await approve(open.json.id)).json.code).toBe('certificate.decided');
  });

  test('expiring, is told a month, a week and a day before, each once', async () => {
    const { serial } = await issued();
    const { database, site } = city.made;
    const told: number[] = [];
    for (const left of ['20 days', '8 days', '6 days', '2 days', '20 hours']) {
      // As if the reminders so far had been given in their time.
      await database.as(database.system, (tx) => tx.query(`update certificates.certificate set reminded_at = now() + $2::interval - (not_after - reminded_at), not_after = now() + $2::interval where serial = $1`, [serial, left]));
      await remind(site);
      await remind(site);
      told.push(await count(`events.outbox where type = 'certificate.expiring' and subject = $1`, [serial]));
    }
    expect(told).toEqual([1, 1, 2, 2, 3]);
  });
});

test('authority, ends within a year, is told of', async () => {
  const { site } = city.made;
  await remind(site);
  expect(await count(`events.outbox where type = 'authority.expiring'`)).toBe(0);
  await remind({ ...site, clock: { now: () => new Date(Date.now() + 9.5 * 365.25 * 86_400_000) } });
  expect(await count(`events.outbox where type = 'authority.expiring'`)).toBe(1);
});

describe('hand-out', () => {
  test('hand out, once, after approval; the private key is nowhere afterwards', async () => {
    const { json } = await submit({ profile: 'device', name: '窗口二号', device: 'W-2', institution: '云川市政务服务局' });
    const handOut = (by: Caller = asClerk) => by('POST', `/api/my/certificates/${json.id}/hand-out`, { password: 'twelve letters' });
    expect((await handOut()).json.code).toBe('certificate.not-ready');
    expect((await approve(json.id)).json).toMatchObject({ state: 'approved', certificate: null });
    expect((await handOut(city.as(official(11)))).json.code).toBe('certificate.unknown');
    const answers = await Promise.all([handOut(), handOut()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const given = answers.find(({ status }) => status === 200)?.json;
    expect(given?.row).toMatchObject({ state: 'valid', handOut: true });
    expect(Buffer.from(given?.file ?? '', 'base64')[0]).toBe(0x30);
    expect((await handOut()).json.code).toBe('certificate.handed-out');
    expect(await count(`certificates.request where id = $1 and csr is null`, [json.id])).toBe(1);
    expect(await count(`audit.record where event = 'certificate.handedOut' and detail->>'request' = $1`, [json.id])).toBe(1);
  });

  test('hand out, a password with other letters than ASCII, is refused before anything is made', async () => {
    const { json } = await submit({ profile: 'device', name: '窗口三号', device: 'W-3', institution: '云川市政务服务局' });
    await approve(json.id);
    expect((await asClerk('POST', `/api/my/certificates/${json.id}/hand-out`, { password: '密码密码密码密码密码密码密码' })).status).toBe(422);
  });
});

describe('public endpoints', () => {
  test('OCSP and time-stamps, what is no request or too long, never breaks the server', async () => {
    expect((await city.raw('POST', '/pki/ocsp', Buffer.from('nonsense'))).body.toString('hex')).toBe('30030a0101');
    expect((await city.raw('GET', '/pki/ocsp/bm9uc2Vuc2U%3D')).body.toString('hex')).toBe('30030a0101');
    expect((await city.raw('POST', '/pki/tsa', Buffer.from('nonsense'))).status).toBe(400);
    expect((await city.raw('POST', '/pki/ocsp', Buffer.alloc(5000))).status).toBe(413);
  });

  test('list and chain, may be cached and are what they say', async () => {
    for (const [url, type] of [['/pki/issuing.crl', 'application/pkix-crl'], ['/pki/issuing.crt', 'application/pkix-cert'], ['/pki/chain.pem', 'application/pem-certificate-chain']] as const) {
      const { status, headers } = await city.raw('GET', url);
      expect([status, headers['content-type']]).toEqual([200, type]);
      expect(headers['cache-control']).toMatch(/^public, max-age=\d+$/);
    }
  });
});
