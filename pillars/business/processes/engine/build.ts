import type { Node, NodeKind } from './model.ts';
import { refuse, type Draft, type Mutable } from './draft.ts';
import { body, child, children, flag, idOf, text, type, type Element } from './bpmn.ts';
import { checkProperties, isDrawn } from './allowed.ts';
import { eventSpec, isInterrupting } from './event-spec.ts';
import { activitySpec } from './task-spec.ts';

const KIND: Readonly<Record<string, NodeKind>> = {
  StartEvent: 'start', EndEvent: 'end', IntermediateCatchEvent: 'catch', IntermediateThrowEvent: 'throw', BoundaryEvent: 'boundary',
  UserTask: 'user', ManualTask: 'pass', Task: 'pass', ServiceTask: 'service', SendTask: 'send', ReceiveTask: 'receive',
  ScriptTask: 'script', BusinessRuleTask: 'rule', CallActivity: 'call', SubProcess: 'subprocess', Transaction: 'transaction',
  ExclusiveGateway: 'exclusive', ParallelGateway: 'parallel', InclusiveGateway: 'inclusive', EventBasedGateway: 'eventGateway',
};

const ACTIVITIES = new Set<NodeKind>(['user', 'pass', 'service', 'send', 'receive', 'script', 'rule', 'call', 'subprocess', 'transaction', 'eventSubprocess']);
export const isActivity = (kind: NodeKind): boolean => ACTIVITIES.has(kind);

/** Turns a process and everything in it into nodes and flows. */
export function buildProcess(draft: Draft, process: Element): void {
  checkProperties(draft, process);
  addNode(draft, process, 'process', -1);
  addChildren(draft, process, 0);
  const scopes = draft.elements.filter((element) => element.get('flowElements') !== undefined);
  for (const scope of scopes) addFlows(draft, scope);
  for (const node of draft.nodes) connect(draft, node);
  for (const scope of scopes) connectHandlers(draft, scope);
}

function addNode(draft: Draft, element: Element, kind: NodeKind, scope: number): Mutable<Node> {
  const node: Mutable<Node> = { index: draft.nodes.length, id: idOf(element), name: text(element, 'name'), kind, scope, incoming: [], outgoing: [] };
  if (draft.index[node.id] !== undefined) refuse(draft, element, 'id.duplicate', `the id ${node.id} is used twice`);
  draft.index[node.id] = node.index;
  draft.nodes.push(node);
  draft.elements.push(element);
  return node;
}

function addChildren(draft: Draft, container: Element, scope: number): void {
  for (const element of children(container, 'flowElements')) {
    if (type(element) === 'SequenceFlow' || isDrawn(element)) continue;
    checkProperties(draft, element);
    const kind = kindOf(element);
    if (!kind) continue;
    const node = addNode(draft, element, kind, scope);
    if (isActivity(kind)) activitySpec(draft, node, element);
    else if (!kind.match(/Gateway|exclusive|parallel|inclusive/)) node.event = eventSpec(draft, element);
    if (element.get('flowElements') !== undefined && isScope(kind)) addChildren(draft, element, node.index);
  }
}

export const isScope = (kind: NodeKind): boolean => kind === 'process' || kind === 'subprocess' || kind === 'transaction' || kind === 'eventSubprocess';

function kindOf(element: Element): NodeKind | undefined {
  const kind = KIND[type(element)];
  return kind === 'subprocess' && flag(element, 'triggeredByEvent') ? 'eventSubprocess' : kind;
}

function addFlows(draft: Draft, scope: Element): void {
  for (const element of children(scope, 'flowElements')) {
    if (type(element) !== 'SequenceFlow') continue;
    checkProperties(draft, element);
    const [from, to] = [nodeAt(draft, element, 'sourceRef'), nodeAt(draft, element, 'targetRef')];
    if (!from || !to) {
      refuse(draft, element, 'flow.dangling', 'the flow does not join two elements of this process');
      continue;
    }
    if (from.scope !== to.scope) refuse(draft, element, 'flow.scope', 'a sequence flow may not cross the border of a sub-process');
    const index = draft.flows.length;
    draft.flows.push({ index, id: idOf(element), from: from.index, to: to.index, condition: body(element, 'conditionExpression') });
    from.outgoing = [...from.outgoing, index];
    to.incoming = [...to.incoming, index];
    if (child(draft.elements[from.index] as Element, 'default') === element) from.default = index;
  }
}

