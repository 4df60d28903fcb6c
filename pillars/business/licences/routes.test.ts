import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@zhengwu/contracts';
import { directoryModule } from '@zhengwu/directory';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { createHttp, standIn, type HttpServer } from '@zhengwu/http';
import { messagesModule } from '@zhengwu/messages';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { Payments, paymentsModule } from '@zhengwu/payments';
import { registersModule } from '@zhengwu/registers';
import { Services, servicesModule } from '@zhengwu/services';
import { Licences } from './licences.ts';
import type { LicenceMade } from './making.ts';
import { licencesModule } from './module.ts';

const HOLDER = '0190f7a0-0000-7000-8000-00000000a001';
const STRANGER = '0190f7a0-0000-7000-8000-00000000a002';
const actor = (kind: 'citizen' | 'official', more: Partial<Actor>): Actor => ({ ...standIn({ id: 'r', ip: '127.0.0.1' }), kind, clearance: kind === 'official' ? 1 : 0, sessionId: 's', accountId: HOLDER, personId: HOLDER, name: '李建国', ...more });
const posted = (...departments: number[]): Actor => actor('official', {
  proof: { level: 2, at: Date.now(), means: [] },
  permissions: { 'licence.revoke': { scope: 'department', departments }, 'case.read': { scope: 'department', departments } },
});
const PEOPLE: Record<string, Actor> = {
  holder: actor('citizen', { subjects: [HOLDER] }), stranger: actor('citizen', { subjects: [STRANGER], personId: STRANGER }),
  traffic: posted(7), tax: posted(8), clerk: actor('official', {}),
};

