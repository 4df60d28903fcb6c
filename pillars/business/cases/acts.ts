import { caseState } from '@zhengwu/contracts';
import type { BodyOf, ResponseOf } from '@zhengwu/contracts';
import type { addSigner, askCorrection, claimTask, delegateTask, extendCase, sendBackTask, suspendCase, transferTask } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { nodeById } from '@zhengwu/processes';
import { uuidv7 } from '@zhengwu/ids';
import { advance } from './advance.ts';
import { acted } from './deciding.ts';
import { fail } from './errors.ts';
import { setCase, setTask, type Flow } from './flow.ts';
import { note } from './history.ts';
import { CORRECTION_DAYS, extendLimits, stopClock } from './limits.ts';
import { runOn, tell } from './operations.ts';
import { isEnded, wrongState } from './states.ts';
import { standStill, goOn, shiftDues } from './tasks.ts';
import type { TaskRow } from './rows.ts';

type Acted = ResponseOf<typeof claimTask>;
/** A colleague as the directory answered for them. */
export interface Colleague {
  id: string;
  name: string;
}

const mine = (flow: Flow, task: TaskRow): void => {
  if (isEnded(flow.row.state)) throw wrongState(flow.row.state);
  if (task.status !== 'open' && task.status !== 'claimed') throw wrongState(task.status);
  if (task.assignee && task.assignee !== flow.actor.personId) throw fail('task.not-yours', { by: task.assignee_name ?? '—' });
};

/** The task is the actor's to decide; one who was only asked 委派 answers or gives it back, and nothing else. */
const own = (flow: Flow, task: TaskRow): void => {
  mine(flow, task);
  if (task.delegated_by) throw fail('task.not-yours', { by: task.delegated_by_name ?? '—' });
};

const record = (flow: Flow, task: TaskRow, event: string, zh: string, en: string, reason: string): void => {
  note(flow, { kind: event, zh, en, detail: { zh: reason, en: reason }, internal: true });
  flow.unit.audit.push({ event: `task.${event}`, subject: task.id, detail: { case: flow.row.id, reason } });
};

/** Gives a claimed task back to the queue; a delegated one to who asked. */
export const release = (flow: Flow, task: TaskRow): Acted => {
  mine(flow, task);
  if (task.delegated_by) {
    record(flow, task, 'released', `交回给${task.delegated_by_name ?? '—'}`, `Given back to ${task.delegated_by_name ?? '—'}`, task.name_zh);
    setTask(flow, task, { assignee: task.delegated_by, assignee_name: task.delegated_by_name, delegated_by: null, delegated_by_name: null });
    return acted(flow, task);
  }
  setTask(flow, task, { status: 'open', assignee: null, assignee_name: null, claimed_at: null });
  record(flow, task, 'released', '退回待办队列', 'Given back to the queue', task.name_zh);
  return acted(flow, task);
};

/** Tells who had a task that it is theirs no more, by whom and why. */
const tellFormer = (flow: Flow, task: TaskRow, reason: string): void => {
  if (!task.assignee || task.assignee === flow.actor.personId) return;
  flow.unit.messages.push(flow.ground.makeMessage({
    to: task.assignee, template: 'taskTakenOver', caseId: flow.row.id, key: `${task.id}:${task.version}:taken`, now: flow.now,
    params: { number: flow.row.number, service: flow.row.service_zh, serviceEn: flow.row.service_en, task: task.name_zh, taskEn: task.name_en, by: flow.actor.name, reason },
  }));
};

/** Somebody above, or who stands in, takes a task over from whoever has it; they are told that it was taken, by whom and why. */
export const takeOver = (flow: Flow, task: TaskRow, reason: string): Acted => {
  if (task.status !== 'open' && task.status !== 'claimed') throw wrongState(task.status);
  record(flow, task, 'takenOver', `接手（原办理人：${task.assignee_name ?? '无'}）`, `Taken over (from ${task.assignee_name ?? 'nobody'})`, reason);
  tellFormer(flow, task, reason);
  setTask(flow, task, {
    status: 'claimed', assignee: flow.actor.personId, assignee_name: flow.actor.name, delegated_by: null, delegated_by_name: null, claimed_at: flow.now.toISOString(),
  });
  return acted(flow, task);
};

