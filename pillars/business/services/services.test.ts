import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '@zhengwu/clock';
import { isUscc } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { Registers, registersModule } from '@zhengwu/registers';
import { checkPackDirectory, loadPacks, openServices, Services, servicesModule } from './index.ts';
import { browse } from './browse.ts';
import { guideOf } from './guide.ts';
import { runPreCheck } from './pre-check.ts';
import { searchServices, selectLoads } from './store.ts';
import { queryWords } from './words.ts';

const packs = ['resident-identity', 'enterprise', 'driving'].map((name) => join(import.meta.dirname, '../../../packs', name));
const clock = fixedClock('2026-11-22T04:00:00Z');
const person = { id: '00000000-0000-7000-8000-000000000001', kind: 'person' as const, name: '云小川', identifier: '990102199003070011', phone: '12000000001', email: null };
const actor = { kind: 'citizen', personId: person.id, name: person.name, subjects: [person.id], scope: 'own', departments: [], clearance: 0 } as never;
const silent = { info: () => undefined, error: () => undefined } as never;

let site: TestSite;
const services = () => site.site.use(Services);

beforeAll(async () => {
  site = await createTestSite({ modules: [registersModule, servicesModule({ packs })], clock });
  const registers = site.site.use(Registers);
  await site.database.as(site.database.system, async (tx) => {
    for (const pack of services().packs()) {
      for (const one of pack.data.fixtures) {
        const key = String(one.data[registers.definition(one.register)?.key ?? '']);
        await registers.write(tx, { ...one, key, cause: 'fixture', ...(key === person.identifier ? { subject: person.id } : {}) });
      }
    }
  });
});
afterAll(() => site.drop());

describe('the three packs', () => {
  test('are frozen and published', () => {
    expect(services().packs().map((pack) => pack.data.code).sort()).toEqual(['driving', 'enterprise', 'resident-identity']);
    expect(services().current('identity-card-replacement').service.listing.promised.days).toBe(7);
  });

  test('give every element of the guide in both languages', () => {
    for (const pack of services().packs()) {
      for (const frozen of pack.services.values()) {
        const guide = guideOf(frozen);
        expect(guide.materials.every((one) => one.blankForm && one.filledExample)).toBe(true);
        expect(guide.steps.map((step) => step.stage)).toEqual(['accept', 'review', 'approve', 'close', 'deliver']);
        expect(guide.consultPhone).not.toBe(guide.complaintPhone);
      }
    }
  });

  test('name their tasks in both languages', () => {
    const frozen = services().current('driver-licence-renewal');
    expect(frozen.elementName('approve')).toEqual({ zh: '审批', en: 'Decision' });
    expect(frozen.definition.nodes.find((node) => node.id === 'approve')?.name).toBe('审批 | Decision');
  });
});

describe('search', () => {
  const codesFor = async (q: string, more: object = {}) => (await site.database.as(actor, (tx) => searchServices(tx, {
    words: queryWords(q), plain: q || null, audiences: null, topic: null, department: null, lifeEvent: null, offset: 0, limit: 20, ...more,
  }))).codes.sort();

  test.each([
    ['身份证', ['identity-card-replacement']], ['驾照', ['driver-licence-first-issue', 'driver-licence-renewal']], ['营业执照', ['enterprise-establishment']],
    ['lost', ['identity-card-replacement']], ['100%', []], ["'; drop table services.service; --", []],
  ])('finds %s', async (q, codes) => expect(await codesFor(q)).toEqual(codes));

  test('filters by audience, topic, department with its sections and life event', async () => {
    expect(await codesFor('', { words: [], audiences: ['2', '3'] })).toEqual(['enterprise-establishment']);
    expect(await codesFor('', { words: [], topic: '170' })).toEqual(['driver-licence-first-issue', 'driver-licence-renewal']);
    expect(await codesFor('', { words: [], department: 'YC-GA' })).toHaveLength(3);
    expect(await codesFor('', { words: [], lifeEvent: 'lost-wallet' })).toEqual(['identity-card-replacement']);
  });

  test('browsing counts topics, departments and life events', () => {
    const shown = browse(services() as never);
    expect(shown.topics.find((topic) => topic.code === '160')).toMatchObject({ name: { zh: '证件办理' }, count: 3 });
    expect(shown.lifeEvents.map((event) => event.code).sort()).toEqual(['learn-to-drive', 'lost-wallet', 'start-a-company']);
  });
});

