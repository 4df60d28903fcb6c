import { kindOf, step, type Command, type Effect } from '@zhengwu/processes';
import { fail } from './errors.ts';
import type { Flow } from './flow.ts';
import { note } from './history.ts';
import { operate } from './operations.ts';
import { wrongState } from './states.ts';
import { closeTask, openTask } from './tasks.ts';

const MAX_STEPS = 500;

/** Carries a command through the process until only people, timers or messages are awaited. */
export const advance = (flow: Flow, first: Command): void => {
  const queue: Command[] = [first];
  for (let steps = 0; queue.length > 0; steps += 1) {
    if (steps > MAX_STEPS) throw fail('case.incident', { element: flow.definition.id });
    const command = queue.shift() as Command;
    const result = step(flow.definition, flow.state, command, {
      now: flow.now,
      definitions: flow.service.definitions,
      decide: flow.service.decide,
    });
    // An incident is for an administrator to mend; a timer that met one comes again.
    if (result.rejection?.code === 'incident') throw fail('case.incident', { element: result.rejection.detail });
    if (result.rejection) throw wrongState(flow.row.state);
    flow.state = result.state;
    for (const effect of result.effects) {
      const answer = apply(flow, effect);
      if (answer) queue.push(answer);
    }
  }
  flow.instance.state = flow.state;
  flow.unit.instance = flow.instance;
};

const apply = (flow: Flow, effect: Effect): Command | null => {
  switch (effect.type) {
    case 'openTask':
      openTask(flow, effect);
      return null;
    case 'closeTask':
      closeTask(flow, effect.token, effect.reason);
      return null;
    case 'startTimer':
      flow.instance.timers.push({ timer: effect.timer, due: flow.ground.timerDue(effect, flow.now), kind: kindOf(effect), started: flow.now.toISOString() });
      return null;
    case 'cancelTimer':
      flow.instance.cancelledTimers.push(effect.timer);
      return null;
    case 'subscribe':
      flow.instance.subscriptions.push({ subscription: effect.subscription, kind: effect.kind, name: effect.name, correlation: effect.correlation ?? null });
      return null;
    case 'unsubscribe':
      flow.instance.cancelledSubscriptions.push(effect.subscription);
      return null;
    case 'invoke':
      return operate(flow, effect);
    case 'sendMessage':
      operate(flow, { type: 'invoke', token: -1, element: effect.element, operation: 'messages.send', input: { template: effect.name, ...effect.variables } });
      return null;
    case 'sendSignal':
      flow.unit.events.push({ type: 'process.signal', subject: flow.row.id, payload: { name: effect.name, variables: effect.variables } });
      return null;
    case 'incident':
      recordIncident(flow, effect.element, effect.reason);
      return null;
    default:
      return null;
  }
};

const recordIncident = (flow: Flow, element: string, reason: string): void => {
  note(flow, { kind: 'incident', zh: '流程遇到问题，已记录并提醒管理员', en: 'The process met a problem; it is recorded for an administrator', detail: { zh: `${element}：${reason}`, en: `${element}: ${reason}` }, internal: true });
  flow.unit.events.push({ type: 'case.incident', subject: flow.row.id, payload: { element, reason } });
  flow.unit.audit.push({ event: 'case.incident', subject: flow.row.id, detail: { element, reason } });
};
