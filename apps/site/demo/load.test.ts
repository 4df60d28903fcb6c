import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citizenSignIn, signIn } from '@zhengwu/contracts';
import { fixedClock } from '@zhengwu/clock';
import { makeCity, tourAccounts } from '@zhengwu/demo';
import { Directory, Permissions } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { isCitizenNumber, isDivisionCode, isOrganisationCode, isUscc } from '@zhengwu/ids';
import { recordIssues } from '@zhengwu/pack';
import { Registers } from '@zhengwu/registers';
import { Services } from '@zhengwu/services';
import { Identity } from '@zhengwu/identity';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { createHmacSigner } from '@zhengwu/crypto';
import { readConfig } from '@zhengwu/config';
import { permissionsOf } from '../permissions.ts';
import { Shown } from '../about/shown.ts';
import { siteModules } from '../modules.ts';
import { loadDemo } from './load.ts';

const today = '2026-11-22';
const SECRET = 'a-secret-of-the-tests-portal-000000';
const city = makeCity({ today });

let site: TestSite;
let http: HttpServer;
let seconds: number;

beforeAll(async () => {
  site = await createTestSite({ modules: siteModules(), clock: fixedClock(`${today}T02:00:00Z`), config: readConfig({ ZHENGWU_PORTAL_SECRET: SECRET }) });
  const begun = performance.now();
  expect(await loadDemo(site.site)).toEqual({ loaded: true });
  seconds = (performance.now() - begun) / 1000;
  site.site.provide(Permissions, permissionsOf(site.policy));
  http = createHttp({ log: site.site.log, origin: 'http://127.0.0.1:8081', policies: site.policy, authenticator: site.site.use(Identity).authenticator, checkAnswers: true });
  site.routes(http);
  await http.assemble();
}, 120_000);
afterAll(async () => {
  await http.close(1);
  await site.drop();
});

const resident = (username: string) => city.residents.find((one) => one.username === username)!;
const count = async (table: string): Promise<number> =>
  site.database.as(site.database.system, async (tx) => Number((await tx.query<{ count: string }>(`select count(*) as count from ${table}`)).rows[0]?.count));

describe('loading the demo city', () => {
  test('takes seconds and happens once', async () => {
    process.stdout.write(`demo city loaded in ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(30);
    expect(await loadDemo(site.site)).toEqual({ loaded: false });
    expect(await count('directory.person')).toBe(60);
    expect(await count('directory.principal')).toBe(11_000);
    expect(site.site.use(Shown).accounts).toHaveLength(19);
    expect(site.site.use(Directory).departmentByCode('YC-GA-HZ')?.name.zh).toBe('云川市公安局户政支队');
  });
});

describe('register records', () => {
  const known = { citizenNumber: isCitizenNumber, uscc: isUscc, organisationCode: isOrganisationCode, division: isDivisionCode };
  const checks = { isIdentifier: (kind: keyof typeof known, value: string): boolean => known[kind](value) };

  test('all belong to a register of a pack and keep its schema', () => {
    const registers = site.site.use(Registers);
    const wrong = city.records.flatMap(({ register, key, data }) => {
      const definition = registers.definition(register);
      return definition ? recordIssues(definition, data, checks).map((issue) => `${register}/${key}: ${issue}`) : [`${register}: no pack declares it`];
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  }, 60_000);

  test('leave no register of the packs empty', () => {
    const filled = new Set(city.records.map((one) => one.register));
    expect(site.site.use(Registers).definitions().map((one) => one.code).filter((code) => !filled.has(code))).toEqual([]);
  });
});

describe('accounts', () => {
  const signer = createHmacSigner(SECRET, 'portal-credential');
  const credential = (): Record<string, string> => {
    const moment = String(Math.floor(Date.now() / 1000));
    return { 'x-zhengwu-portal': `${moment}.${signer.sign(moment, 'POST', citizenSignIn.path, '203.0.113.9', '', '')}`, 'x-zhengwu-address': '203.0.113.9' };
  };

  test.each(tourAccounts(today).map((one) => [one.account, one] as const))('%s signs in', async (_, { account, password, for: where }) => {
    const answer = await http.fastify.inject({
      method: 'POST', url: where === 'portal' ? citizenSignIn.path : signIn.path, payload: { account, password },
      headers: where === 'portal' ? credential() : { 'sec-fetch-site': 'same-origin' },
    });
    expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([200, answer.body.slice(0, 200)]);
  });

  test('roles grant only permissions that some operation asks for', () => {
    const asked = permissionsOf(site.policy);
    const unknown = city.organisation.roles.flatMap((role) => role.grants.map((grant) => grant.permission)).filter((permission) => !asked.has(permission));
    expect(unknown).toEqual([]);
  });
});

describe('work', () => {
  test('every task of every process has somebody who may handle it', () => {
    const missing = site.site.use(Services).packs().flatMap((pack) => [...pack.services.values()]).flatMap((service) =>
      [...service.xml.matchAll(/zhengwu:department="([^"=]+)" zhengwu:post="([^"]+)"/g)].filter(([, department, post]) => {
        const at = city.organisation.departments.find((one) => one.code === department)?.id;
        const seats = city.organisation.posts.filter((one) => one.department === at && one.roles.some((role) => role === post));
        const may = seats.filter((seat) => seat.roles.some((code) => city.organisation.roles.some((role) => role.code === code && role.grants.some((grant) => grant.permission === 'task.handle'))));
        return !may.some((seat) => city.organisation.people.some((person) => person.posts.includes(seat.code)));
      }).map(([, department, post]) => `${department!}/${post!}`));
    expect(missing).toEqual([]);
  });
});

describe('guided tour', () => {
  /** What the decision finds with the resident's own records and what the form fills in from them. */
  const findings = async (username: string, service: string, decision: string, answers: Record<string, unknown> = {}) => {
    const services = site.site.use(Services);
    const { id, name, number, phone, email } = resident(username);
    const applicant = { id, kind: 'person' as const, name, identifier: number, phone, email };
    const frozen = services.current(service);
    const known = await services.forms.known(site.database.system as never, frozen.packHash, service, applicant);
    const filled = Object.fromEntries(known.prefilled.map((one) => [one.key, one.value]));
    return frozen.decide(decision, { application: services.application(frozen.packHash, service, { ...filled, ...answers }), facts: known.facts, today } as never);
  };

  test('citizen02 renews within seconds: the decision finds nothing', async () => {
    expect(await findings('citizen02', 'driver-licence-renewal', 'renewalFindings')).toMatchObject({ value: { automatic: true, findings: [] }, warnings: [] });
  });

  test('citizen03 has an open violation: a person decides', async () => {
    expect(await findings('citizen03', 'driver-licence-renewal', 'renewalFindings')).toMatchObject({ value: { automatic: false, findings: [{ code: 'violations' }] }, warnings: [] });
  });

  test('citizen04 passed everything and is fit: nothing in the way of a first licence', async () => {
    expect(await findings('citizen04', 'driver-licence-first-issue', 'firstIssueFindings', { licenceClass: 'C1' })).toMatchObject({ value: { findings: [] }, warnings: [] });
  });
});