describe('an application', () => {
  const hashOf = (code: string) => services().forms.current(code).packHash;

  test('is filled from registers, locked where they are the authority', async () => {
    const code = 'driver-licence-renewal';
    const { facts, prefilled } = await services().forms.known(actor, hashOf(code), code, person);
    const value = (key: string) => prefilled.find((one) => one.key === key);
    expect(value('name')).toMatchObject({ value: '云小川', locked: true, source: { zh: '人口基础信息库' } });
    expect(value('expires')).toMatchObject({ value: '2026-12-30' });
    expect(value('phone')).toMatchObject({ value: '12000000001', locked: false });
    expect(facts).toMatchObject({ driverLicence: { found: true, points: 0 }, relief: { found: false, status: null }, onFile: { materials: { fitness: { zh: '驾驶人体检库' } } } });
    expect(services().forms.fee(hashOf(code), code, {}, facts)).toBe(1000);
    const materials = services().forms.materials(hashOf(code), code, {}, facts);
    expect(materials.filter((one) => !one.satisfiedBy).map((one) => one.material.code)).toEqual(['portrait-photo']);
  });

  test('asks only what matters, and names each issue at its field', () => {
    const code = 'identity-card-replacement';
    const hash = hashOf(code);
    const { forms } = services();
    expect(forms.visible(hash, code, 'loss', { reason: 'damaged' }, {})).toEqual(['reason', 'lossDeclared']);
    expect(forms.visible(hash, code, 'loss', { reason: 'lost' }, {})).toEqual(['reason', 'lostOn', 'circumstances', 'lossDeclared']);
    expect(forms.checkStep(hash, code, 'loss', { reason: 'damaged', lostOn: 'nonsense', lossDeclared: true }, {}, {})).toEqual([]);
    expect(forms.checkStep(hash, code, 'loss', { reason: 'eaten' }, {}, {}).map((issue) => [issue.path, issue.code])).toEqual(
      expect.arrayContaining([['/values/reason', 'field.choice'], ['/values/lossDeclared', 'field.required']]),
    );
    expect(forms.checkStep(hash, code, 'loss', { reason: 'damaged', lossDeclared: true, admin: true }, {}, {})[0]).toMatchObject({ path: '/values/admin', code: 'field.unknown' });
  });

  test('holds a step against its rules as soon as it is given', () => {
    const code = 'identity-card-replacement';
    const hash = hashOf(code);
    const { forms } = services();
    const wrong = (values: Record<string, unknown>) => forms.checkStep(hash, code, 'loss', values, {}, {}).map((issue) => issue.path);
    expect(wrong({ reason: 'lost', lostOn: '2999-01-01', lossDeclared: false })).toEqual(['/values/lossDeclared', '/values/lostOn']);
    expect(wrong({ reason: 'damaged', lostOn: '2999-01-01', lossDeclared: true })).toEqual([]);
    const company = 'enterprise-establishment';
    const name = { companyName: '云川已用软件有限公司', companyType: 'limited' };
    expect(forms.readsFacts(hashOf(company), company, 'name')).toBe(true);
    expect(forms.checkStep(hashOf(company), company, 'name', name, {}, { companyName: { status: 'registered' } })).toMatchObject([{ path: '/values/companyName' }]);
  });

  test('is held against rules across steps and registers', async () => {
    const code = 'enterprise-establishment';
    const hash = hashOf(code);
    const answers = {
      companyName: '云川已用软件有限公司', companyType: 'limited', scopeItems: ['software'], division: '990102', address: '听潮路8号', premises: 'owned', capital: 100_000_000,
      termYears: 0, legalRepresentative: '云小川', legalRepresentativeNumber: person.identifier, taxpayerKind: 'small', seals: ['official'], employees: 3, phone: '12000000001',
      shareholders: [{ name: '甲', citizenNumber: person.identifier, share: 60 }, { name: '乙', citizenNumber: '990102198506120020', share: 30 }],
    };
    const { facts } = await services().forms.known(actor, hash, code, person, answers);
    expect(services().forms.checkAll(hash, code, answers, facts).map((issue) => [issue.step, issue.path])).toEqual([['people', '/values/shareholders'], ['name', '/values/companyName']]);
    const right = { ...answers, companyName: '云川清溪软件有限公司', shareholders: [{ name: '甲', citizenNumber: person.identifier, share: 100 }] };
    const known = await services().forms.known(actor, hash, code, person, right);
    expect(services().forms.checkAll(hash, code, right, known.facts)).toEqual([]);
  });

  test('pre-check says nothing until answered, then whether, why and what for', () => {
    const frozen = services().current('driver-licence-renewal');
    expect(runPreCheck(frozen, {}, '2026-11-22').eligible).toBeNull();
    expect(runPreCheck(frozen, { expiry: 'soon', violations: true, fit: true }, '2026-11-22')).toMatchObject({ eligible: false, instead: { zh: '交通违法处理' } });
    expect(runPreCheck(frozen, { expiry: 'soon', fit: true }, '2026-11-22')).toMatchObject({ eligible: true, fee: 1000, promisedDays: 0 });
    expect(() => runPreCheck(frozen, { expiry: 3 } as never, '2026-11-22')).toThrowError(expect.objectContaining({ code: 'request.invalid' }));
  });

  test('gets a credit code of its own that passes GB 32100', () => {
    const given = Array.from({ length: 40 }, () => services().assignUscc('990102'));
    expect(new Set(given).size).toBe(40);
    expect(given.every(isUscc)).toBe(true);
  });
});

