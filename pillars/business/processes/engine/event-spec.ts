import type { EventSpec, TimerSpec } from './model.ts';
import { refuse, type Draft } from './draft.ts';
import { body, child, children, flag, idOf, text, type, type Element } from './bpmn.ts';
import { checkProperties } from './allowed.ts';

/** What an event element waits for or does; refuses several definitions on one event and references that lead nowhere. */
export function eventSpec(draft: Draft, element: Element): EventSpec {
  const definitions = children(element, 'eventDefinitions');
  const [definition] = definitions;
  if (!definition) return { on: 'none' };
  if (definitions.length > 1) refuse(draft, element, 'event.multiple', 'several event definitions on one event are not supported');
  checkProperties(draft, definition);
  const catches = /Start|Catch|Boundary/.test(type(element));
  switch (type(definition)) {
    case 'TimerEventDefinition': return { on: 'timer', timer: timerSpec(draft, element, definition) };
    case 'MessageEventDefinition': return { on: 'message', ...messageOf(draft, element, definition) };
    case 'SignalEventDefinition': return { on: 'signal', name: named(draft, element, definition, 'signalRef', 'name') };
    case 'ErrorEventDefinition': return { on: 'error', ...coded(draft, element, definition, 'errorRef', 'errorCode', catches) };
    case 'EscalationEventDefinition': return { on: 'escalation', ...coded(draft, element, definition, 'escalationRef', 'escalationCode', catches) };
    case 'ConditionalEventDefinition': return { on: 'conditional', condition: required(draft, element, body(definition, 'condition'), 'condition') };
    case 'LinkEventDefinition': return { on: 'link', name: required(draft, element, text(definition, 'name'), 'link name') };
    case 'TerminateEventDefinition': return { on: 'terminate' };
    case 'CancelEventDefinition': return { on: 'cancel' };
    case 'CompensateEventDefinition': {
      const activity = child(definition, 'activityRef');
      // Resolved to a node index once all nodes are known.
      return activity ? { on: 'compensation', name: idOf(activity) } : { on: 'compensation' };
    }
    default:
      return { on: 'none' };
  }
}

export function messageOf(draft: Draft, element: Element, holder: Element): Pick<EventSpec, 'name' | 'correlation'> {
  const message = child(holder, 'messageRef');
  const name = named(draft, element, holder, 'messageRef', 'name');
  const correlation = message && text(message, 'zhengwu:correlation');
  return correlation ? { name, correlation } : { name };
}

function named(draft: Draft, element: Element, holder: Element, reference: string, property: string): string {
  const target = child(holder, reference);
  const name = target?.get ? text(target, property) : undefined;
  return required(draft, element, name, `${reference} with a ${property}`);
}

function coded(draft: Draft, element: Element, holder: Element, reference: string, property: string, catches: boolean): Pick<EventSpec, 'name' | 'codeVariable'> {
  const target = child(holder, reference);
  const codeVariable = text(holder, 'zhengwu:codeVariable');
  if (!target && catches) return { codeVariable };
  return { name: named(draft, element, holder, reference, property), codeVariable };
}

const ISO_DURATION = /^P(?=.)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?(T(?=.)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?$/;
const CYCLE = /^R(\d*)\/(P.+)$/;

function timerSpec(draft: Draft, element: Element, definition: Element): TimerSpec {
  const days = text(definition, 'zhengwu:workingDays');
  const found: TimerSpec[] = [];
  const add = (kind: TimerSpec['type'], value: string | undefined): void => {
    if (value) found.push({ type: kind, text: value });
  };
  add('workingDays', days);
  add('date', body(definition, 'timeDate'));
  add('duration', body(definition, 'timeDuration'));
  add('cycle', body(definition, 'timeCycle'));
  const spec = found[0];
  if (!spec || found.length > 1) {
    refuse(draft, element, 'timer.one', 'a timer needs exactly one of timeDate, timeDuration, timeCycle and zhengwu:workingDays');
    return { type: 'duration', text: 'P0D' };
  }
  if (!spec.text.startsWith('=') && !isTimerText(spec)) refuse(draft, element, 'timer.text', `${spec.text} is not a ${spec.type}`);
  return spec;
}

/** ISO 8601 date-time with zone, duration, `R3/PT1H`, or a count of working days. */
function isTimerText({ type: kind, text: value }: TimerSpec): boolean {
  switch (kind) {
    case 'date': return /(Z|[+-]\d\d:?\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));
    case 'duration': return ISO_DURATION.test(value);
    case 'cycle': return ISO_DURATION.test(CYCLE.exec(value)?.[2] ?? '');
    default: return /^\d+$/.test(value);
  }
}

function required(draft: Draft, element: Element, value: string | undefined, what: string): string {
  if (!value) refuse(draft, element, 'reference.missing', `${type(element)} needs a ${what}`);
  return value ?? '';
}

/** Interrupting unless the element says otherwise; errors always interrupt. */
export function isInterrupting(draft: Draft, element: Element, spec: EventSpec): boolean {
  const interrupting = flag(element, type(element) === 'StartEvent' ? 'isInterrupting' : 'cancelActivity');
  if (!interrupting && (spec.on === 'error' || spec.on === 'cancel')) refuse(draft, element, 'event.interrupting', `a ${spec.on} event always interrupts`);
  return interrupting;
}
