import { afterAll, beforeAll, expect, test } from 'vitest';
import { initialCalendars } from '@zhengwu/clock';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { Calendars, openCalendars } from './calendars.ts';
import { calendarModule } from './module.ts';

let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [calendarModule] });
});
afterAll(() => site.drop());

test('a new site counts by the announced years: 2026-09-28 + 5 working days is a make-up Saturday', () => {
  expect(site.site.use(Calendars).current().addWorkingDays('2026-09-28', 5)).toBe('2026-10-10');
  expect(site.site.use(Calendars).current().addWorkingDays('2026-09-28', 20)).toBe('2026-10-30');
});

test('a year nobody has entered has no answer (legal limits are never guessed)', async () => {
  const bare = await openCalendars(site.database, initialCalendars);
  expect(() => bare.current().addWorkingDays('2040-01-01', 1)).toThrow(expect.objectContaining({ code: 'calendar.unknown-year' }));
});

test('an administrator keeps a year; a change made on an old version is refused', async () => {
  const calendars = site.site.use(Calendars);
  const entry = { year: 2040, source: '测试', days: [{ day: '2040-01-02', kind: 'holiday' as const, name: '元旦' }] };
  const version = await calendars.keep(site.database.system, entry, null);
  expect(calendars.current().isWorkingDay('2040-01-02')).toBe(false);
  await expect(calendars.keep(site.database.system, { ...entry, days: [] }, version + 7)).rejects.toMatchObject({ code: 'calendar.changed' });
  expect(calendars.current().isWorkingDay('2040-01-02')).toBe(false);
  await calendars.keep(site.database.system, { ...entry, days: [] }, version);
  expect(calendars.current().isWorkingDay('2040-01-02')).toBe(true);
});
