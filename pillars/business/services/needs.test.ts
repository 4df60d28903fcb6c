import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '@zhengwu/clock';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Need, PackData } from '@zhengwu/pack';
import { Registers, registersModule } from '@zhengwu/registers';
import { inTodaysForm } from './earlier.ts';
import { Services, servicesModule } from './index.ts';
import type { Fetched } from './known.ts';
import { questionsOf } from './looking-up.ts';
import { establish, peopleOf, type Evidence } from './needs.ts';

const folder = (name: string): string => join(import.meta.dirname, '../../../packs', name);
const id = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;
const founder = { id: id(1), kind: 'person' as const, name: '云小川', identifier: '990102199003070011', phone: '12000000001', email: null };
const partner = { id: id(2), name: '云新禾', number: '990102200803010055' };
const actor = { kind: 'citizen', personId: founder.id, name: founder.name, subjects: [founder.id], scope: 'own', departments: [], clearance: 0 } as never;

let site: TestSite;
const services = () => site.site.use(Services);
const code = 'enterprise-establishment';
const known = (shareholders: { name: string; citizenNumber: string }[] | undefined) =>
  services().forms.known(actor, services().forms.current(code).packHash, code, founder, shareholders ? { shareholders: shareholders.map((one) => ({ ...one, share: 50 })) } : {});
const satisfied = (facts: Record<string, unknown>) => Object.keys((facts['onFile'] as { materials: object }).materials);

beforeAll(async () => {
  site = await createTestSite({ modules: [registersModule, servicesModule({ packs: ['resident-identity', 'enterprise'].map(folder) })], clock: fixedClock('2026-11-22T04:00:00Z') });
  const registers = site.site.use(Registers);
  const fixtures = services().packs().flatMap((pack) => pack.data.fixtures).filter((one) => one.register === 'population');
  await site.database.as(site.database.system, async (tx) => {
    for (const one of fixtures) {
      const key = String(one.data['citizenNumber']);
      await registers.write(tx, { ...one, key, cause: 'fixture', subject: key === founder.identifier ? founder.id : partner.id });
    }
  });
});
afterAll(() => site.drop());

describe('a need', () => {
  test('must be true of everybody it names, not of the applicant alone', async () => {
    expect(satisfied((await known(undefined)).facts)).toEqual(['identity-proof']);
    expect(satisfied((await known([{ name: partner.name, citizenNumber: partner.number }])).facts)).toEqual(['identity-proof']);
    expect(satisfied((await known([{ name: '外地人', citizenNumber: '990102198506120020' }])).facts)).toEqual([]);
  });

  test('is held against the name that was given with the number', async () => {
    expect(satisfied((await known([{ name: '别的名字', citizenNumber: partner.number }])).facts)).toEqual([]);
  });

  test('is asked of at most sixty, each once, and of nothing that is no number', () => {
    const need = { code: 'n', statement: { zh: '', en: '' }, authority: { zh: '', en: '' }, sources: [{ register: 'population' }], of: 'application.all' } satisfies Need;
    const all = [...Array.from({ length: 80 }, (_, i) => ({ number: String(i) })), { number: '3' }, { number: '' }, { name: 'x' }, 7, null, 'y'.repeat(101)];
    expect(peopleOf(need, { application: { all } }).map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, i) => String(i)));
  });

  test('does not hold of nobody', () => {
    const need = { code: 'n', statement: { zh: '', en: '' }, authority: { zh: '', en: '' }, sources: [{ licence: 'x' }] } satisfies Need;
    const evidence: Evidence = { applicant: 'A', today: '2026-11-22', looked: () => null, licence: () => ({ zh: '证', en: 'L' }), nameOf: () => ({ zh: '', en: '' }) };
    expect(establish(need, [], evidence).holds).toBe(false);
    expect(establish(need, [{ number: 'A' }], evidence)).toMatchObject({ holds: true, by: { en: 'L' } });
    // The applicant's licence says nothing of others.
    expect(establish(need, [{ number: 'A' }, { number: 'B' }], evidence)).toMatchObject({ holds: false, by: null, people: 2 });
  });

  test('is judged by the record of its own key, also where a fact reads the same register by another', () => {
    const frozen = services().current(code);
    const two = { ...frozen, service: { ...frozen.service, facts: [{ name: 'other', register: 'population', key: `"${partner.number}"` }] } };
    const questions = questionsOf(two, founder, {}, true);
    expect(questions.facts).toEqual([{ name: 'other', register: 'population', key: partner.number }]);
    expect(questions.needs.get('people-identified')?.map(({ number }) => number)).toEqual([founder.identifier]);
  });
});

describe('what was fetched', () => {
  test('stays with the facts: which source, whose keeper, since when; of others only that it holds', async () => {
    const { facts } = await known([{ name: partner.name, citizenNumber: partner.number }]);
    const fetched = facts['fetched'] as Fetched;
    expect(fetched.at).toBe('2026-11-22T04:00:00.000Z');
    expect(fetched.needs).toMatchObject([{ code: 'people-identified', holds: true, people: 2, by: { zh: '人口基础信息库' }, authority: { zh: expect.stringContaining('登记管理条例') } }]);
    expect(fetched.sources.find((one) => one.register === 'population' && one.own)).toMatchObject({ fact: 'population', found: true, validFrom: '2020-01-01' });
    const other = fetched.sources.find((one) => one.register === 'population' && !one.own);
    expect(other).toMatchObject({ fact: null, found: true });
    expect(JSON.stringify(fetched)).not.toContain(partner.number);
  });

  test('is entered in the trail of each person whose record was read (个人信息保护法 §55)', async () => {
    await known([{ name: partner.name, citizenNumber: partner.number }]);
    const { rows } = await site.database.as(site.database.system, (tx) => tx.query<{ subject: string }>(`select distinct subject from audit.record where event = 'register.read' order by 1`));
    expect(rows.map(({ subject }) => subject)).toEqual([founder.id, partner.id]);
  });
});

test('a pack frozen before needs were declared is read as if each paper proved one', () => {
  const pack = services().current(code).pack;
  const service = pack.services[0] as unknown as Record<string, unknown>;
  const { needs: _, ...earlier } = service;
  const materials = [
    { code: 'identity-proof', name: { zh: '身份', en: 'Identity' }, byLaw: { zh: '法', en: 'law' }, satisfiedBy: { licences: ['card'], register: { code: 'population', when: 'record.status = "living"' }, upload: { types: [], maxSize: 1024 } } },
    { code: 'articles', name: { zh: '章程', en: 'Articles' }, byLaw: { zh: '法', en: 'law' }, satisfiedBy: { upload: { types: [], maxSize: 1024 } } },
  ];
  const read = inTodaysForm({ ...pack, services: [{ ...earlier, materials }] } as unknown as PackData).services[0];
  expect(read?.needs).toEqual([{ code: 'identity-proof', statement: { zh: '身份', en: 'Identity' }, authority: { zh: '法', en: 'law' }, sources: [{ licence: 'card' }, { register: 'population', holds: 'record.status = "living"' }] }]);
  expect(read?.materials.map(({ satisfiedBy }) => satisfiedBy)).toEqual([{ need: 'identity-proof', upload: { types: [], maxSize: 1024 } }, { upload: { types: [], maxSize: 1024 } }]);
  expect(inTodaysForm(pack)).toEqual(pack);
});
