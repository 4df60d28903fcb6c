import type { Database, Tx } from '@zhengwu/database';
import { key } from '@zhengwu/module';
import { nameDefinitions, type NamedDefinition } from './definitions.ts';
import type { Definition, Json } from './engine/model.ts';
import { definitionOf } from './instances.ts';
import { insertDefinition, selectDiagram, selectSubscribers, type Diagram } from './store.ts';
import { activateStarts, announce, type Announcement, type InForce, type Surroundings } from './starts.ts';
import type { TimerHandler } from './timers.ts';
import { fail } from './errors.ts';

/** What the module offers to others. */
export interface Processes {
  /** Compiles and stores a BPMN file, once; throws `process.refused`. */
  keep(xml: string): Promise<NamedDefinition[]>;
  /** By hash; throws `process.unknown`. */
  definition(hash: string): Promise<Definition>;
  /** Who carries out due timers. There is one owner of instances; a second one is a fault of the programme. */
  onTimer(handler: TimerHandler): void;
  /**
   * Puts the start events (timer, message, signal, condition) of exactly these definitions in force, in place of the ones before.
   * `surroundings`: what instances need that begin by themselves.
   */
  activate(inForce: readonly InForce[], now: Date, surroundings: Surroundings): Promise<void>;
  /** Begins the processes that a message or signal starts; answers how many. */
  announce(tx: Tx, announcement: Announcement, now: Date): Promise<number>;
  /** Instances that wait for this message or signal. */
  subscribers(tx: Tx, kind: 'message' | 'signal', name: string, correlation?: Json): Promise<string[]>;
  /** The model as BPMN XML, with the ids of the elements where it stands; throws `process.unknown`. */
  diagram(tx: Tx, instance: string): Promise<Diagram>;
}

export const Processes = key<Processes>('processes');

export interface OpenProcesses extends Processes {
  timerHandler(): TimerHandler | undefined;
  /** Undefined until start events were put in force. */
  surroundings(): Surroundings | undefined;
}

export function openProcesses(database: Database): OpenProcesses {
  let handler: TimerHandler | undefined;
  let surroundings: Surroundings | undefined;
  return {
    keep: async (xml) => {
      const named = await nameDefinitions(xml);
      await database.as(database.system, async (tx) => {
        for (const one of named) await insertDefinition(tx, one);
      });
      return named;
    },
    definition: (hash) => database.as(database.system, async (tx) => (await definitionOf(tx, hash)).definition),
    onTimer: (given) => {
      if (handler) throw new Error('timers have an owner already');
      handler = given;
    },
    activate: (inForce, now, given) => {
      surroundings = given;
      return database.as(database.system, (tx) => activateStarts(tx, inForce, now, given.dueOf));
    },
    announce: (tx, announcement, now) => (surroundings ? announce(tx, announcement, now, surroundings) : Promise.resolve(0)),
    surroundings: () => surroundings,
    subscribers: selectSubscribers,
    diagram: (tx, instance) => diagramOf(tx, instance),
    timerHandler: () => handler,
  };
}

async function diagramOf(tx: Tx, instance: string): Promise<Diagram> {
  const diagram = await selectDiagram(tx, instance);
  if (!diagram) throw fail('process.unknown', { id: instance });
  return diagram;
}