let site: TestSite;
let http: HttpServer;
let folder: string;
let made: LicenceMade;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'licences-'));
  const files = await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 10_000_000 });
  const packs = [join(import.meta.dirname, '../../../packs/driving'), join(import.meta.dirname, '../../../packs/resident-identity')];
  site = await createTestSite({ modules: [directoryModule, registersModule, messagesModule, paymentsModule, servicesModule({ packs }), licencesModule], files });
  http = createHttp({
    log: site.site.log, origin: 'http://site.test', policies: site.policy, metrics: { process: false }, checkAnswers: true,
    authenticator: { authenticate: ({ headers }) => PEOPLE[String(headers.cookie).replace('as=', '')], isPortal: () => false, verifyCsrf: () => true },
  });
  site.routes(http);
  await http.assemble();
  await site.start();
  const { packHash } = site.site.use(Services).current('driver-licence-renewal');
  made = await site.database.as(site.database.system, (tx) => site.site.use(Licences).issue(tx, {
    type: 'driver-licence', packHash, holder: HOLDER, holderKind: 'person', holderName: '云小川', caseId: null, department: 7, validUntil: '2099-12-30', now: new Date(),
    fields: {
      name: '云小川', sex: '男', birth: '1990-03-07', address: '云川市青岚区样例路1号', citizenNumber: '990102199003070011', classes: 'C1',
      firstIssuedOn: '2020-12-30', validFrom: '2026-12-30', validUntil: '2099-12-30', fileNumber: '990100000001',
    },
  }));
});
afterAll(async () => {
  await http.close();
  await site.drop();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, as?: string) => http.fastify.inject({ url, headers: as ? { cookie: `as=${as}` } : {} });
const post = (url: string, payload: object, as?: string) =>
  http.fastify.inject({ method: 'POST', url, payload, headers: { origin: 'http://site.test', 'x-csrf-token': 'x', ...(as ? { cookie: `as=${as}` } : {}) } });
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 100 && !(await holds()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
};
const rows = async (text: string) => (await site.database.as(site.database.system, (tx) => tx.query(text, [made.id]))).rows;

describe('a holder', () => {
  test('lists theirs and opens one with its signed text', async () => {
    expect((await get('/api/my/licences', 'holder')).json()).toMatchObject({ items: [{ id: made.id, status: 'valid', holder: '云小川' }] });
    expect((await get('/api/my/licences', 'stranger')).json()).toEqual({ items: [] });
    const one = (await get(`/api/my/licences/${made.id}`, 'holder')).json() as { jws: string; verifyPath: string };
    expect(one.jws).toBe(made.row.jws);
    expect(one.verifyPath).toBe(`/verify/${made.id}?c=${made.row.check_code}`);
    expect((await get(`/api/my/licences/${made.id}`, 'stranger')).statusCode).toBe(404);
    expect((await get(`/api/my/licences/${made.id}/pdf`, 'stranger')).statusCode).toBe(404);
    expect((await get(`/api/my/licences/${made.id}`)).statusCode).toBe(401);
  });

  test('gets the PDF that was printed in the background', async () => {
    await until(async () => (await rows('select 1 from licences.licence where id = $1 and pdf_hash is not null')).length > 0);
    const answer = await get(`/api/my/licences/${made.id}/pdf`, 'holder');
    expect(answer.headers['content-type']).toContain('application/pdf');
    expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('anyone', () => {
  test('verifies by check code and by signed text, and learns nothing personal', async () => {
    const byCode = await get(`/api/licences/${made.id}/verify?c=${made.row.check_code}`);
    const bySignature = await post('/api/licences/verify', { jws: made.row.jws });
    for (const answer of [byCode, bySignature]) {
      expect(answer.json()).toMatchObject({ found: true, signature: 'valid', status: 'valid', licence: { id: made.id, holder: '云*川' } });
      expect(answer.body).not.toMatch(/云小川|990102199003070011|样例路|1990-03-07|990100000001/);
    }
    expect((await get(`/api/licences/${made.id}/verify`)).json()).toMatchObject({ found: false, licence: null });
  });

  test('gets the public keys, and no private part', async () => {
    const { keys } = (await get('/.well-known/licence-keys.json')).json() as { keys: Record<string, unknown>[] };
    expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) });
    expect(keys.every((key) => !('d' in key))).toBe(true);
  });
});

describe('officials', () => {
  test('print what is of their departments; it is recorded', async () => {
    expect((await get(`/api/licences/${made.id}/pdf`, 'traffic')).headers['content-type']).toContain('application/pdf');
    expect((await get(`/api/licences/${made.id}/pdf`, 'tax')).statusCode).toBe(404);
    expect((await get(`/api/licences/${made.id}/pdf`, 'clerk')).statusCode).toBe(403);
    expect((await get(`/api/licences/${made.id}/pdf`, 'holder')).statusCode).toBe(403);
  });

  test('revoke once, with a reason, within their departments; the holder is told', async () => {
    const url = `/api/licences/${made.id}/revoke`;
    expect((await post(url, { reason: '越权' }, 'tax')).statusCode).toBe(404);
    expect((await post(url, { reason: '越权' }, 'clerk')).statusCode).toBe(403);
    expect((await post(url, { reason: '材料虚假' }, 'traffic')).json()).toEqual({ status: 'revoked' });
    expect((await post(url, { reason: '再次' }, 'traffic')).statusCode).toBe(409);
    expect((await get(`/api/licences/${made.id}/verify?c=${made.row.check_code}`)).json()).toMatchObject({ status: 'revoked', signature: 'valid' });
    const told = `select params from messages.message where recipient = '${HOLDER}' and template = 'revoked' and $1 <> ''`;
    await until(async () => (await rows(told)).length > 0);
    expect(await rows(told)).toMatchObject([{ params: { number: made.id, reason: '材料虚假' } }]);
  });
});

test('receipts of payments are printed here', async () => {
  const pdf = await site.site.use(Payments).printReceipt({
    id: HOLDER, number: 'P1', case_id: HOLDER, payer: STRANGER, department: 7, amount: 4000, items: [{ name: { zh: '工本费', en: 'Fee' }, amount: 4000 }],
    provider: 'sandbox', status: 'paid', provider_transaction: 't', created_at: new Date(), paid_at: new Date(), refunded_at: null,
  });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});
