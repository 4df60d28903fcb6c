import type { Database, Tx } from '@zhengwu/database';
import { events } from '@zhengwu/events';
import { uuidv7 } from '@zhengwu/ids';
import type { Log } from '@zhengwu/log';
import type { Effect, StartTimer } from './engine/command.ts';
import { feel, Incident } from './engine/feel.ts';
import type { Definition, Variables } from './engine/model.ts';
import { startEvents } from './engine/starts.ts';
import { addDuration, cycleOf } from './engine/timers.ts';
import { fail } from './errors.ts';
import { applyCommand, definitionOf, startInstance, type World } from './instances.ts';
import { selectSubscribers } from './store.ts';
import { hasBegun, insertBegun, replaceStarts, restStart, selectStarts, takeDueStart, updateStart, type StartRow } from './store-starts.ts';

/** A definition that is in force; `owner` (a pack) and its process id name it through all its versions. */
export interface InForce {
  owner: string;
  hash: string;
}

/** What self-begun instances need of the world. */
export type Surroundings = Pick<World, 'decide' | 'dueOf'>;

/** A message or signal for whoever waits for it. The same key begins each process once. */
export interface Announcement {
  kind: 'message' | 'signal';
  name: string;
  key: string;
  variables?: Variables;
}

/** How often conditions of start events are looked at. */
const LOOK = 'PT1M';
const BATCH = 50;

const nothing = (): undefined => undefined;
const textOf = (text: string, now: Date): string => (text.startsWith('=') ? String(feel(text)(nothing, now.toISOString())) : text);

/** First time of a start, counted from its activation; a date that has passed starts nothing. */
const firstDue = (spec: StartRow['spec'], now: Date, dueOf: World['dueOf']): string | null => {
  if (spec.condition !== undefined) return now.toISOString();
  if (!spec.timer) return null;
  const text = textOf(spec.timer.text, now);
  switch (spec.timer.type) {
    case 'date': return Date.parse(text) < now.getTime() ? null : new Date(text).toISOString();
    case 'duration': return addDuration(now.toISOString(), text);
    case 'cycle': return addDuration(now.toISOString(), cycleOf(text).every);
    case 'workingDays': return dueOf({ type: 'startTimer', timer: 'start', token: 0, element: '', workingDays: Number(text) } satisfies StartTimer);
  }
};

const rowsOf = (definition: Definition, { owner, hash }: InForce, now: Date, dueOf: World['dueOf']): Omit<StartRow, 'fired' | 'held'>[] =>
  startEvents(definition).flatMap(({ id, event }) => {
    const { on } = event;
    if (on !== 'timer' && on !== 'message' && on !== 'signal' && on !== 'conditional') return [];
    const spec = { timer: event.timer, condition: event.condition };
    return [{ process: `${owner}/${definition.id}`, element: id, definition: hash, kind: on, name: event.name ?? null, spec, due: firstDue(spec, now, dueOf) }];
  });

/** Puts the start events of exactly these definitions in force. Repeating it changes nothing. */
export const activateStarts = async (tx: Tx, inForce: readonly InForce[], now: Date, dueOf: World['dueOf']): Promise<void> => {
  const rows = [];
  for (const one of inForce) rows.push(...rowsOf((await definitionOf(tx, one.hash)).definition, one, now, dueOf));
  await tx.query("select pg_advisory_xact_lock(hashtextextended('processes.start', 0))");
  await replaceStarts(tx, rows);
};

/** What an instance without a case asks for: messages and signals go on; work for people or a case has no owner. */
export const carryAlone = async (tx: Tx, instance: string, effects: readonly Effect[]): Promise<void> => {
  for (const effect of effects) {
    if (effect.type === 'openTask' || effect.type === 'invoke') throw fail('process.no-case', { element: effect.element });
    if (effect.type !== 'sendMessage' && effect.type !== 'sendSignal') continue;
    const { name, variables } = effect;
    await events.append(tx, { type: effect.type === 'sendSignal' ? 'process.signal' : 'process.message', subject: instance, payload: { name, variables } });
  }
};

