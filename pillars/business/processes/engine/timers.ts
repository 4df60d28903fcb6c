import type { Node } from './model.ts';
import { Incident } from './feel.ts';
import { timerId, type Run } from './run.ts';
import type { Token } from './state.ts';
import { textAt } from './variables.ts';
import { nodeAt, definitionOf } from './run.ts';

/** Starts the timer of `event` for the token. Dates and durations become UTC instants; working days stay a count. */
export function startTimer(run: Run, token: Token, event: Node): void {
  const spec = event.event?.timer;
  if (!spec) return;
  const text = textAt(run, token.i, spec.text) ?? '';
  const timer = { type: 'startTimer', timer: timerId(token, event), token: token.i, element: nodeAt(definitionOf(run, token.i), event.index).id } as const;
  switch (spec.type) {
    case 'workingDays': return void run.effects.push({ ...timer, workingDays: count(text) });
    case 'date': return void run.effects.push({ ...timer, due: instant(text), dated: true });
    case 'duration': return void run.effects.push({ ...timer, due: addDuration(run.now, text) });
    case 'cycle': return void run.effects.push({ ...timer, due: addDuration(run.now, cycleOf(text).every) });
  }
}

/** True while a cycle that fired `fired` times has more to come. */
export function repeats(run: Run, token: Token, event: Node, fired: number): boolean {
  const spec = event.event?.timer;
  if (spec?.type !== 'cycle') return false;
  const { times } = cycleOf(textAt(run, token.i, spec.text) ?? '');
  return times === undefined || fired < times;
}

/** A cycle's parts; throws `Incident` when the text is none. */
export function cycleOf(text: string): { times?: number; every: string } {
  const match = /^R(\d*)\/(P.+)$/.exec(text);
  if (!match?.[2]) throw new Incident(`${text} is not a cycle such as R3/PT1H`);
  return { times: match[1] ? Number(match[1]) : undefined, every: match[2] };
}

function count(text: string): number {
  if (!/^\d+$/.test(text)) throw new Incident(`${text} is not a number of working days`);
  return Number(text);
}

function instant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Incident(`${text} is not a date and time`);
  return new Date(time).toISOString();
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

interface Duration {
  readonly months: number;
  readonly milliseconds: number;
}

const durations = new Map<string, Duration>();

/** Parsed once for each text; throws `Incident` when it is no ISO 8601 duration. */
function durationOf(text: string): Duration {
  const known = durations.get(text);
  if (known) return known;
  const match = DURATION.exec(text);
  if (!match || text.endsWith('P') || text.endsWith('T')) throw new Incident(`${text} is not a duration`);
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const made = { months: years * 12 + months, milliseconds: (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000 };
  if (durations.size < 1000) durations.set(text, made);
  return made;
}

let last = { text: '', time: NaN };

/** Commands come in bursts with the same time: parsed once. */
function timeOf(text: string): number {
  if (last.text !== text) last = { text, time: Date.parse(text) };
  return last.time;
}

/** `now` plus an ISO 8601 duration, in UTC; months end on their last day when they are shorter. */
export function addDuration(now: string, text: string): string {
  const { months, milliseconds } = durationOf(text);
  const date = new Date(timeOf(now));
  if (months) {
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + months);
    date.setUTCDate(Math.min(day, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()));
  }
  return new Date(date.getTime() + milliseconds).toISOString();
}
