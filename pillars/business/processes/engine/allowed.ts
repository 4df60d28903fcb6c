import { refuse, type Draft } from './draft.ts';
import { child, children, idOf, type, type Element } from './bpmn.ts';

const COMMON = 'id name documentation extensionElements incoming outgoing categoryValueRef';
const ACTIVITY = `${COMMON} default loopCharacteristics isForCompensation zhengwu:inputs`;
const SCOPE = `${ACTIVITY} flowElements laneSets artifacts triggeredByEvent`;

/** Everything the engine gives meaning to, and what only documents; any other property could change behaviour and is refused. */
const PROPERTIES: Readonly<Record<string, string>> = {
  Process: `${COMMON} isExecutable flowElements laneSets artifacts processType isClosed`,
  SubProcess: SCOPE,
  Transaction: `${SCOPE} method`,
  CallActivity: `${ACTIVITY} calledElement`,
  Task: ACTIVITY,
  ManualTask: ACTIVITY,
  UserTask: `${ACTIVITY} stage kind department post outcomes outcomeVariable limit form policy implementation`,
  ServiceTask: `${ACTIVITY} operation resultVariable implementation`,
  SendTask: `${ACTIVITY} operation resultVariable messageRef implementation`,
  ReceiveTask: `${ACTIVITY} messageRef implementation`,
  ScriptTask: `${ACTIVITY} script scriptFormat resultVariable`,
  BusinessRuleTask: `${ACTIVITY} decision resultVariable implementation`,
  ExclusiveGateway: `${COMMON} default gatewayDirection`,
  InclusiveGateway: `${COMMON} default gatewayDirection`,
  ParallelGateway: `${COMMON} gatewayDirection`,
  EventBasedGateway: `${COMMON} gatewayDirection eventGatewayType instantiate`,
  StartEvent: `${COMMON} eventDefinitions isInterrupting`,
  EndEvent: `${COMMON} eventDefinitions`,
  IntermediateCatchEvent: `${COMMON} eventDefinitions`,
  IntermediateThrowEvent: `${COMMON} eventDefinitions`,
  BoundaryEvent: `${COMMON} eventDefinitions attachedToRef cancelActivity`,
  SequenceFlow: `${COMMON} sourceRef targetRef conditionExpression`,
  TimerEventDefinition: 'id timeDate timeDuration timeCycle workingDays',
  MessageEventDefinition: 'id messageRef',
  SignalEventDefinition: 'id signalRef',
  ErrorEventDefinition: 'id errorRef codeVariable',
  EscalationEventDefinition: 'id escalationRef codeVariable',
  ConditionalEventDefinition: 'id condition',
  LinkEventDefinition: 'id name',
  TerminateEventDefinition: 'id',
  CancelEventDefinition: 'id',
  CompensateEventDefinition: 'id activityRef waitForCompletion',
  MultiInstanceLoopCharacteristics:
    'id isSequential loopCardinality completionCondition collection elementVariable outputCollection outputElement policy behavior',
  StandardLoopCharacteristics: 'id testBefore loopMaximum loopCondition',
};

/** Drawn for the reader only: no token ever passes them. */
const DRAWN = new Set(['DataObject', 'DataObjectReference', 'DataStoreReference', 'TextAnnotation', 'Association', 'Group']);
/** Values that say the default. */
const HARMLESS: Readonly<Record<string, unknown>> = { isClosed: false, instantiate: false, eventGatewayType: 'Exclusive', behavior: 'All', waitForCompletion: true };
/** Attributes of editors, which draw; those of other engines would do something and are refused. */
const EDITORS = /bpmn-io|modeler\.camunda|color|diagram|w3\.org|signavio/i;

export const isDrawn = (element: Element): boolean => DRAWN.has(type(element));

/** Refuses every property of `element` that the engine has no meaning for. */
export function checkProperties(draft: Draft, element: Element): void {
  const kind = type(element);
  const known = PROPERTIES[kind];
  if (known === undefined) return refuse(draft, element, 'element.unsupported', `${kind} is not supported`);
  const names = new Set(known.split(' '));
  for (const key of Object.keys(element)) {
    const name = key.replace(/^(zhengwu|bpmn):/, '');
    if (key.startsWith('$') || (names.has(name) && !(name in HARMLESS))) continue;
    const value = element.get(key);
    if (name in HARMLESS && value === HARMLESS[name]) continue;
    refuse(draft, element, 'attribute.unsupported', `${kind}.${name} is not supported`);
  }
  checkForeign(draft, element);
}

function checkForeign(draft: Draft, element: Element): void {
  for (const key of Object.keys(element.$attrs ?? {})) {
    if (key.startsWith('xmlns') || key.startsWith('xsi:') || isEditors(element, key.split(':')[0] ?? '')) continue;
    refuse(draft, element, 'attribute.unknown', `attribute ${key} has no meaning here`);
  }
  for (const value of children(child(element, 'extensionElements') ?? element, 'values')) {
    const prefix = value.$type.split(':')[0] ?? '';
    if (value.$type === 'zhengwu:Input' || value.$type === 'zhengwu:Output' || isEditors(element, prefix)) continue;
    refuse(draft, idOf(element), 'attribute.unknown', `extension ${value.$type} has no meaning here`);
  }
}

function isEditors(element: Element, prefix: string): boolean {
  for (let at: Element | undefined = element; at; at = at.$parent) {
    const uri = at.$attrs?.[`xmlns:${prefix}`];
    if (typeof uri === 'string') return EDITORS.test(uri);
  }
  return false;
}
