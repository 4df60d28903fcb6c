import type { Tx } from '@zhengwu/database';
import { kindOf, type Command, type Context, type Effect, type Rejection, type StartTimer } from './engine/command.ts';
import type { Definition } from './engine/model.ts';
import { revive } from './engine/compile.ts';
import { newState, step } from './engine/step.ts';
import type { State } from './engine/state.ts';
import { fail } from './errors.ts';
import { selectDefinitions, selectInstance, writeInstance, type InstanceWrite } from './store.ts';

/** What an instance needs of the world; `definitions` is the instance's own file unless given. */
export interface World {
  now: Date;
  decide?: Context['decide'];
  definitions?: Context['definitions'];
  /** UTC instant of a timer that counts working days. */
  dueOf(timer: StartTimer): string;
}

export interface Applied {
  state: State;
  /** For the caller to carry out: tasks, invocations, messages. Timers and subscriptions are kept here. */
  effects: readonly Effect[];
  rejection?: Rejection;
}

const known = new Map<string, { definition: Definition; byId: ReadonlyMap<string, Definition> }>();

/** The definition of this hash, read once for each process; throws `process.unknown`. */
export async function definitionOf(tx: Tx, hash: string): Promise<{ definition: Definition; byId: ReadonlyMap<string, Definition> }> {
  const found = known.get(hash);
  if (found) return found;
  const rows = (await selectDefinitions(tx, hash)).map((row) => ({ hash: row.hash, definition: revive(row.compiled) }));
  const definition = rows.find((row) => row.hash === hash)?.definition;
  if (!definition) throw fail('process.unknown', { id: hash });
  const made = { definition, byId: new Map(rows.map((row) => [row.definition.id, row.definition])) };
  known.set(hash, made);
  return made;
}

/** Effects that this module keeps itself, as one write. */
export function writeOf(instance: Pick<InstanceWrite, 'id' | 'definition' | 'version'>, state: State, effects: readonly Effect[], dueOf: World['dueOf']): InstanceWrite {
  const write: InstanceWrite = { ...instance, state, timers: [], cancelledTimers: [], subscriptions: [], cancelledSubscriptions: [] };
  for (const effect of effects) {
    switch (effect.type) {
      case 'startTimer':
        write.timers.push({ timer: effect.timer, due: effect.due ?? dueOf(effect), kind: kindOf(effect) });
        break;
      case 'cancelTimer':
        write.timers = write.timers.filter(({ timer }) => timer !== effect.timer);
        write.cancelledTimers.push(effect.timer);
        break;
      case 'subscribe':
        write.subscriptions.push({ subscription: effect.subscription, kind: effect.kind, name: effect.name, correlation: effect.correlation ?? null });
        break;
      case 'unsubscribe':
        write.subscriptions = write.subscriptions.filter(({ subscription }) => subscription !== effect.subscription);
        write.cancelledSubscriptions.push(effect.subscription);
        break;
      default:
    }
  }
  return write;
}

/** Begins an instance of the definition under the id of what it belongs to. */
export async function startInstance(tx: Tx, id: string, hash: string, command: Extract<Command, { type: 'start' }>, world: World): Promise<Applied> {
  return carry(tx, { id, definition: hash, version: null }, newState(), command, world);
}

/** One command on a stored instance, under its row lock. A rejection changes nothing. */
export async function applyCommand(tx: Tx, id: string, command: Command, world: World): Promise<Applied> {
  const row = await selectInstance(tx, id, true);
  if (!row) throw fail('process.unknown', { id });
  return carry(tx, row, row.state, command, world);
}

async function carry(tx: Tx, instance: Pick<InstanceWrite, 'id' | 'definition' | 'version'>, from: State, command: Command, world: World): Promise<Applied> {
  const { definition, byId } = await definitionOf(tx, instance.definition);
  const context: Context = { now: world.now, decide: world.decide, definitions: world.definitions ?? ((called) => byId.get(called)) };
  const { state, effects, rejection } = step(definition, from, command, context);
  if (rejection) return { state, effects, rejection };
  const write = writeOf({ id: instance.id, definition: instance.definition, version: instance.version }, state, effects, world.dueOf);
  if (command.type === 'fireTimer') write.cancelledTimers.push(command.timer);
  await writeInstance(tx, write);
  return { state, effects };
}
