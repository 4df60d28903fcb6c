import { compile } from './compile.ts';
import type { Command, Context, Effect, OpenTask, Refusal } from './command.ts';
import type { Definition, Issue, Variables } from './model.ts';
import { newState, step } from './step.ts';
import type { State } from './state.ts';

/** What tests share: BPMN in short, and an instance that is played by element names. */
export const NOW = '2026-11-23T01:00:00.000Z';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zhengwu="http://zhengwu.example/bpmn" id="d" targetNamespace="t">`;

export const file = (content: string): string => `${HEAD}${content}</definitions>`;

/** `a>b, b>c`; a condition follows in braces: `a>b{x = 1}`. */
export const flows = (text: string): string =>
  text.split(',').map((part) => {
    const [, from = '', to = '', condition] = /^\s*(\w+)>(\w+)(?:\{(.*)\})?\s*$/s.exec(part) ?? [];
    const inner = condition ? `<conditionExpression xsi:type="tFormalExpression">${condition.replace(/</g, '&lt;')}</conditionExpression>` : '';
    return `<sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${inner}</sequenceFlow>`;
  }).join('');

/** A process with start `s` and end `e`, besides what is given. */
export const process = (elements: string, flow: string, roots = ''): string =>
  file(`${roots}<process id="p" isExecutable="true"><startEvent id="s"/>${elements}<endEvent id="e"/>${flows(flow)}</process>`);

export const user = (id: string, attributes = '', inner = ''): string => `<userTask id="${id}" ${attributes}>${inner}</userTask>`;

export async function issuesOf(xml: string): Promise<readonly Issue[]> {
  return (await compile(xml)).issues;
}

export async function definitionsOf(xml: string): Promise<readonly Definition[]> {
  const { definitions, issues } = await compile(xml);
  if (issues.length > 0) throw new Error(JSON.stringify(issues, null, 1));
  return definitions;
}

/** An instance in play. Every state passes through JSON and is frozen, so that a step which changed it would throw. */
export class Play {
  readonly definitions: readonly Definition[];
  readonly context: Context;
  state: State = newState();
  effects: readonly Effect[] = [];
  readonly log: Effect[] = [];
  readonly fired = new Set<string>();

  constructor(definitions: readonly Definition[], context: Partial<Context> = {}) {
    this.definitions = definitions;
    this.context = { now: NOW, definitions: (id) => definitions.find((definition) => definition.id === id), ...context };
  }

  do(command: Command): this {
    const refusal = this.refused(command);
    if (refusal) throw new Error(`${command.type} was refused: ${refusal}`);
    return this;
  }

  refused(command: Command): Refusal | undefined {
    const result = step(this.definitions[0] as Definition, deepFreeze(JSON.parse(JSON.stringify(this.state))), command, this.context);
    this.state = result.state;
    this.effects = result.effects;
    this.log.push(...result.effects);
    if (command.type === 'fireTimer' && !result.rejection) this.fired.add(command.timer);
    return result.rejection?.code;
  }

  get tasks(): OpenTask[] {
    const open = new Map<number, OpenTask>();
    for (const effect of this.log) {
      if (effect.type === 'openTask') open.set(effect.token, effect);
      if (effect.type === 'closeTask') open.delete(effect.token);
    }
    return [...open.values()];
  }

  /** Elements of the open tasks, sorted. */
  get open(): string[] {
    return this.tasks.map((task) => task.element).sort();
  }

  token(element: string): number {
    const task = this.tasks.find((open) => open.element === element);
    if (!task) throw new Error(`${element} is not open; open: ${this.open.join(', ')}`);
    return task.token;
  }

  complete(element: string, outcome?: string, variables?: Variables): this {
    return this.do({ type: 'completeTask', token: this.token(element), outcome, variables });
  }

  /** Timers that run, by element. */
  get timers(): Record<string, string> {
    const running: Record<string, string> = {};
    const ended = new Map<string, string>();
    for (const effect of this.log) {
      if (effect.type === 'startTimer') {
        running[effect.element] = effect.timer;
        ended.set(effect.timer, effect.element);
      }
      if (effect.type === 'cancelTimer') delete running[ended.get(effect.timer) ?? ''];
    }
    return Object.fromEntries(Object.entries(running).filter(([, timer]) => !this.fired.has(timer)));
  }

  /** Timers that were started and neither fired nor ended. */
  get left(): string[] {
    const left = new Set(this.of('startTimer').map(({ timer }) => timer));
    for (const { timer } of this.of('cancelTimer')) left.delete(timer);
    return [...left].filter((timer) => !this.fired.has(timer));
  }

  fire(element: string): this {
    return this.do({ type: 'fireTimer', timer: this.timers[element] ?? '' });
  }

  /** Subscriptions that run. */
  get subscriptions(): string[] {
    const running = new Set<string>();
    for (const effect of this.log) {
      if (effect.type === 'subscribe') running.add(effect.subscription);
      if (effect.type === 'unsubscribe') running.delete(effect.subscription);
    }
    return [...running];
  }

  of<T extends Effect['type']>(type: T): Extract<Effect, { type: T }>[] {
    return this.log.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type);
  }

  get variables(): Variables {
    return this.state.t[0]?.v ?? {};
  }
}

export async function play(xml: string, variables: Variables = {}, context?: Partial<Context>): Promise<Play> {
  return new Play(await definitionsOf(xml), context).do({ type: 'start', variables });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