/** Hands over 转办: the other has it from now on. */
export const transfer = (flow: Flow, task: TaskRow, to: Colleague, body: BodyOf<typeof transferTask>): Acted => {
  mine(flow, task);
  setTask(flow, task, { status: 'claimed', assignee: to.id, assignee_name: to.name, claimed_at: flow.now.toISOString() });
  record(flow, task, 'transferred', `转办给${to.name}`, `Handed over to ${to.name}`, body.reason);
  return acted(flow, task);
};

/** Delegates 委派: the other answers, then the task returns. */
export const delegate = (flow: Flow, task: TaskRow, to: Colleague, body: BodyOf<typeof delegateTask>): Acted => {
  own(flow, task);
  setTask(flow, task, {
    status: 'claimed', assignee: to.id, assignee_name: to.name, delegated_by: flow.actor.personId, delegated_by_name: flow.actor.name, claimed_at: flow.now.toISOString(),
  });
  record(flow, task, 'delegated', `委派给${to.name}`, `Delegated to ${to.name}`, body.reason);
  return acted(flow, task);
};

/** Adds a signer 加签: the step is complete only when the added person has signed too. */
export const signAlso = (flow: Flow, task: TaskRow, to: Colleague, body: BodyOf<typeof addSigner>): Acted => {
  own(flow, task);
  advance(flow, { type: 'addSigner', token: task.token, signer: { id: to.id, name: to.name } });
  setTask(flow, task, {});
  record(flow, task, 'signerAdded', `加签：${to.name}`, `Signer added: ${to.name}`, body.reason);
  return acted(flow, task);
};

/** Removes a signer 减签 who has not signed yet. */
export const signNoMore = (flow: Flow, task: TaskRow, reason: string): Acted => {
  if (task.status !== 'open' && task.status !== 'claimed') throw wrongState(task.status);
  advance(flow, { type: 'removeSigner', token: task.token });
  record(flow, task, 'signerRemoved', `减签：${task.assignee_name ?? task.name_zh}`, `Signer removed: ${task.assignee_name ?? task.name_en}`, reason);
  return acted(flow, task);
};

/** Sends back 驳回 to an earlier step; with `returnToSender` the resubmission comes straight back here. */
export const sendBack = (flow: Flow, task: TaskRow, body: BodyOf<typeof sendBackTask>): Acted => {
  own(flow, task);
  const target = nodeById(flow.definition, body.element);
  if (!target) throw fail('task.not-earlier');
  setTask(flow, task, {
    status: 'done', outcome: 'sendBack', opinion: body.reason, assignee: flow.actor.personId, assignee_name: flow.actor.name, done_at: flow.now.toISOString(),
  });
  flow.deciding = task.id;
  advance(flow, { type: 'sendBack', token: task.token, to: body.element, returnToSender: body.returnToSender });
  record(flow, task, 'sentBack', `退回到“${(target.name ?? target.id).split('|')[0]?.trim()}”`, `Sent back to “${(target.name ?? target.id).split('|').at(-1)?.trim()}”`, body.reason);
  return acted(flow, task);
};

/**
 * Asks once for everything that is missing (行政许可法 §32): one open request a case, all items named, the clock stands still,
 * the tasks wait. The applicant has the days the service gives; the tasks come back when everything is in.
 */
