import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import { openSigningKeys } from '@zhengwu/crypto';
import type { Acting } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { isLicenceId, parseLicenceId } from '@zhengwu/ids';
import { messagesModule } from '@zhengwu/messages';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { paymentsModule } from '@zhengwu/payments';
import { registersModule } from '@zhengwu/registers';
import { Services, servicesModule } from '@zhengwu/services';
import { Licences } from './licences.ts';
import type { LicenceInput, LicenceMade } from './making.ts';
import { licencesModule } from './module.ts';
import { Printing } from './printing.ts';
import { KEYS, PURPOSE } from './signing.ts';
import * as store from './store.ts';
import { remindExpiring } from './telling.ts';

const packs = ['resident-identity', 'enterprise', 'driving'].map((name) => join(import.meta.dirname, '../../../packs', name));
const clock = fixedClock(new Date());
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
let serial = 0;
const person = (): string => `0190f7a0-0000-7000-8000-${String(++serial).padStart(12, '0')}`;
const citizen = (...subjects: string[]): Acting => ({ kind: 'citizen', scope: 'own', departments: [], subjects, clearance: 0 });
const official = (...departments: number[]): Acting => ({ kind: 'official', scope: 'departments', departments, subjects: [], clearance: 1 });

let site: TestSite;
let folder: string;
const licences = () => site.site.use(Licences);
const asSystem = <T>(work: Parameters<typeof site.database.as<T>>[1]) => site.database.as(site.database.system, work);
const licenceType = () => {
  const services = site.site.use(Services);
  const found = services.licenceType(services.current('driver-licence-renewal').packHash, 'driver-licence');
  if (!found) throw new Error('no such type');
  return found;
};
const input = (holder: string, more: Partial<LicenceInput> = {}): LicenceInput => ({
  licenceType: licenceType(), holder, holderKind: 'person', holderName: '云小川', caseId: null, department: 7,
  fields: {
    name: '云小川', sex: '男', birth: '1990-03-07', address: '云川市青岚区样例路1号', citizenNumber: '990102199003070011', classes: 'C1',
    firstIssuedOn: '2020-12-30', validFrom: today, validUntil: '2036-12-30', fileNumber: '990100000001',
  },
  validUntil: '2036-12-30', now: clock.now(), ...more,
});
const issue = (given: LicenceInput) => asSystem((tx) => licences().issue(tx, given));
const read = async (id: string) => {
  const row = await asSystem((tx) => store.byId(tx, id));
  if (!row) throw new Error(`no licence ${id}`);
  return row;
};

const config = (dataFolder: string) => readConfig({ ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000', ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_DATA: dataFolder });
const kidOf = ({ row: { jws } }: LicenceMade): unknown => (JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'licences-'));
  const files = await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 10_000_000 });
  site = await createTestSite({ modules: [directoryModule, registersModule, messagesModule, paymentsModule, servicesModule({ packs }), licencesModule], clock, files, config: config(folder) });
});
afterAll(async () => {
  await site.site.use(Printing).close();
  await site.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('issuing', () => {
  test('gives an identifier by GB/T 36904 and is verifiable the moment it is committed', async () => {
    const made = await issue(input(person()));
    expect(isLicenceId(made.id)).toBe(true);
    expect(parseLicenceId(made.id)).toMatchObject({ issuer: '119901009900001216', version: 1 });
    const verdict = await licences().verify(made.id, `${made.row.check_code.slice(0, 4)}-${made.row.check_code.slice(4)} `.toLowerCase());
    expect(verdict).toMatchObject({ found: true, signature: 'valid', status: 'valid', licence: { id: made.id, holder: '云*川' } });
    expect(JSON.stringify(verdict)).not.toMatch(/云小川|990102199003070011|样例路|1990-03-07/);
  });

  test('never gives an identifier twice, however many at once', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => issue(input(person()))));
    expect(new Set(made.map((one) => one.id)).size).toBe(40);
  });

  test('refuses what lacks a required field, naming it', async () => {
    expect(() => licences().make(input(person(), { fields: {} }))).toThrow(expect.objectContaining({ code: 'licence.field-missing', params: expect.objectContaining({ fields: expect.stringContaining('姓名') }) }));
  });

  test('ends the holder’s older one where the type replaces; two at once leave one in force', async () => {
    const holder = person();
    await Promise.all(Array.from({ length: 6 }, () => issue(input(holder))));
    const rows = await asSystem((tx) => store.ofHolders(tx, [holder]));
    expect(rows.map((row) => row.status).sort()).toEqual(['replaced', 'replaced', 'replaced', 'replaced', 'replaced', 'valid']);
  });
});

