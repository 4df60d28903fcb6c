import type { Flow, Issue, Node } from './model.ts';
import { idOf, type Element } from './bpmn.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A definition in the making. */
export interface Draft {
  nodes: Mutable<Node>[];
  flows: Mutable<Flow>[];
  index: Record<string, number>;
  issues: Issue[];
  /** The element each node came from. */
  elements: Element[];
}

export function refuse(draft: Draft, element: Element | string, rule: string, reason: string): void {
  draft.issues.push({ element: typeof element === 'string' ? element : idOf(element), rule, reason });
}
