import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock } from '@zhengwu/clock';
import type { Actor } from '@zhengwu/contracts';
import { Directory } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import type { TestSite } from '@zhengwu/module';
import { enter, enterCases, official, openSupervised, task } from './fixture.ts';
import { openMeasures } from './measures.ts';
import { supervisionModule } from './module.ts';
import { countUntil, recount } from './store-figures.ts';
import { periodFigures, type Office } from './supervision.ts';

const clock = fixedClock('2026-10-15T02:00:00Z');
const acts = { deemAccepted: () => Promise.resolve(), correctionLapsed: () => Promise.resolve() };
let site: TestSite;
let office: Office;
const as = (departments: readonly number[] | 'all'): Actor => official(departments, uuidv7()) as unknown as Actor;

const close = async (caseId: string, of: { service?: string; at: string; days: number }): Promise<unknown> => {
  await enter(site, { tasks: [{ ...task(caseId, { status: 'done', assignee: uuidv7() }), status: 'done' }] });
  return enter(site, { efforts: [{ case_id: caseId, service: of.service ?? 'resident.permit', closed_at: of.at, visits: 0, working_days: of.days }] });
};

beforeAll(async () => {
  site = await openSupervised(clock, acts);
  office = { database: site.database, clock, audit: site.site.audit, events: site.site.events, directory: site.site.use(Directory) };
  // 23:30 of 12 October in Shanghai is still that day.
  const [onTime, late] = await enterCases(site, [
    { submitted: '2026-10-10T02:00:00Z', closed: '2026-10-12T15:30:00Z', promised: '2026-10-12', state: 11 },
    { submitted: '2026-10-10T03:00:00Z', closed: '2026-10-12T16:30:00Z', promised: '2026-10-12', state: 13, department: 12 },
    { submitted: '2026-10-14T02:00:00Z', promised: '2026-10-14', statutory: '2026-11-10' },
    { submitted: '2026-10-15T01:00:00Z', promised: '2026-10-14', statutory: '2026-11-10', stopped: 'special', state: 9, service: 'company.open' },
  ]);
  await close(onTime as string, { at: '2026-10-12T15:30:00Z', days: 1 });
  await close(late as string, { at: '2026-10-12T16:30:00Z', days: 2 });
  await enter(site, { rest: [{ rating: { case_id: onTime, service: 'resident.permit', department: 11, level: 1, dimensions: {}, rated_at: '2026-10-13T02:00:00Z' } }] });
  await enter(site, { rest: [{ rating: { case_id: late, service: 'resident.permit', department: 12, level: 5, dimensions: {}, rated_at: '2026-10-13T02:00:00Z', due_on: '2026-11-03' } }] });
  const watch = supervisionModule({ acts: () => acts }).jobs?.(site.site).find((job) => job.name === 'supervision.watch');
  await watch?.run({}, { id: '1', attempt: 1, signal: new AbortController().signal });
});
afterAll(() => site.drop());

const expected = {
  totals: { received: 4, open: 2, closed: 2, onTime: 1, overdue: 2, yellow: 1, red: 0, satisfaction: 0.5 },
  byService: [
    { code: 'resident.permit', name: { zh: '居住证申领', en: 'Residence permit' }, received: 3, closed: 2, overdue: 2, averageDays: 1.5, satisfaction: 0.5, clerkMinutes: 10, applicantMinutes: 0 },
    expect.objectContaining({ code: 'company.open', received: 1, closed: 0, overdue: 0, satisfaction: null }),
  ],
};

test('figures count by Shanghai days; on time is by the end of the promised day; a stopped clock is not overdue (行政许可法 §45)', async () => {
  const figures = await periodFigures(office, as('all'), { from: '2026-10-10', to: '2026-10-15' });
  expect(figures).toMatchObject(expected);
  expect(figures.byDay).toEqual([
    { day: '2026-10-10', received: 2, closed: 0 }, { day: '2026-10-11', received: 0, closed: 0 }, { day: '2026-10-12', received: 0, closed: 1 },
    { day: '2026-10-13', received: 0, closed: 1 }, { day: '2026-10-14', received: 1, closed: 0 }, { day: '2026-10-15', received: 1, closed: 0 },
  ]);
});

test('counted days and days counted live give the same figures, at every point between', async () => {
  const live = await periodFigures(office, as('all'), {});
  for (const day of ['2026-10-10', '2026-10-12', '2026-10-12', '2026-10-14']) {
    await site.database.as(site.database.system, (tx) => countUntil(tx, day));
    expect(await periodFigures(office, as('all'), {})).toEqual(live);
  }
  await recount(site.database);
  expect(await periodFigures(office, as('all'), {})).toEqual(live);
});

test('figures show the reach of the reader alone, counted or live', async () => {
  for (const counted of [false, true]) {
    if (counted) await site.database.as(site.database.system, (tx) => countUntil(tx, '2026-10-14'));
    expect((await periodFigures(office, as([12]), {})).totals).toMatchObject({ received: 1, open: 0, closed: 1, onTime: 0, overdue: 1, yellow: 0, satisfaction: 0 });
    expect((await periodFigures(office, as([]), {})).totals).toMatchObject({ received: 0, open: 0, closed: 0, yellow: 0, satisfaction: null });
  }
});

test('a period that runs backwards or is too long is refused', async () => {
  await expect(periodFigures(office, as('all'), { from: '2026-10-15', to: '2026-10-14' })).rejects.toMatchObject({ code: 'figures.period' });
  await expect(periodFigures(office, as('all'), { from: '2024-01-01', to: '2026-10-14' })).rejects.toMatchObject({ code: 'figures.period' });
});

test('the new way is measured from closed cases, once a minute', async () => {
  const measures = openMeasures(site.database, clock);
  expect((await measures.after()).get('resident.permit')).toEqual({
    after: { cases: 2, steps: 2, papers: 0, visits: 0, hands: 1, days: 1.5, clerkMinutes: 10, applicantMinutes: 0 }, taken: { spared: 0, papers: 0, visits: 0, days: 3 },
  });
  expect([...(await measures.openCases())]).toEqual(expect.arrayContaining([['resident.permit', 1], ['company.open', 1]]));
  const first = measures.after();
  expect(measures.after()).toBe(first);
  clock.advance(61_000);
  expect(measures.after()).not.toBe(first);
});