describe('verification', () => {
  test('tells nothing without the check code or with a wrong one', async () => {
    const made = await issue(input(person()));
    for (const code of [undefined, '', 'AAAAAAAA', '%']) expect(await licences().verify(made.id, code)).toMatchObject({ found: false, licence: null });
  });

  test('takes the signed text, and no altered, foreign or unsigned one', async () => {
    const made = await issue(input(person()));
    const [head = '', body = '', signature = ''] = made.row.jws.split('.');
    expect(await licences().verifySigned(made.row.jws)).toMatchObject({ found: true, signature: 'valid', status: 'valid' });
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as { validUntil: string };
    const longer = Buffer.from(JSON.stringify({ ...payload, validUntil: '2099-01-01' })).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const forged of [`${head}.${longer}.${signature}`, `${unsigned}.${body}.`, `${head}.${body}.${'A'.repeat(86)}`, 'x', '']) {
      expect(await licences().verifySigned(forged)).toMatchObject({ found: false, signature: 'invalid', licence: null });
    }
  });

  test('finds out a row whose signed text was altered in the database', async () => {
    const [made, other] = [await issue(input(person())), await issue(input(person()))];
    await asSystem((tx) => tx.query('update licences.licence set jws = $2 where id = $1', [made.id, other.row.jws]));
    expect(await licences().verify(made.id, made.row.check_code)).toMatchObject({ found: true, signature: 'invalid', licence: null });
  });

  test('holds for licences signed before an operator made a new key, by which later ones are signed at once', async () => {
    const made = await issue(input(person()));
    const renewed = await (await openSigningKeys(config(folder), KEYS)).rotate(PURPOSE);
    const later = await issue(input(person()));
    expect(kidOf(made)).not.toBe(renewed.kid);
    expect(kidOf(later)).toBe(renewed.kid);
    for (const one of [made, later]) {
      expect(await licences().verifySigned(one.row.jws)).toMatchObject({ signature: 'valid' });
      expect(await licences().verify(one.id, one.row.check_code)).toMatchObject({ signature: 'valid', status: 'valid' });
    }
    expect((await licences().keys()).keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([kidOf(made), renewed.kid]));
    expect(JSON.stringify(await licences().keys())).not.toContain('"d"');
  });
});

describe('a licence’s life', () => {
  test('revoked with a reason, once', async () => {
    const made = await issue(input(person()));
    await asSystem((tx) => licences().revoke(tx, made.id, '材料虚假', null));
    expect(await licences().verify(made.id, made.row.check_code)).toMatchObject({ signature: 'valid', status: 'revoked' });
    await expect(asSystem((tx) => licences().revoke(tx, made.id, '再次', null))).rejects.toMatchObject({ code: 'licence.not-in-force' });
  });

  test('replaced by the next version of the same serial', async () => {
    const holder = person();
    const made = await issue(input(holder));
    const next = await asSystem((tx) => licences().replace(tx, made.id, input(holder)));
    expect(parseLicenceId(next.id)).toMatchObject({ serial: made.row.serial, version: 2 });
    expect(await licences().verify(made.id, made.row.check_code)).toMatchObject({ status: 'replaced' });
    expect((await asSystem((tx) => licences().findValid(tx, holder, 'driver-licence')))?.id).toBe(next.id);
  });

  test('expired the day after its last day, without anything having to run', async () => {
    const holder = person();
    const made = await issue(input(holder, { validUntil: '2026-01-01' }));
    expect(await licences().verify(made.id, made.row.check_code)).toMatchObject({ status: 'expired' });
    expect(await asSystem((tx) => licences().findValid(tx, holder, 'driver-licence'))).toBeUndefined();
  });

  test('its holder is told half a year ahead, once', async () => {
    const holder = person();
    const soon = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    await issue(input(holder, { validUntil: soon }));
    while ((await remindExpiring(site.site)) > 0);
    const { rows } = await asSystem((tx) => tx.query('select template from messages.message where recipient = $1', [holder]));
    expect(rows).toEqual([{ template: 'licenceExpiring' }]);
  });
});

test('holders see their own, officials those of their departments, the public none', async () => {
  const [holder, stranger] = [person(), person()];
  const made = await issue(input(holder));
  const sees = async (actor: Acting) => (await site.database.as(actor, (tx) => store.byId(tx, made.id))) !== undefined;
  expect(await sees(citizen(holder))).toBe(true);
  expect(await sees(citizen(stranger))).toBe(false);
  expect(await sees(citizen())).toBe(false);
  expect(await sees(official(7))).toBe(true);
  expect(await sees(official(8))).toBe(false);
  expect(await sees({ kind: 'public', scope: 'own', departments: [], subjects: [], clearance: 0 })).toBe(false);
  await expect(site.database.as(citizen(holder), (tx) => tx.query(`update licences.licence set status = 'valid' where id = $1`, [made.id])))
    .resolves.toMatchObject({ rowCount: 0 });
});

describe('the PDF', () => {
  test('is kept by hash while in force, and printed anew once it is not', async () => {
    const made = await issue(input(person()));
    const pdf = await licences().pdf(await read(made.id));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const kept = await read(made.id);
    expect(kept.pdf_hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await licences().pdf(kept)).equals(pdf)).toBe(true);
    await asSystem((tx) => licences().revoke(tx, made.id, '材料虚假', null));
    expect((await licences().pdf(await read(made.id))).equals(pdf)).toBe(false);
  });
});
