import { createHash } from 'node:crypto';
import { createCalendar, dayOf, demoCalendar2027, initialCalendars } from '@zhengwu/clock';
import { isCitizenNumber, isUscc, isUuid, parseCitizenNumber, parseUscc } from '@zhengwu/ids';
import { describe, expect, test } from 'vitest';
import { ageOn } from './dates.ts';
import { makeCity } from './city.ts';
import { makeTaxCentre } from './tax-centres.ts';
import { mapDrawing, portraitOf } from './drawing.ts';

const today = '2026-11-22';
const city = makeCity({ today });
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const distinct = (values: readonly string[]): number => new Set(values).size;

describe('demo city', () => {
  test('has the promised size', () => {
    expect(city.organisation.divisions.filter((one) => one.level === 'district')).toHaveLength(4);
    expect(city.organisation.departments.filter((one) => one.division === '990100' && one.isAgency).length).toBeGreaterThanOrEqual(12);
    expect(city.officials).toHaveLength(65);
    expect(city.residents).toHaveLength(10_000);
    expect(city.companies).toHaveLength(1_000);
    expect(city.cases).toHaveLength(3_000);
  });

  test('same seed and day give the same bytes, another seed others', () => {
    const size = { residents: 300, companies: 40, cases: 120, buildings: 100 };
    expect(digest(makeCity({ today, size }))).toBe(digest(makeCity({ today, size })));
    expect(digest(makeCity({ today, size, seed: 7 }))).not.toBe(digest(makeCity({ today, size })));
  });

  test('works on any day, a leap day included', () => {
    for (const day of ['2026-01-01', '2026-12-31', '2027-03-01', '2028-02-29']) {
      const run = (): unknown => makeCity({ today: day, size: { residents: 200, companies: 20, cases: day < '2027' ? 60 : 0, buildings: 50 } });
      expect(run).not.toThrow();
    }
  });
});

test('the tax centres know the companies of the city, and say of each what the government centre says', () => {
  const size = { residents: 200, companies: 30 };
  const city = makeCity({ today: '2026-10-15', size: { ...size, cases: 0, buildings: 10 } });
  for (const level of ['city', 'province'] as const) {
    const centre = makeTaxCentre({ level, today: '2026-10-15', size });
    expect(centre.records).toHaveLength(30);
    for (const { key, data } of centre.records) {
      const of = (register: string): Record<string, unknown> | undefined => city.records.find((one) => one.register === register && one.key === key)?.data;
      expect(of('enterprises')).toMatchObject({ name: data.name, address: data.address, status: data.businessStatus, legalRepresentative: data.legalRepresentative });
      expect(of('tax-registrations')).toMatchObject({ taxpayerKind: data.taxpayerKind, status: data.status });
    }
    expect(new Set(centre.accounts.map((one) => one.username))).toEqual(new Set(['head', 'steward', 'centre', 'admin', 'security', 'audit']));
  }
});

describe('identifiers', () => {
  test('every citizen number passes GB 11643 and agrees with birthday, sex and place', () => {
    for (const person of city.residents) {
      expect(parseCitizenNumber(person.number)).toMatchObject({ birth: person.birth, sex: person.sex, division: person.division });
    }
  });

  test('every credit code passes GB 32100', () => {
    for (const company of city.companies) expect(isUscc(company.uscc)).toBe(true);
  });

  test('every id has its form', () => {
    for (const one of city.principals) expect(isUuid(one.id)).toBe(true);
  });

  test('nothing is given twice', () => {
    expect(distinct(city.principals.map((one) => one.identifier))).toBe(city.principals.length);
    expect(distinct(city.principals.map((one) => one.id))).toBe(city.principals.length);
    expect(distinct(city.cases.map((one) => String(one.sequence)))).toBe(city.cases.length);
    expect(distinct(city.companies.map((one) => one.name))).toBe(city.companies.length);
    expect(distinct(city.officials.map((one) => one.username))).toBe(65);
    expect(distinct(city.records.map((one) => `${one.register}/${one.key}`))).toBe(city.records.length);
    expect(distinct(city.organisation.departments.map((one) => String(one.id)))).toBe(city.organisation.departments.length);
  });

  test('nothing can be taken for a real place, telephone or address (GB/T 2260 has no 99)', () => {
    for (const division of city.organisation.divisions) expect(division.code).toMatch(/^99/);
    for (const person of city.residents) expect(person.number.startsWith('99') && (person.phone ?? '12').startsWith('12')).toBe(true);
    for (const company of city.companies) expect(parseUscc(company.uscc)?.division).toMatch(/^99/);
    for (const one of city.principals) expect(one.email ?? '.example').toMatch(/\.example$/);
  });
});