const begin = async (tx: Tx, row: StartRow, cause: string, variables: Variables, now: Date, around: Surroundings): Promise<boolean> => {
  const instance = uuidv7();
  if (!(await insertBegun(tx, row, cause, instance))) return false;
  const { effects, rejection } = await startInstance(tx, instance, row.definition, { type: 'start', at: row.element, variables }, { ...around, now });
  if (rejection) throw new Incident(rejection.detail);
  await carryAlone(tx, instance, effects);
  return true;
};

/** The row after its timer: the next time counts from the one before, so that a late worker shifts nothing. */
const afterTimer = (row: StartRow, now: Date): StartRow => {
  const fired = row.fired + 1;
  if (row.spec.timer?.type !== 'cycle' || row.due === null) return { ...row, fired, due: null };
  const { every, times } = cycleOf(textOf(row.spec.timer.text, now));
  return { ...row, fired, due: times !== undefined && fired >= times ? null : addDuration(new Date(row.due).toISOString(), every) };
};

const fireOne = async (tx: Tx, row: StartRow, now: Date, around: Surroundings): Promise<boolean> => {
  const due = new Date(row.due ?? now).toISOString();
  if (row.spec.condition === undefined) {
    const begun = await begin(tx, row, `${due} ${JSON.stringify(row.spec)}`, {}, now, around);
    await updateStart(tx, afterTimer(row, now));
    return begun;
  }
  const holds = feel(row.spec.condition)(nothing, now.toISOString()) === true;
  const begun = holds && !row.held && (await begin(tx, row, due, {}, now, around));
  await updateStart(tx, { ...row, held: holds, fired: row.fired + (begun ? 1 : 0), due: addDuration(now.toISOString(), LOOK) });
  return begun;
};

/**
 * Begins an instance for every start that is due, each in one transaction with its next time; answers how many began.
 * Safe in several processes at once; times missed while nobody ran are made up, one by one.
 */
export const fireDueStarts = async (database: Database, now: Date, around: Surroundings, log: Pick<Log, 'error'>, signal?: AbortSignal): Promise<number> => {
  let begun = 0;
  for (let done = 0; done < BATCH && !signal?.aborted; done += 1) {
    let row: StartRow | undefined;
    try {
      const found = await database.as(database.system, async (tx) => {
        row = await takeDueStart(tx, now);
        return row && { begun: await fireOne(tx, row, now, around) };
      });
      if (!found) break;
      if (found.begun) begun += 1;
    } catch (error) {
      const failed = row;
      if (!failed) throw error;
      log.error({ error, process: failed.process, element: failed.element }, 'a process could not begin and will be tried again');
      await database.as(database.system, (tx) => restStart(tx, failed, now));
    }
  }
  return begun;
};

/** Begins every process that this message or signal starts; answers how many began. */
export const announce = async (tx: Tx, { kind, name, key, variables = {} }: Announcement, now: Date, around: Surroundings): Promise<number> => {
  let begun = 0;
  for (const row of await selectStarts(tx, kind, name)) if (await begin(tx, row, key, variables, now, around)) begun += 1;
  return begun;
};

/** A timer of an instance that began by itself. */
export const fireAlone = async (tx: Tx, instance: string, timer: string, now: Date, around: Surroundings): Promise<void> => {
  const { effects, rejection } = await applyCommand(tx, instance, { type: 'fireTimer', timer }, { ...around, now });
  if (rejection?.code === 'incident') throw new Incident(rejection.detail);
  await carryAlone(tx, instance, effects);
};

/** A signal for the instances that began by themselves and wait for it; the one that threw it has heard it already. */
export const hearAlone = async (tx: Tx, name: string, variables: Variables | undefined, thrower: string, now: Date, around: Surroundings): Promise<void> => {
  for (const instance of await selectSubscribers(tx, 'signal', name, undefined)) {
    if (instance === thrower || !(await hasBegun(tx, instance))) continue;
    const { effects, rejection } = await applyCommand(tx, instance, { type: 'broadcastSignal', name, variables }, { ...around, now });
    if (rejection?.code === 'incident') throw new Incident(rejection.detail);
    await carryAlone(tx, instance, effects);
  }
};
