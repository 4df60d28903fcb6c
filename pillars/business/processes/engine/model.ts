/** JSON values: everything that a process instance keeps survives a round trip through JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Variables = Readonly<Record<string, Json>>;

export type NodeKind =
  | 'process' | 'subprocess' | 'eventSubprocess' | 'transaction' | 'call'
  | 'start' | 'end' | 'catch' | 'throw' | 'boundary'
  | 'user' | 'service' | 'send' | 'receive' | 'script' | 'rule' | 'pass'
  | 'exclusive' | 'parallel' | 'inclusive' | 'eventGateway';

export type EventKind =
  | 'none' | 'timer' | 'message' | 'signal' | 'error' | 'escalation' | 'conditional' | 'link' | 'terminate' | 'compensation' | 'cancel';

/** FEEL text is kept as text; its parsed form is cached in the process (`feel.ts`), so that a definition is plain JSON. */
export interface EventSpec {
  readonly on: EventKind;
  /** Message or signal name; error or escalation code; link name. Undefined catches any code. */
  readonly name?: string;
  /** FEEL: the key by which one message finds one instance. */
  readonly correlation?: string;
  readonly timer?: TimerSpec;
  /** FEEL condition of a conditional event. */
  readonly condition?: string;
  /** The activity that a compensation throw names. */
  readonly activity?: number;
  /** Target of a link throw. */
  readonly target?: number;
  /** Process variable that receives an error's or escalation's code. */
  readonly codeVariable?: string;
}

/** ISO 8601 text, or FEEL when it starts with `=`; working days are resolved by the caller's calendar. */
export interface TimerSpec {
  readonly type: 'date' | 'duration' | 'cycle' | 'workingDays';
  readonly text: string;
}

export interface TaskSpec {
  readonly stage?: string;
  readonly kind?: string;
  readonly department?: string;
  readonly post?: string;
  readonly outcomes?: readonly string[];
  readonly limit?: string;
  readonly outcomeVariable: string;
  readonly form?: string;
}

export interface LoopSpec {
  readonly type: 'parallel' | 'sequential' | 'standard';
  readonly collection?: string;
  readonly cardinality?: string;
  readonly elementVariable?: string;
  readonly outputCollection?: string;
  readonly outputElement?: string;
  readonly completionCondition?: string;
  readonly policy?: Policy;
  readonly loopCondition?: string;
  readonly testBefore?: boolean;
  readonly maximum?: number;
}

/** Countersigning: 会签 all, 或签 any, 依次 inTurn, 比例 share (of those who were asked). */
export type Policy = { readonly rule: 'all' | 'any' | 'inTurn' } | { readonly rule: 'share'; readonly share: number };

export interface Mapping {
  readonly name: string;
  readonly expression: string;
}

export interface Node {
  readonly index: number;
  readonly id: string;
  readonly name?: string;
  readonly kind: NodeKind;
  /** Index of the enclosing process or sub-process; -1 for the process itself. */
  readonly scope: number;
  /** Flow indexes. */
  readonly incoming: readonly number[];
  readonly outgoing: readonly number[];
  readonly default?: number;
  /** True when a token may simply follow the only outgoing flow. */
  readonly straight?: boolean;
  readonly event?: EventSpec;
  /** Boundary event: the activity it sits on. */
  readonly host?: number;
  /** Boundary or event sub-process start; false lets the work go on beside it. */
  readonly interrupting?: boolean;
  /** Event nodes that a token waiting here listens to. */
  readonly listens?: readonly number[];
  /** Scope: its plain start events. */
  readonly starts?: readonly number[];
  readonly task?: TaskSpec;
  readonly loop?: LoopSpec;
  readonly inputs?: readonly Mapping[];
  readonly outputs?: readonly Mapping[];
  readonly operation?: string;
  readonly decision?: string;
  readonly resultVariable?: string;
  readonly script?: string;
  /** Definition id called. */
  readonly called?: string;
  /** Handler that undoes this activity. */
  readonly compensation?: number;
  readonly isHandler?: boolean;
  /** Inclusive join: for every node, the bits of the incoming flows it reaches without passing the join. */
  readonly reach?: readonly number[];
}

export interface Flow {
  readonly index: number;
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly condition?: string;
}

/** One executable process, checked, frozen and JSON-able. `nodes[0]` is the process itself. */
export interface Definition {
  readonly id: string;
  readonly name?: string;
  readonly nodes: readonly Node[];
  readonly flows: readonly Flow[];
  readonly index: Readonly<Record<string, number>>;
  /** Inclusive joins; conditional events: looked at only when there are any. */
  readonly inclusive: readonly number[];
  readonly conditional: boolean;
}

/** Why a model is refused; `element` is the BPMN id. */
export interface Issue {
  readonly element: string;
  readonly rule: string;
  readonly reason: string;
}

export const nodeById = (definition: Definition, id: string): Node | undefined => {
  const index = definition.index[id];
  return index === undefined ? undefined : definition.nodes[index];
};
