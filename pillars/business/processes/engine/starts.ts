import type { Definition, EventSpec } from './model.ts';

export interface StartEvent {
  readonly id: string;
  readonly event: EventSpec;
}

/** How the process may begin: whoever keeps its timers, messages and signals starts it with `{ type: 'start', at: id }`. */
export const startEvents = (definition: Definition): readonly StartEvent[] =>
  (definition.nodes[0]?.starts ?? []).flatMap((index) => {
    const node = definition.nodes[index];
    return node ? [{ id: node.id, event: node.event ?? { on: 'none' } }] : [];
  });
