import type { Node } from './model.ts';
import { refuse, type Draft } from './draft.ts';
import { feel, Incident } from './feel.ts';
import { isActivity, isScope } from './build.ts';
import { edges } from './reachability.ts';

/** Refuses what could never run, would wait for ever or would be silently ignored. */
export function checkProcess(draft: Draft): void {
  for (const node of draft.nodes) {
    if (isScope(node.kind)) checkScope(draft, node);
    if (node.kind === 'exclusive' || node.kind === 'inclusive') checkConditions(draft, node);
    if (node.kind === 'parallel') checkParallel(draft, node);
    if (node.kind === 'eventGateway') checkEventGateway(draft, node);
    if (node.event) checkEvent(draft, node);
    checkConnections(draft, node);
    checkExpressions(draft, node);
  }
  for (const flow of draft.flows) expression(draft, flow.id, flow.condition);
  checkReached(draft);
}

function checkScope(draft: Draft, scope: Node): void {
  const starts = (scope.starts ?? []).map((start) => draft.nodes[start] as Node);
  const plain = starts.filter((start) => start.event?.on === 'none');
  if (starts.length === 0) return refuse(draft, scope.id, 'start.missing', 'there is no start event');
  if (scope.kind === 'eventSubprocess') {
    const on = starts[0]?.event?.on;
    if (starts.length > 1 || plain.length > 0) refuse(draft, scope.id, 'start.event', 'an event sub-process has exactly one start event, with a trigger');
    if (on === 'compensation') refuse(draft, scope.id, 'element.unsupported', 'a compensation event sub-process is not supported; use a compensation boundary event');
    return;
  }
  if (plain.length > 1) refuse(draft, scope.id, 'start.several', 'there is more than one plain start event');
  if (scope.kind !== 'process' && (starts.length > 1 || plain.length !== 1)) refuse(draft, scope.id, 'start.plain', 'a sub-process has exactly one plain start event');
  for (const start of starts) {
    const on = start.event?.on ?? 'none';
    if (!['none', 'timer', 'message', 'signal', 'conditional', 'error'].includes(on)) refuse(draft, start.id, 'start.event', `a process can't start on ${on}`);
    if (on === 'error') refuse(draft, start.id, 'start.event', 'an error start event belongs into an event sub-process');
  }
}

function checkConditions(draft: Draft, node: Node): void {
  const flows = node.outgoing.map((flow) => draft.flows[flow]);
  if (flows.length === 1) return flows[0]?.condition ? refuse(draft, node.id, 'gateway.condition', 'the only way out may not have a condition') : undefined;
  for (const flow of flows) {
    if (!flow) continue;
    if (flow.index === node.default && flow.condition) refuse(draft, flow.id, 'gateway.default', 'the default flow may not have a condition');
    if (flow.index !== node.default && !flow.condition) refuse(draft, flow.id, 'gateway.condition', `leaves ${node.id} with neither a condition nor being its default`);
  }
  if (node.kind === 'inclusive' && node.incoming.length > 31) refuse(draft, node.id, 'gateway.size', 'an inclusive join takes at most 31 flows');
}

function checkParallel(draft: Draft, node: Node): void {
  for (const flow of node.outgoing) {
    if (draft.flows[flow]?.condition) refuse(draft, draft.flows[flow]?.id ?? node.id, 'gateway.condition', 'a flow out of a parallel gateway takes no condition');
  }
}

function checkEventGateway(draft: Draft, node: Node): void {
  if (node.outgoing.length < 2) refuse(draft, node.id, 'gateway.events', 'an event-based gateway needs two events or more');
  for (const flow of node.outgoing) {
    const target = draft.nodes[draft.flows[flow]?.to ?? 0] as Node;
    const fits = target.kind === 'receive' || (target.kind === 'catch' && ['timer', 'message', 'signal', 'conditional'].includes(target.event?.on ?? ''));
    if (!fits || target.incoming.length > 1 || (target.listens?.length ?? 0) > 1 || target.loop || target.inputs) {
      refuse(draft, target.id, 'gateway.events', 'must be a plain catch event or receive task with no other way in');
    }
  }
}

const THROWS = ['none', 'message', 'signal', 'escalation', 'link', 'compensation'];
const ENDS = ['none', 'message', 'signal', 'escalation', 'error', 'terminate', 'compensation', 'cancel'];
const CATCHES = ['timer', 'message', 'signal', 'conditional', 'link'];
const BOUNDARIES = ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensation', 'cancel'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = { throw: THROWS, end: ENDS, catch: CATCHES, boundary: BOUNDARIES };