export const correctionFor = (flow: Flow, task: TaskRow, body: BodyOf<typeof askCorrection>): Acted => {
  own(flow, task);
  const id = uuidv7();
  const at = flow.now.toISOString();
  const due_on = flow.ground.calendar().addWorkingDays(dayOf(flow.now), CORRECTION_DAYS);
  flow.unit.correction = { id, case_id: flow.row.id, task_id: task.id, note: body.note ?? null, asked_at: at, due_on, done_at: null };
  for (const item of body.items) flow.unit.correctionItems.push({ id: uuidv7(), correction_id: id, case_id: flow.row.id, ...item, done: false });
  setTask(flow, task, { status: 'claimed', assignee: flow.actor.personId, assignee_name: flow.actor.name });
  standStill(flow);
  setCase(flow, { state: caseState.correctionStarted, waits_for: 'correct', ...stopClock(flow.row, flow.now, 'correction') });
  const list = body.items.map((item) => item.why).join('；');
  note(flow, { kind: 'correction', zh: `一次性告知补正（${body.items.length}项）`, en: `Asked once for correction (${body.items.length} items)`, detail: { zh: list, en: list } });
  flow.unit.events.push({ type: 'case.correctionAsked', subject: flow.row.id, payload: { correction: id } });
  flow.unit.audit.push({ event: 'case.correctionAsked', subject: flow.row.id, detail: { items: body.items.map((item) => item.key) } });
  tell(flow, 'correctionAsked', { items: list, due: due_on });
  return acted(flow, task);
};

/** Suspends for a special procedure (§45): the clock stops, the applicant gets written notice. */
export const suspend = (flow: Flow, task: TaskRow, body: BodyOf<typeof suspendCase>): Acted => {
  own(flow, task);
  flow.unit.suspension = {
    id: uuidv7(), case_id: flow.row.id, kind: body.kind, reason: body.reason, result: null, planned_days: body.plannedDays, from_at: flow.now.toISOString(), until_at: null,
  };
  setTask(flow, task, { status: 'claimed', assignee: flow.actor.personId, assignee_name: flow.actor.name });
  standStill(flow);
  setCase(flow, { state: caseState.specialStarted, ...stopClock(flow.row, flow.now, 'special') });
  note(flow, { kind: 'suspended', zh: `特别程序开始，预计${body.plannedDays}个工作日`, en: `Special procedure begun, about ${body.plannedDays} working days`, detail: { zh: body.reason, en: body.reason } });
  flow.unit.audit.push({ event: 'case.suspended', subject: flow.row.id, detail: { kind: body.kind } });
  tell(flow, 'suspended', { days: body.plannedDays, reason: body.reason });
  return acted(flow, task);
};

/** The special procedure has ended; the clock runs on. */
export const resume = (flow: Flow, task: TaskRow, result: string): Acted => {
  if (flow.row.state !== caseState.specialStarted) throw wrongState(flow.row.state);
  flow.unit.resumed = { case: flow.row.id, at: flow.now.toISOString(), result };
  setCase(flow, { state: caseState.specialEnded });
  runOn(flow);
  goOn(flow);
  note(flow, { kind: 'resumed', zh: '特别程序结束，恢复计时', en: 'Special procedure ended; the clock runs on', detail: { zh: result, en: result } });
  flow.unit.audit.push({ event: 'case.resumed', subject: flow.row.id });
  tell(flow, 'resumed', { due: flow.row.promised_due ?? '' });
  return acted(flow, task);
};

/** Extends the limit once, with the reason told (§42). */
export const extend = (flow: Flow, task: TaskRow, body: BodyOf<typeof extendCase>): Acted => {
  own(flow, task);
  if (!flow.row.accepted_at) throw wrongState(flow.row.state);
  if ((flow.row.clock?.extended ?? 0) > 0) throw fail('case.extension-used');
  const before = flow.row.promised_due;
  setCase(flow, extendLimits(flow.ground.calendar(), flow.row, body.days));
  setTask(flow, task, {});
  shiftDues(flow, before);
  note(flow, { kind: 'extended', zh: `办理期限延长${body.days}个工作日，至${flow.row.promised_due}`, en: `Limit extended by ${body.days} working days, to ${flow.row.promised_due}`, detail: { zh: body.reason, en: body.reason } });
  flow.unit.audit.push({ event: 'case.extended', subject: flow.row.id, detail: { days: body.days } });
  tell(flow, 'extended', { days: body.days, due: flow.row.promised_due ?? '', reason: body.reason });
  return acted(flow, task);
};

