import { BpmnModdle } from 'bpmn-moddle';
import * as elements from 'bpmn-elements';
import serialize, { TypeResolver } from 'moddle-context-serializer';

/** The part of bpmn-elements' definition that is played here. */
interface Definition {
  broker: { subscribeTmp(exchange: string, pattern: string, heard: (key: string, message: { content: Waiting }) => void, options: object): void };
  run(): void;
  resume(): void;
  stop(): void;
  signal(message: { id: string }): void;
  getState(): unknown;
  recover(state: unknown): Definition;
  once(event: string, heard: () => void): void;
}

interface Waiting {
  id: string;
  type: string;
}

interface Elements {
  Context: new (source: unknown, environment: unknown) => unknown;
  Definition: new (context: unknown) => Definition;
  Environment: new (options: object) => unknown;
}

const { Context, Definition, Environment } = elements as unknown as Elements;
/** The file's only script, so that no time goes into an expression language. */
const scripts = {
  register: () => undefined,
  getScript: () => ({ execute: (_: unknown, callback: (error: null, result: number) => void) => callback(null, 2000) }),
};

export interface Theirs {
  inMemory(): void;
  stored(): void;
}

/** Plays the process on bpmn-elements: once kept in memory, once with its state as JSON between the steps. */
export async function loadTheirs(xml: string): Promise<Theirs> {
  const source = serialize((await new BpmnModdle().fromXML(xml)) as Parameters<typeof serialize>[0], TypeResolver(elements as Record<string, unknown>));
  const open = (): Definition => new Definition(new Context(source, new Environment({ scripts })));
  return { inMemory: () => playInMemory(open), stored: () => playStored(open) };
}

function hear(definition: Definition, waiting: string[]): () => boolean {
  let over = false;
  definition.broker.subscribeTmp('event', 'activity.wait', (_, { content }) => {
    if (content.type === 'bpmn:UserTask' && !waiting.includes(content.id)) waiting.push(content.id);
  }, { noAck: true });
  definition.once('leave', () => { over = true; });
  return () => over;
}

function playInMemory(open: () => Definition): void {
  const definition = open();
  const waiting: string[] = [];
  const isOver = hear(definition, waiting);
  definition.run();
  for (const id of waiting) definition.signal({ id });
  if (waiting.length !== 3 || !isOver()) throw new Error(`bpmn-elements stopped after ${waiting.join(', ')}`);
}

function playStored(open: () => Definition): void {
  const waiting: string[] = [];
  const first = open();
  let isOver = hear(first, waiting);
  first.run();
  first.stop();
  let state = JSON.stringify(first.getState());
  for (const id of waiting) {
    const definition = open().recover(JSON.parse(state));
    isOver = hear(definition, waiting);
    definition.resume();
    definition.signal({ id });
    definition.stop();
    state = JSON.stringify(definition.getState());
  }
  if (waiting.length !== 3 || !isOver()) throw new Error(`bpmn-elements stopped after ${waiting.join(', ')}`);
}
