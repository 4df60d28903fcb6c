import type { LoopSpec, Mapping, Node, Policy, TaskSpec } from './model.ts';
import { refuse, type Draft, type Mutable } from './draft.ts';
import { body, child, extensions, flag, text, type, type Element } from './bpmn.ts';
import { checkProperties } from './allowed.ts';
import { messageOf } from './event-spec.ts';

/** Fills in what an activity does. */
export function activitySpec(draft: Draft, node: Mutable<Node>, element: Element): void {
  const loop = child(element, 'loopCharacteristics');
  if (loop) node.loop = loopSpec(draft, element, loop);
  node.inputs = mappings(draft, element, 'Input');
  node.outputs = mappings(draft, element, 'Output');
  if (node.inputs.length === 0) delete node.inputs;
  if (node.outputs.length === 0) delete node.outputs;
  if (flag(element, 'isForCompensation')) node.isHandler = true;
  node.resultVariable = text(element, 'zhengwu:resultVariable');
  workSpec(draft, node, element);
}

function workSpec(draft: Draft, node: Mutable<Node>, element: Element): void {
  switch (node.kind) {
    case 'user':
      node.task = taskSpec(draft, element);
      break;
    case 'service':
      node.operation = need(draft, element, text(element, 'zhengwu:operation'), 'zhengwu:operation');
      break;
    case 'send':
      node.operation = text(element, 'zhengwu:operation');
      if (!node.operation) node.event = { on: 'message', ...messageOf(draft, element, element) };
      break;
    case 'receive':
      node.event = { on: 'message', ...messageOf(draft, element, element) };
      break;
    case 'script':
      node.script = need(draft, element, text(element, 'script')?.trim(), 'script');
      if (!/^feel$|^$|\/feel$/i.test(text(element, 'scriptFormat') ?? '')) refuse(draft, element, 'script.format', 'scripts are written in FEEL');
      break;
    case 'rule':
      node.decision = need(draft, element, text(element, 'zhengwu:decision'), 'zhengwu:decision');
      break;
    case 'call':
      node.called = need(draft, element, text(element, 'calledElement'), 'calledElement');
      break;
    default:
  }
}

function need(draft: Draft, element: Element, value: string | undefined, what: string): string {
  if (!value) refuse(draft, element, 'reference.missing', `${type(element)} needs ${what}`);
  return value ?? '';
}

const STAGES = ['accept', 'review', 'approve', 'close', 'deliver'];
const KINDS = ['accept', 'review', 'decide', 'countersign', 'handle', 'applicant'];

function taskSpec(draft: Draft, element: Element): TaskSpec {
  const at = (name: string): string | undefined => text(element, `zhengwu:${name}`);
  const [stage, kind, limit] = [at('stage'), at('kind'), at('limit')];
  if (stage && !STAGES.includes(stage)) refuse(draft, element, 'task.stage', `${stage} is none of ${STAGES.join(', ')}`);
  if (kind && !KINDS.includes(kind)) refuse(draft, element, 'task.kind', `${kind} is none of ${KINDS.join(', ')}`);
  if (limit && !/^(\d+|P(?=.)[\dYMWDTHS.]+)$/.test(limit)) refuse(draft, element, 'task.limit', `${limit} is neither working days nor an ISO duration`);
  const spec: TaskSpec = {
    stage, kind, limit,
    department: at('department'),
    post: at('post'),
    form: at('form'),
    outcomes: at('outcomes')?.split(',').map((outcome) => outcome.trim()).filter(Boolean),
    outcomeVariable: at('outcomeVariable') ?? 'outcome',
  };
  return spec;
}

function mappings(draft: Draft, element: Element, kind: 'Input' | 'Output'): Mapping[] {
  return extensions(element, kind).flatMap((mapping) => {
    const [name, expression] = [text(mapping, 'name'), text(mapping, 'expression')];
    if (name && expression) return [{ name, expression }];
    refuse(draft, element, 'mapping.incomplete', `zhengwu:${kind.toLowerCase()} needs a name and an expression`);
    return [];
  });
}

function loopSpec(draft: Draft, element: Element, loop: Element): LoopSpec {
  checkProperties(draft, loop);
  if (type(loop) === 'StandardLoopCharacteristics') return standardLoop(draft, element, loop);
  const collection = text(loop, 'zhengwu:collection');
  const cardinality = body(loop, 'loopCardinality');
  if (!collection === !cardinality) refuse(draft, element, 'loop.collection', 'a multi-instance needs either zhengwu:collection or loopCardinality');
  const policy = policyOf(draft, element, text(loop, 'zhengwu:policy') ?? text(element, 'zhengwu:policy'));
  const inTurn = policy?.rule === 'inTurn';
  const outputs = [text(loop, 'zhengwu:outputCollection'), text(loop, 'zhengwu:outputElement')] as const;
  if (!outputs[0] !== !outputs[1]) refuse(draft, element, 'loop.output', 'zhengwu:outputCollection and zhengwu:outputElement go together');
  return {
    type: flag(loop, 'isSequential') || inTurn ? 'sequential' : 'parallel',
    collection, cardinality, policy,
    elementVariable: text(loop, 'zhengwu:elementVariable'),
    outputCollection: outputs[0],
    outputElement: outputs[1],
    completionCondition: body(loop, 'completionCondition'),
  };
}

function standardLoop(draft: Draft, element: Element, loop: Element): LoopSpec {
  const loopCondition = body(loop, 'loopCondition');
  const maximum = loop.get('loopMaximum');
  if (!loopCondition) refuse(draft, element, 'loop.condition', 'a standard loop needs a loopCondition');
  return { type: 'standard', loopCondition, testBefore: flag(loop, 'testBefore'), maximum: maximum === undefined ? undefined : Number(maximum) };
}

function policyOf(draft: Draft, element: Element, value: string | undefined): Policy | undefined {
  if (!value) return undefined;
  if (value === 'all' || value === 'any' || value === 'inTurn') return { rule: value };
  const share = Number(/^share:(.+)$/.exec(value)?.[1]);
  if (share > 0 && share <= 1) return { rule: 'share', share };
  refuse(draft, element, 'loop.policy', `${value} is none of all, any, inTurn and share:0.5`);
  return undefined;
}
