import type { FeelCode } from '../feel/code.ts';
import type { Scope } from '../feel/scope.ts';
import type { Tests } from '../feel/tests.ts';

/** Why a model cannot be run as drawn, or (`warning`) what in it looks wrong. */
export interface Issue {
  severity: 'error' | 'warning';
  /** Id of the element, empty for the file as a whole. */
  element: string;
  rule: string;
  reason: string;
}

/** What an evaluation complains about; any one means the value must not be relied on. */
export interface DecisionWarning {
  /** Id of the element. */
  element: string;
  rule: string;
  message: string;
}

export type BaseType =
  | 'Any' | 'number' | 'integer' | 'string' | 'boolean' | 'date' | 'time' | 'date and time' | 'days and time duration' | 'years and months duration' | 'context' | 'function';

export interface FeelType {
  base: BaseType;
  collection: boolean;
  /** Components of a context. */
  fields?: Readonly<Record<string, FeelType>>;
  allowed?: Tests;
}

/** One evaluation in progress. */
export interface Run {
  /** Runs code for an element and keeps its complaints. */
  feel(element: string): (code: FeelCode, scope: Scope) => unknown;
  warn(element: string, rule: string, message: string): void;
  /** Counts a call into a function or decision; throws when they nest too deep. */
  enter<T>(work: () => T): T;
}

/** An expression of any kind, compiled. */
export type Logic = (scope: Scope, run: Run) => unknown;

/** What an element requires, as ids. */
export interface Requirements {
  readonly decisions: readonly string[];
  readonly inputs: readonly string[];
  /** Business knowledge models and decision services. */
  readonly knowledge: readonly string[];
}

export interface Decision {
  id: string;
  name: string;
  type: FeelType;
  logic: Logic;
  requires: Requirements;
}

export interface InputNode {
  id: string;
  name: string;
  type: FeelType;
}

export interface KnowledgeNode {
  id: string;
  name: string;
  parameters: readonly { name: string; type: FeelType }[];
  body: Logic;
  requires: Requirements;
}

export interface ServiceNode {
  id: string;
  name: string;
  outputs: readonly string[];
  /** Ids of decisions whose values the caller gives. */
  given: readonly string[];
  inputs: readonly string[];
}

/** A model that compiled. Evaluating it changes nothing in it. */
export interface DecisionModel {
  readonly name: string;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly inputs: ReadonlyMap<string, InputNode>;
  readonly knowledge: ReadonlyMap<string, KnowledgeNode>;
  readonly services: ReadonlyMap<string, ServiceNode>;
  /** Ids of decisions and services by name and by id. */
  readonly names: ReadonlyMap<string, string>;
}
