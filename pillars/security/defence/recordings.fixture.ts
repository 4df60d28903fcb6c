import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCalendar, initialCalendars } from '@zhengwu/clock';
import type { Surroundings } from './evaluate.ts';
import { observation, type Kept, type Kind, type Observation } from './observation.ts';
import { demoPlaces, placesOf } from './places.ts';
import { workingTime } from './surroundings.ts';

interface Recording {
  rule: string;
  about: string;
  observations: Kept[];
}

interface RecordingFile {
  rule: string;
  from: string;
  about: string;
  /** Seconds after `from`, kind, what is known. */
  observations: [number, Kind, Partial<Observation>][];
}

const folder = join(import.meta.dirname, 'recordings');

/** The recorded attacks, one for each rule. */
export const recordings: readonly Recording[] = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => {
  const { rule, from, about, observations } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordingFile;
  const start = Date.parse(from);
  return { rule, about, observations: observations.map(([seconds, kind, known], n) => ({ ...observation({ at: start + seconds * 1000, kind, ...known }), seq: n + 1 })) };
});

const calendar = createCalendar(initialCalendars);
export const surroundings: Surroundings = { isWorkingTime: workingTime(() => calendar), placeOf: placesOf(demoPlaces), usualReads: () => undefined };

const accountNumber = (n: number): string => `0192f0c0-0000-7000-9000-${String(n).padStart(12, '0')}`;

/** Numbers from a seed, the same each time (a linear congruence; nothing secret hangs on it). */
const seeded = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const CLERKS = 30;
const CITIZENS = 600;

interface Day {
  start: number;
  pick: (below: number) => number;
  add: (at: number, kind: Kind, known: Partial<Observation>) => void;
}

const office = (n: number): Partial<Observation> => ({ account: accountNumber(n), person: accountNumber(n), session: accountNumber(50_000 + n), address: `192.0.2.${10 + (n % 40)}` });

/** A clerk: in at half past eight, now and then a mistyped password, some eighty cases until five, a page that has gone. */
const clerk = ({ start, pick, add }: Day, n: number): void => {
  const who = office(n);
  const from = start + (30 + pick(25)) * 60_000;
  for (let wrong = pick(4); wrong > 0; wrong--) add(from - wrong * 20_000, 'refused', { ...who, operation: 'session.signIn' });
  add(from, 'sign-in', { ...who, operation: 'session.signIn' });
  for (let one = 0; one < 80; one++) {
    const at = from + one * 6 * 60_000 + pick(300_000);
    const subject = `case-${n}-${one}`;
    add(at, 'read', { ...who, operation: 'case.open', subject });
    if (pick(3) > 0) add(at + 20_000, 'read', { ...who, operation: 'case.materialFile', subject });
    if (pick(40) === 0) add(at + 30_000, 'absent', { ...who, operation: 'case.open', subject: `${subject}-gone` });
    if (pick(60) === 0) add(at + 40_000, 'denied', { ...who, operation: 'task.claim', subject: 'task.claim' });
  }
};

/** A supervisor: half as much again, and a list exported twice in the day. */
const supervisor = (day: Day, n: number): void => {
  const who = office(n);
  day.add(day.start + 20 * 60_000, 'sign-in', { ...who, operation: 'session.signIn' });
  for (let one = 0; one < 120; one++) day.add(day.start + 30 * 60_000 + one * 4 * 60_000, 'read', { ...who, operation: 'case.open', subject: `case-${n % CLERKS}-${one}` });
  for (const hour of [3, 8]) day.add(day.start + hour * 3_600_000, 'export', { ...who, operation: 'supervision.export', subject: `list-${hour}` });
};

/** A citizen: at any hour, sometimes a forgotten password, an old bookmark, a name with an apostrophe that the form refuses. */
const citizen = ({ start, pick, add }: Day, n: number): void => {
  const who: Partial<Observation> = { account: accountNumber(1000 + n), person: accountNumber(1000 + n), address: `192.0.2.${60 + pick(190)}` };
  const at = start - 2 * 3_600_000 + pick(15 * 3_600_000);
  for (let wrong = pick(10) === 0 ? pick(5) : 0; wrong > 0; wrong--) add(at - wrong * 30_000, 'refused', { ...who, operation: 'citizen.signIn' });
  add(at, 'sign-in', { ...who, operation: 'citizen.signIn' });
  if (pick(30) === 0) add(at + 40_000, 'absent', { ...who, operation: 'case.view', subject: `case-old-${n}` });
  if (pick(25) === 0) add(at + 60_000, 'probe', { address: who.address ?? null, subject: ['/favicon.ico', '/old/index.html', '/zhengwu'][pick(3)] ?? '/' });
  if (pick(200) === 0) add(at + 90_000, 'injection', { ...who, operation: 'draft.save', detail: { pattern: 'sql', field: '/body/values/name' } });
};

/** A working day of normal traffic, several thousand observations in order of time. */
export const normalDay = (seed = 20_261_118): Kept[] => {
  const found: Observation[] = [];
  const day: Day = { start: Date.parse('2026-11-18T00:00:00Z'), pick: seeded(seed), add: (at, kind, known) => found.push(observation({ ...known, at, kind })) };
  for (let n = 0; n < CLERKS; n++) clerk(day, n);
  for (let n = 0; n < 3; n++) supervisor(day, CLERKS + n);
  for (let n = 0; n < CITIZENS; n++) citizen(day, n);
  // The system administrator moves a colleague in the morning; nobody exports in that person's name.
  day.add(day.start + 3_600_000, 'rights', { ...office(99), person: accountNumber(5), operation: 'directory.assignPosts', subject: accountNumber(5) });
  return found.sort((a, b) => a.at - b.at).map((one, n) => ({ ...one, seq: n + 1 }));
};

