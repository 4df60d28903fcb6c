import type { BodyOf, ResponseOf, Text } from '@zhengwu/contracts';
import { caseState } from '@zhengwu/contracts';
import { codes } from '@zhengwu/pack';
import type { claimTask, completeTask } from '@zhengwu/contracts';
import { advance } from './advance.ts';
import { fail } from './errors.ts';
import { setTask, type Flow } from './flow.ts';
import { note } from './history.ts';
import { isEnded, wrongState } from './states.ts';
import type { TaskRow } from './rows.ts';

type Acted = ResponseOf<typeof claimTask>;

/** Outcomes that must state a reason: 行政许可法 §38. */
export const needsReason = (outcome: string): boolean => codes.reasonedOutcomes.includes(outcome);

/** The wording of an outcome; a pack's own outcome without wording is shown as it is written. */
export const outcomeName = (outcome: string): Text =>
  codes.outcomes.has(outcome) ? codes.outcomes.text(outcome) : { zh: outcome, en: outcome };

/** The answer of every act. */
export const acted = (flow: Flow, task: TaskRow): Acted => ({
  taskId: task.id,
  version: flow.unit.taskChanges.some((change) => change.id === task.id) ? task.version + 1 : task.version,
  caseId: flow.row.id,
  state: flow.row.state,
});

/** Reserves a task; the one who comes second is told who has it. */
export const claim = (flow: Flow, task: TaskRow): Acted => {
  if (task.status === 'claimed' && task.assignee !== flow.actor.personId) throw fail('task.not-yours', { by: task.assignee_name ?? '—' });
  if (task.status !== 'open' && task.status !== 'claimed') throw wrongState(task.status);
  setTask(flow, task, { status: 'claimed', assignee: flow.actor.personId, assignee_name: flow.actor.name, claimed_at: flow.now.toISOString() });
  note(flow, { kind: 'claimed', zh: `${task.name_zh}：已认领`, en: `${task.name_en}: reserved`, internal: true });
  flow.unit.audit.push({ event: 'task.claimed', subject: task.id, detail: { case: flow.row.id } });
  return acted(flow, task);
};

const checkDecision = (flow: Flow, task: TaskRow, body: BodyOf<typeof completeTask>): void => {
  if (isEnded(flow.row.state) && task.stage !== 'deliver') throw wrongState(flow.row.state);
  if (task.status === 'waiting') throw flow.row.state === caseState.correctionStarted ? fail('case.correction-asked') : wrongState(flow.row.state);
  if (task.assignee && task.assignee !== flow.actor.personId) throw fail('task.not-yours', { by: task.assignee_name ?? '—' });
  if (task.outcomes.length > 0 && !task.outcomes.includes(body.outcome)) throw fail('task.unknown-outcome', { outcome: body.outcome });
  if (needsReason(body.outcome) && !body.opinion?.trim() && !body.reasonCode) {
    throw fail('task.reason-missing', {}, { issues: [{ path: '/opinion', code: 'required', message: { zh: '请写明理由', en: 'State the reason' } }] });
  }
};

/** Seconds from claim (or opening) to decision, as far as a person plausibly worked on it: at most half an hour. */
const touchOf = (flow: Flow, task: TaskRow): number =>
  Math.min(1800, Math.max(0, Math.round((flow.now.getTime() - Date.parse(task.claimed_at ?? flow.now.toISOString())) / 1000)));

/** What the platform itself put into the process; nobody decides it anew by sending it along. */
const KEPT = new Set(['application', 'facts', 'applicant', 'case', 'decision', 'order', 'amount', 'licence']);

const withoutKept = (variables: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !KEPT.has(name)));

/** Decides a task with one of its outcomes and lets the process go on. */
export const complete = (flow: Flow, task: TaskRow, body: BodyOf<typeof completeTask>): Acted => {
  checkDecision(flow, task, body);
  const opinion = body.opinion?.trim() || null;
  const name = outcomeName(body.outcome);
  note(flow, { kind: 'decision', zh: `${task.name_zh}：${name.zh}`, en: `${task.name_en}: ${name.en}`, detail: opinion ? { zh: opinion, en: opinion } : undefined, internal: task.delegated_by !== null });
  flow.unit.audit.push({ event: 'task.completed', subject: task.id, detail: { case: flow.row.id, outcome: body.outcome, element: task.element } });
  if (task.delegated_by) return returnDelegated(flow, task, body.outcome, opinion);
  setTask(flow, task, {
    status: 'done', outcome: body.outcome, opinion, reason_code: body.reasonCode ?? null, signature: body.signature ?? null,
    assignee: flow.actor.personId, assignee_name: flow.actor.name, done_at: flow.now.toISOString(), touched: task.touched + touchOf(flow, task),
  });
  flow.deciding = task.id;
  advance(flow, {
    type: 'completeTask', token: task.token, outcome: body.outcome,
    variables: { ...withoutKept(body.variables), reason: opinion ?? body.reasonCode ?? '' } as never,
  });
  return acted(flow, task);
};

/** 委派: the one asked has answered; the task goes back to who asked, with the answer in the timeline. */
const returnDelegated = (flow: Flow, task: TaskRow, outcome: string, opinion: string | null): Acted => {
  setTask(flow, task, {
    assignee: task.delegated_by, assignee_name: task.delegated_by_name, delegated_by: null, delegated_by_name: null,
    opinion: `${outcomeName(outcome).zh}${opinion ? `：${opinion}` : ''}`, touched: task.touched + touchOf(flow, task),
  });
  return acted(flow, task);
};
