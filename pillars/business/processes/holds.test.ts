import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, createCalendar, dayOf, dueDay, endOfDay, initialCalendars, resumeLimit, startLimit, stopLimit, type Day } from '@zhengwu/clock';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import { fireDueTimers, processesModule, startInstance, type World } from './index.ts';
import { openProcesses } from './processes.ts';
import { selectInstance, writeInstance, type InstanceWrite } from './store.ts';
import { process, user } from './engine/fixture.ts';

/** Received before National Day: five working days, the make-up Saturday among them, end on 10 October 2026. */
const RECEIVED: Day = '2026-09-28';
const DAYS = 5;
const xml = process(`${user('t')}${user('late')}<boundaryEvent id="b" attachedToRef="t"><timerEventDefinition zhengwu:workingDays="5"/></boundaryEvent>`, 's>t, t>e, b>late, late>e');
const calendar = createCalendar(initialCalendars);
const noon = (day: Day): string => new Date(`${day}T04:00:00Z`).toISOString();
const until = (from: Day, to: Day): Day[] => (from > to ? [] : [from, ...until(addDays(from, 1), to)]);

let database: TestDatabase;
let hash: string;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [processesModule] });
  hash = (await openProcesses(database).keep(xml))[0]?.hash ?? '';
  await database.as(database.system, async (tx) => {
    for (const { year, source, days } of initialCalendars) {
      await tx.query('insert into kernel.calendar_year (year, source) values ($1, $2)', [year, source]);
      for (const { day, kind } of days) await tx.query('insert into kernel.calendar_day (day, working, name_zh, name_en) values ($1, $2, $3, $3)', [day, kind === 'workday', 'test']);
    }
  });
});
afterAll(() => database.drop());

const begin = async (): Promise<string> => {
  const id = uuidv7();
  const world: World = { now: new Date(noon(RECEIVED)), dueOf: ({ workingDays = 0 }) => calendar.deadline(new Date(noon(RECEIVED)), workingDays).toISOString() };
  await database.as(database.system, (tx) => startInstance(tx, id, hash, { type: 'start' }, world));
  return id;
};
const write = (id: string, what: Partial<InstanceWrite>) => database.as(database.system, async (tx) => {
  const row = await selectInstance(tx, id, true);
  if (!row) throw new Error('gone');
  await writeInstance(tx, { ...row, timers: [], cancelledTimers: [], subscriptions: [], cancelledSubscriptions: [], ...what });
});
const duesOf = async (id: string): Promise<Record<string, string>> =>
  Object.fromEntries((await database.as(database.system, (tx) => tx.query<{ timer: string; due: Date }>('select timer, due from processes.timer where instance = $1', [id])))
    .rows.map(({ timer, due }) => [timer, due.toISOString()]));
const due = async (id: string): Promise<string> => Object.values(await duesOf(id))[0] as string;

test('a limit of five working days (行政许可法 §32(4)) goes on after a special procedure or correction with the days that were left (§45), whatever the days', async () => {
  for (const stopped of until(RECEIVED, '2026-10-10')) {
    const id = await begin();
    let clock = startLimit(RECEIVED, DAYS);
    for (const [from, to] of [[stopped, addDays(stopped, 9)], [addDays(stopped, 9), addDays(stopped, 21)]] as const) {
      clock = resumeLimit(stopLimit(clock, from), to);
      await write(id, { held: noon(from) });
      await write(id, { released: noon(to) });
      expect([stopped, from, await due(id)]).toEqual([stopped, from, endOfDay(dueDay(calendar, clock) as Day).toISOString()]);
    }
  }
});

test('held on the second day over National Day, four of five working days are left', async () => {
  const id = await begin();
  expect(dayOf(new Date(await due(id)))).toBe('2026-10-10');
  await write(id, { held: noon('2026-09-29') });
  await write(id, { released: noon('2026-10-12') });
  expect(dayOf(new Date(await due(id)))).toBe('2026-10-16');
});

test('spans go on with the time that was left, moments stay, what was overdue stays so, what began during the hold counts from then', async () => {
  const id = await begin();
  const timers = [
    { timer: 'span', due: '2026-10-01T04:00:00.000Z', kind: 'span' }, { timer: 'date', due: '2026-10-01T04:00:00.000Z', kind: 'date' },
    { timer: 'over', due: '2026-09-28T05:00:00.000Z', kind: 'span' },
  ] as const;
  await write(id, { timers: timers.map((one) => ({ ...one, started: noon(RECEIVED) })) });
  await write(id, { held: noon('2026-09-29') });
  await write(id, { timers: [{ timer: 'new', due: '2026-10-05T04:00:00.000Z', kind: 'span', started: noon('2026-10-04') }] });
  await write(id, { released: noon('2026-10-09') });
  expect(await duesOf(id)).toMatchObject({ span: noon('2026-10-11'), date: noon('2026-10-01'), over: '2026-09-28T05:00:00.000Z', new: noon('2026-10-10') });
});

test('nothing fires while it is held, and a timer that was taken just before is not lost', async () => {
  const id = await begin();
  await write(id, { timers: [{ timer: 'past', due: '2020-01-01T00:00:00.000Z' }] });
  const fired: string[] = [];
  const fire = (meanwhile?: () => Promise<void>) => fireDueTimers(database, async (instance, timer) => {
    if (instance === id && timer === 'past') fired.push(timer);
    if (instance === id) await meanwhile?.();
  }, { error: () => undefined });
  await fire(() => write(id, { held: noon('2026-09-29') }));
  await fire();
  expect(fired).toEqual(['past']);
  expect(await duesOf(id)).toHaveProperty('past');
  await write(id, { released: noon('2026-09-30') });
  await fire();
  expect(fired).toEqual(['past', 'past']);
});