function checkEvent(draft: Draft, node: Node): void {
  const on = node.event?.on ?? 'none';
  const scope = draft.nodes[node.scope];
  const host = draft.nodes[node.host ?? -1];
  if (ALLOWED[node.kind] && !ALLOWED[node.kind]?.includes(on)) refuse(draft, node.id, 'event.kind', `a ${node.kind} event can't be a ${on} event`);
  if (on === 'cancel' && node.kind === 'end') {
    const cancels = scope?.listens?.some((listened) => draft.nodes[listened]?.event?.on === 'cancel');
    if (scope?.kind !== 'transaction' || !cancels) refuse(draft, node.id, 'cancel.transaction', 'a cancel end event needs a transaction with a cancel boundary event');
  }
  if (on === 'cancel' && node.kind === 'boundary' && host?.kind !== 'transaction') refuse(draft, node.id, 'cancel.transaction', 'only a transaction can be cancelled');
  if (on === 'compensation' && node.kind === 'boundary' && host?.compensation === undefined) refuse(draft, node.id, 'compensation.handler', 'no handler is associated');
  if (on === 'compensation' && node.kind !== 'boundary') checkUndone(draft, node);
  if (host?.isHandler) refuse(draft, node.id, 'boundary.host', 'a compensation handler takes no boundary events');
}

function checkUndone(draft: Draft, node: Node): void {
  const activity = draft.nodes[node.event?.activity ?? -1];
  if (activity && activity.compensation === undefined && !isScope(activity.kind)) refuse(draft, node.id, 'compensation.activity', `${activity.id} has nothing that undoes it`);
}

function checkConnections(draft: Draft, node: Node): void {
  const entry = node.kind === 'start' || node.kind === 'boundary' || (node.kind === 'catch' && node.event?.on === 'link');
  const apart = node.kind === 'process' || node.kind === 'eventSubprocess' || node.isHandler;
  const exit = node.kind === 'end' || (node.kind === 'throw' && node.event?.on === 'link') || (node.kind === 'boundary' && node.event?.on === 'compensation');
  if ((entry || apart) && node.incoming.length > 0) refuse(draft, node.id, 'flow.into', 'no flow may lead here');
  if ((exit || apart) && node.outgoing.length > 0) refuse(draft, node.id, 'flow.out', 'no flow may lead out of here');
  if (!entry && !apart && node.incoming.length === 0) refuse(draft, node.id, 'flow.unreached', 'no flow leads here');
  const gateway = ['exclusive', 'inclusive', 'parallel', 'eventGateway'].includes(node.kind);
  const needsWay = gateway || node.kind === 'start' || (node.kind === 'boundary' && !exit);
  if (needsWay && node.outgoing.length === 0) refuse(draft, node.id, 'flow.none', 'no flow leads out of here');
}

function checkExpressions(draft: Draft, node: Node): void {
  const loop = node.loop;
  const timer = node.event?.timer;
  const texts = [
    node.event?.condition, node.event?.correlation, node.script, loop?.collection, loop?.cardinality, loop?.outputElement,
    loop?.completionCondition, loop?.loopCondition, ...[...(node.inputs ?? []), ...(node.outputs ?? [])].map((mapping) => mapping.expression),
    ...[timer?.text, node.task?.department, node.task?.post].filter((value) => value?.startsWith('=')),
  ];
  for (const text of texts) expression(draft, node.id, text);
}

function expression(draft: Draft, element: string, text: string | undefined): void {
  if (text === undefined) return;
  try {
    feel(text);
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    refuse(draft, element, 'feel', error.message);
  }
}

/** Every node must be within reach of a start event, a boundary event, or be a handler. */
function checkReached(draft: Draft): void {
  if (draft.issues.length > 0) return;
  const seen = new Set<number>();
  const queue = draft.nodes.filter((node) => node.kind === 'start' || node.isHandler || node.kind === 'process' || node.kind === 'eventSubprocess').map((node) => node.index);
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    queue.push(...edges(draft, draft.nodes[at] as Node));
  }
  for (const node of draft.nodes) {
    if (!seen.has(node.index) && (isActivity(node.kind) || node.kind === 'end')) refuse(draft, node.id, 'flow.unreached', 'no start event leads here');
  }
}
