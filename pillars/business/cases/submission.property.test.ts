import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarModule } from '@zhengwu/calendar';
import { createCalendar, dayOf, initialCalendars } from '@zhengwu/clock';
import { directoryModule } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { processesModule } from '@zhengwu/processes';
import { registersModule } from '@zhengwu/registers';
import { Services, servicesModule } from '@zhengwu/services';
import { platform } from './automatic.ts';
import type { CaseService, DepartmentRef, Ground } from './ground.ts';
import { serviceReader } from './services-ground.ts';
import { beginCase, type Application } from './submission.ts';

let site: TestSite;
const services: Record<string, CaseService> = {};
const department: DepartmentRef = { id: 7, code: 'D', name: { zh: '部门', en: 'Department' } };
const calendar = createCalendar(initialCalendars);

const ground: Ground = {
  calendar: () => calendar, departmentByCode: (code) => ({ ...department, code }), departmentById: () => department,
  timerDue: (timer, now) => timer.due ?? calendar.deadline(now, timer.workingDays ?? 0).toISOString(),
  makeLicence: () => ({ id: uuidv7(), name: department.name, row: {} }), makePrincipal: () => ({ id: uuidv7(), row: {} }),
  makeOrder: () => ({ id: uuidv7(), row: {} }), makeMessage: () => ({}), makeRegisterWrite: () => ({}), assignUscc: () => '91990100MA00000000',
};

beforeAll(async () => {
  const packs = ['resident-identity', 'enterprise', 'driving'].map((name) => join(import.meta.dirname, '../../../packs', name));
  site = await createTestSite({ modules: [calendarModule, directoryModule, registersModule, processesModule, servicesModule({ packs })] });
  const offered = site.site.use(Services);
  const read = serviceReader(offered, () => department);
  for (const pack of offered.packs()) for (const code of pack.services.keys()) services[code] = read(pack.hash, code);
}, 120_000);
afterAll(() => site.drop());

const person = { name: '云小川', sex: '男', ethnicity: '汉', birth: '1990-03-07', address: '听潮路1号', citizenNumber: '990102199003070011' };
const registered = { found: true, name: '云小川', status: 'living' };

/** Valid applications: what varies leads down different ways of the processes. */
const identity = fc.record({ reason: fc.constantFrom('lost', 'damaged', 'expired'), losses: fc.nat(3) }).map(({ reason, losses }) => ({
  code: 'identity-card-replacement', answers: { ...person, reason }, facts: { population: registered, identityCard: { found: true, losses } },
}));
const company = fc.record({ scopeItems: fc.subarray(['software', 'labour-dispatch', 'training'], { minLength: 1 }), termYears: fc.nat(30), employees: fc.nat(50) }).map((chosen) => ({
  code: 'enterprise-establishment', facts: { companyName: { found: false, status: null }, population: registered, restricted: { found: false, status: null } },
  answers: {
    companyName: '云川清溪软件有限公司', companyType: 'sole', taxpayerKind: 'small', seals: ['official'], division: '990102', address: '听潮路8号', capital: 100_000_000,
    legalRepresentative: '云小川', legalRepresentativeNumber: person.citizenNumber, ...chosen,
  },
}));
const renewal = fc.record({ unpaidViolations: fc.nat(2), points: fc.nat(12), relief: fc.boolean() }).map(({ unpaidViolations, points, relief }) => ({
  code: 'driver-licence-renewal', answers: person,
  facts: {
    population: registered, physicalExam: { found: true, result: 'fit', validUntil: '2027-03-01' }, relief: relief ? { found: true, status: 'active' } : { found: false, status: null },
    driverLicence: { found: true, fileNumber: 'F1', classes: 'C1', firstIssuedOn: '2020-12-30', validFrom: '2020-12-30', validUntil: '2026-12-30', points, unpaidViolations, status: 'valid' },
  },
}));
const numbers = new Set<string>();
let sequence = 0;

const begin = ({ code, answers, facts }: { code: string; answers: Record<string, unknown>; facts: Record<string, unknown> }, now: Date) => {
  sequence += 1;
  const application: Application = {
    service: services[code] as CaseService, applicant: { id: uuidv7(), kind: 'person', name: '云小川', identifier: person.citizenNumber, phone: null, email: null },
    answers, facts, prefilled: [], materials: [], channel: 'portal', sequence, division: '990100',
  };
  return beginCase(ground, platform, application, now);
};

test('a valid application begins one case with its instance, audit and event; somebody or a timer goes on with it, or it has ended', () => {
  fc.assert(fc.property(fc.oneof(identity, company, renewal), fc.integer({ min: 0, max: 300 }), (given, day) => {
    const now = new Date(Date.parse('2026-01-05T02:00:00Z') + day * 86_400_000);
    const { flow: { unit, row, state }, answer } = begin(given, now);
    expect(unit.case).toMatchObject({ id: answer.caseId, number: answer.number, service: given.code });
    expect(numbers.has(answer.number)).toBe(false);
    numbers.add(answer.number);
    expect(unit.instance).toMatchObject({ id: answer.caseId, version: null });
    expect(unit.audit.filter(({ event }) => event === 'case.submitted')).toHaveLength(1);
    expect(unit.events.filter(({ type }) => type === 'case.submitted')).toHaveLength(1);
    expect(unit.events.filter(({ type }) => type === 'case.incident')).toEqual([]);
    const waits = (unit.instance?.timers.length ?? 0) + (unit.instance?.subscriptions.length ?? 0) + unit.tasks.length;
    expect(waits > 0 || row.closed_at !== null || state.s === 'completed').toBe(true);
    for (const due of [row.promised_due, row.statutory_due, ...unit.tasks.map((task) => task.due_on)]) if (due) expect(due >= dayOf(now)).toBe(true);
    for (const timer of unit.instance?.timers ?? []) expect(Date.parse(timer.due)).toBeGreaterThanOrEqual(now.getTime());
    expect(JSON.parse(JSON.stringify(unit))).toEqual(unit);
    expect(new Set(unit.tasks.map((task) => task.case_id)).size).toBeLessThanOrEqual(1);
  }), { numRuns: 60 });
});
