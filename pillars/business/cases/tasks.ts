import { dayOf } from '@zhengwu/clock';
import type { OpenTask } from '@zhengwu/processes';
import { uuidv7 } from '@zhengwu/ids';
import { setTask, type Flow } from './flow.ts';
import { isHeld } from './states.ts';
import type { TaskRow } from './rows.ts';

const nameOf = (name: string | undefined, element: string): { zh: string; en: string } => {
  // Element names are written "受理 | Accept" in a process model.
  const [zh, en] = (name ?? element).split('|').map((part) => part.trim());
  return { zh: zh || element, en: en || zh || element };
};

const limitDay = (flow: Flow, limit: string | undefined): string | null => {
  if (!limit || !/^\d+$/.test(limit)) return flow.row.promised_due;
  return flow.ground.calendar().addWorkingDays(dayOf(flow.now), Number(limit));
};

/** A person named in a signer item: `{ id, name }` of an added signer. */
const signerOf = (item: OpenTask['item']): { id: string; name: string } | null => {
  if (item && typeof item === 'object' && !Array.isArray(item) && 'id' in item && 'name' in item) return { id: String(item.id), name: String(item.name) };
  return null;
};

/** Opens a work item for the department and post that the element names; while the case is held it waits with the others. */
export const openTask = (flow: Flow, effect: OpenTask): TaskRow => {
  const department = (effect.department && flow.ground.departmentByCode(effect.department, flow.row.service)) || flow.service.department;
  const name = nameOf(effect.name, effect.element);
  const signer = signerOf(effect.item);
  const task: TaskRow = {
    id: uuidv7(), case_id: flow.row.id, token: effect.token, element: effect.element, name_zh: name.zh, name_en: name.en,
    kind: effect.kind ?? 'handle', stage: effect.stage ?? 'review', department: department.id, post: effect.post ?? null,
    outcomes: [...(effect.outcomes ?? [])], status: isHeld(flow.row.state) ? 'waiting' : signer ? 'claimed' : 'open', assignee: signer?.id ?? null, assignee_name: signer?.name ?? null,
    delegated_by: null, delegated_by_name: null, outcome: null, opinion: null, reason_code: null, signature: null,
    opened_at: flow.now.toISOString(), claimed_at: signer ? flow.now.toISOString() : null, done_at: null, due_on: limitDay(flow, effect.limit),
    chased: false, touched: 0, version: 1,
  };
  flow.tasks.push(task);
  flow.unit.tasks.push(task);
  if (department.id !== flow.row.department) {
    flow.unit.involved.push({ department: department.id, submitted_at: flow.row.submitted_at, case_id: flow.row.id });
  }
  return task;
};

/** The engine has closed the token: the work item is done (by the person who decided) or no longer needed. */
export const closeTask = (flow: Flow, token: number, reason: string): void => {
  const task = flow.tasks.find((one) => one.token === token && one.status !== 'done' && one.status !== 'cancelled');
  if (!task || task.id === flow.deciding) return;
  setTask(flow, task, reason === 'completed' ? { status: 'done', done_at: flow.now.toISOString() } : { status: 'cancelled', done_at: flow.now.toISOString() });
};

/** Every task waits and no timer runs: the applicant corrects, or a special procedure is under way, whose time does not count (行政许可法 §45). */
export const standStill = (flow: Flow): void => {
  flow.instance.held = flow.now.toISOString();
  flow.unit.instance = flow.instance;
  for (const task of flow.tasks) if (task.status === 'open' || task.status === 'claimed') setTask(flow, task, { status: 'waiting' });
};

/** Days of tasks move with the limit of their case: by as many working days as it moved since `before`. */
export const shiftDues = (flow: Flow, before: string | null): void => {
  const after = flow.row.promised_due;
  if (!before || !after || after <= before) return;
  const calendar = flow.ground.calendar();
  const days = calendar.workingDaysBetween(before, after);
  for (const task of flow.tasks) if (task.due_on && task.status !== 'done' && task.status !== 'cancelled') setTask(flow, task, { due_on: calendar.addWorkingDays(task.due_on, days) });
};

/** Waiting tasks go back to who had them; timers go on with the days that were left. */
export const goOn = (flow: Flow): void => {
  flow.instance.released = flow.now.toISOString();
  flow.unit.instance = flow.instance;
  for (const task of flow.tasks) if (task.status === 'waiting') setTask(flow, task, { status: task.assignee ? 'claimed' : 'open' });
};