function nodeAt(draft: Draft, element: Element, reference: string): Mutable<Node> | undefined {
  const target = child(element, reference);
  const index = target?.id === undefined ? undefined : draft.index[target.id];
  return index === undefined ? undefined : draft.nodes[index];
}

/** Ties boundary events to hosts, starts to scopes, events to gateways, links to their targets. */
function connect(draft: Draft, node: Mutable<Node>): void {
  const element = draft.elements[node.index] as Element;
  const scope = draft.nodes[node.scope];
  if (node.kind === 'boundary' && node.event) {
    const host = nodeAt(draft, element, 'attachedToRef');
    if (!host || !isActivity(host.kind)) return refuse(draft, element, 'boundary.host', 'a boundary event needs an activity to sit on');
    node.host = host.index;
    node.interrupting = isInterrupting(draft, element, node.event);
    if (node.event.on !== 'compensation') listen(host, node);
  } else if (node.kind === 'start' && scope) {
    if (scope.kind === 'eventSubprocess') startOfEventSubprocess(draft, node, scope);
    else scope.starts = [...(scope.starts ?? []), node.index];
  } else if (node.kind === 'eventGateway') {
    for (const flow of node.outgoing) listen(node, draft.nodes[draft.flows[flow]?.to ?? 0] as Node);
  } else if (node.kind === 'receive' || (node.kind === 'catch' && node.event?.on !== 'link')) listen(node, node);
  if (node.event?.on === 'compensation' && node.event.name) compensated(draft, node);
  if (node.kind === 'throw' && node.event?.on === 'link') linkTarget(draft, node);
}

function listen(listener: Mutable<Node>, event: Node): void {
  const others = listener.listens ?? [];
  // Event sub-processes come before boundary events: the inner catcher has the first say.
  listener.listens = event.kind === 'start' ? [event.index, ...others] : [...others, event.index];
}

function startOfEventSubprocess(draft: Draft, node: Mutable<Node>, scope: Mutable<Node>): void {
  node.interrupting = isInterrupting(draft, draft.elements[node.index] as Element, node.event ?? { on: 'none' });
  scope.starts = [...(scope.starts ?? []), node.index];
  const outer = draft.nodes[scope.scope];
  if (outer) listen(outer, node);
}

function compensated(draft: Draft, node: Mutable<Node>): void {
  const activity = draft.index[node.event?.name ?? ''];
  if (activity === undefined) refuse(draft, node.id, 'reference.dangling', `there is no activity ${node.event?.name}`);
  else node.event = { on: 'compensation', activity };
}

function linkTarget(draft: Draft, node: Mutable<Node>): void {
  const targets = draft.nodes.filter((other) => other.kind === 'catch' && other.event?.on === 'link' && other.event.name === node.event?.name && other.scope === node.scope);
  if (targets.length !== 1) return refuse(draft, node.id, 'link.target', `${targets.length} link catch events are called ${node.event?.name}; there must be one`);
  node.event = { on: 'link', name: node.event?.name, target: targets[0]?.index };
}

/** A compensation boundary event is tied to its handler by an association. */
function connectHandlers(draft: Draft, scope: Element): void {
  for (const association of children(scope, 'artifacts')) {
    if (type(association) !== 'Association') continue;
    const [from, to] = [nodeAt(draft, association, 'sourceRef'), nodeAt(draft, association, 'targetRef')];
    if (from?.kind !== 'boundary' || from.event?.on !== 'compensation' || !to) continue;
    if (!to.isHandler) refuse(draft, to.id, 'compensation.handler', 'the handler must be marked isForCompensation');
    const host = draft.nodes[from.host ?? 0];
    if (host) host.compensation = to.index;
  }
}