test('the example pack runs on the platform’s engines', async () => {
  expect((await checkPackDirectory(join(import.meta.dirname, '../../../pack/example'))).findings).toEqual([]);
});

describe('loading', () => {
  const ground = () => ({ database: site.database, registers: site.site.use(Registers), log: silent });
  const reports = () => site.database.as(site.database.system, selectLoads);

  test('refuses a bad pack with its findings and the same version with other content; cases keep the frozen one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pack-'));
    await cp(packs[0] as string, folder, { recursive: true });
    const file = join(folder, 'listing.ts');
    const source = await readFile(file, 'utf8');
    const before = services().forms.current('identity-card-replacement').packHash;

    await writeFile(file, source.replace("visits: { count: 0 }", "visits: { count: 2 }"));
    await loadPacks(ground(), [folder]);
    let report = (await reports()).find((row) => row.directory === folder);
    expect(report?.findings.map((one) => one.rule).sort()).toEqual(['listing.grade-four-visits', 'listing.visits-reason']);

    await writeFile(file, source.replace('days: 7,', 'days: 6,'));
    await loadPacks(ground(), [folder]);
    report = (await reports()).find((row) => row.directory === folder);
    expect(report).toMatchObject({ accepted: false, findings: [{ rule: 'pack.version-frozen' }] });

    const pack = join(folder, 'pack.ts');
    await writeFile(pack, (await readFile(pack, 'utf8')).replace("version: '1.1.0'", "version: '1.2.0'"));
    await loadPacks(ground(), [folder]);
    const reopened = await openServices({ ...ground(), departmentName: () => null, audit: site.site.audit, clock });
    expect(reopened.current('identity-card-replacement').service.listing.promised.days).toBe(6);
    expect(reopened.frozen(before, 'identity-card-replacement').service.listing.promised.days).toBe(7);
    await rm(folder, { recursive: true });
  });

  test('refuses a pack that declares a label above what this site may hold', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pack-'));
    await cp(join(import.meta.dirname, '../../../pack/example'), folder, { recursive: true });
    const file = join(folder, 'pack.ts');
    const source = await readFile(file, 'utf8');
    const at = source.indexOf('listing', source.indexOf('services:'));
    await writeFile(file, `${source.slice(0, at)}label: 'secret', ${source.slice(at)}`);
    await loadPacks(ground(), [folder]);
    expect((await reports()).find((row) => row.directory === folder)).toMatchObject({ accepted: false, findings: [{ rule: 'pack.label-above-site' }] });
    await rm(folder, { recursive: true });
  });
});