describe('directory', () => {
  const { departments, posts, roles, people } = city.organisation;
  const byId = new Map(departments.map((one) => [one.id, one]));

  test('every parent exists, in both lines of authority, before its children', () => {
    const seen = new Set<number>();
    for (const { id, regionParent, lineParent } of departments) {
      for (const parent of [regionParent, lineParent]) if (parent !== null) expect(seen.has(parent)).toBe(true);
      seen.add(id);
    }
  });

  test('a district’s police answers to its region and to its line', () => {
    const branch = departments.find((one) => one.code === 'LT-GA')!;
    expect([byId.get(branch.regionParent!)?.code, byId.get(branch.lineParent!)?.code]).toEqual(['LT-ZF', 'YC-GA']);
  });

  test('every post and role that is held exists', () => {
    for (const person of people) for (const code of person.posts) expect(posts.some((post) => post.code === code)).toBe(true);
    for (const post of posts) for (const code of post.roles) expect(roles.some((role) => role.code === code)).toBe(true);
  });

  test('system, security and audit administrator are three people (GB/T 22239)', () => {
    const holders = ['administrator', 'security', 'auditor'].map((role) => people.filter((one) => one.posts.some((post) => post.endsWith(`.${role}`))));
    expect(holders.map((list) => list.length)).toEqual([1, 1, 1]);
    expect(distinct(holders.flat().map((one) => one.id))).toBe(3);
  });
});

describe('past cases', () => {
  const calendar = createCalendar([...initialCalendars, demoCalendar2027]);
  const adults = new Set(city.residents.filter((one) => ageOn(one.birth, today) >= 18).map((one) => one.id));

  test('stand in all fifteen states, some 250 open', () => {
    const last = city.cases.map((one) => one.steps.at(-1)!.state);
    expect([...new Set(last)].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    const open = last.filter((state) => [1, 3, 6, 7, 8, 9, 10].includes(state)).length;
    expect(open).toBeGreaterThanOrEqual(250);
    expect(open).toBeLessThan(330);
  });

  test('go from receipt to their state in order, and nothing lies in the future', () => {
    for (const { steps, rating } of city.cases) {
      const times = steps.map((one) => one.at);
      expect(times.toSorted()).toEqual(times);
      expect(steps[0]?.state).toBe(1);
      expect([...times, rating?.at ?? ''].every((at) => at <= '2026-11-22')).toBe(true);
    }
  });

  test('begin on working days, of adults who are no story', () => {
    for (const { steps, applicant } of city.cases) {
      expect(calendar.isWorkingDay(dayOf(new Date(steps[0]!.at)))).toBe(true);
      expect(adults.has(applicant)).toBe(true);
    }
  });
});

describe('guided tour', () => {
  const resident = (username: string) => city.residents.find((one) => one.username === username)!;
  const record = (register: string, username: string) => city.records.find((one) => one.register === register && one.key === resident(username).number)?.data;

  test('every account shown has an account', () => {
    for (const one of city.tour) expect(city.accounts.some((account) => account.username === one.account)).toBe(true);
  });

  test('one driver is in order, one has a violation, one has passed every subject', () => {
    expect(record('driver-licences', 'citizen02')).toMatchObject({ unpaidViolations: 0, points: 0, status: 'valid' });
    expect(record('physical-exams', 'citizen02')).toMatchObject({ result: 'fit' });
    expect(record('driver-licences', 'citizen03')).toMatchObject({ unpaidViolations: 1 });
    expect(record('driving-examinations', 'citizen04')).toMatchObject({ result: 'passed' });
    expect(record('driver-licences', 'citizen04')).toBeUndefined();
    expect(ageOn(resident('citizen04').birth, today)).toBeGreaterThanOrEqual(18);
  });

  test('a daughter acts for her mother and for her company', () => {
    const agent = resident('citizen05').id;
    expect(city.mandates.filter((one) => one.agent === agent).map((one) => one.basis).sort()).toEqual(['family', 'representative']);
    expect(isCitizenNumber(resident('citizen06').number)).toBe(true);
  });
});

describe('drawings', () => {
  test('the map holds 1,500 buildings in the open sea and no text that could run', () => {
    expect(city.map.features.filter((one) => one.properties.kind === 'building')).toHaveLength(1_500);
    for (const { geometry } of city.map.features) {
      const flat = (geometry.coordinates as unknown[]).flat(2) as number[];
      for (const value of flat) expect(Math.abs(value)).toBeLessThan(0.1);
    }
    expect(mapDrawing(city.map, '云川市')).not.toMatch(/script|href|url\(/);
  });

  test('a portrait is the same for the same person and marked as a sample', () => {
    expect(portraitOf(1, 'a', 'female', 30)).toBe(portraitOf(1, 'a', 'female', 30));
    expect(portraitOf(1, 'a', 'female', 30)).not.toBe(portraitOf(1, 'b', 'female', 30));
    expect(portraitOf(1, 'a', 'female', 30)).toContain('样例');
  });
});
