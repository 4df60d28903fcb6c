import { addressOf, caseNotice, caseState, labelLevels, type Act, type Actor, type CaseDetail, type CaseTask, type TaskSummary, type Text } from '@zhengwu/contracts';
import { maskCitizenNumber, maskPhone } from '@zhengwu/ids';
import { sectionsOf } from './answers.ts';
import { correctionItems } from './applicant-view.ts';
import { departmentOf, iso, timelineOf, type CaseWhole } from './case-view.ts';
import { needsReason, outcomeName } from './deciding.ts';
import type { CaseService, Ground } from './ground.ts';
import { clockView } from './limits.ts';
import { noticesOf } from './notices.ts';
import type { TaskRow } from './rows.ts';
import { isApproved, isEnded, mayBecome, stateText } from './states.ts';

/** True when a department is within the reach of the permission the actor acts under. */
export const reaches = (actor: Actor, department: number): boolean => actor.scope === 'all' || actor.departments.includes(department);

/** True when a person may act on a task: it is theirs, or it is open to a post they hold within their reach. */
export const mayHandle = (actor: Actor, task: Pick<TaskRow, 'assignee' | 'department' | 'post'>): boolean => {
  if (task.assignee) return task.assignee === actor.personId;
  return reaches(actor, task.department) && (task.post === null || actor.posts.includes(task.post));
};

const reachedBy = (actor: Actor, permission: string, department: number): boolean => {
  const grant = actor.permissions[permission];
  return grant !== undefined && (grant.scope === 'all' || grant.departments.includes(department));
};

const can = (actor: Actor, permission: string): boolean => permission in actor.permissions;

const liveActs = (actor: Actor, whole: CaseWhole, task: TaskRow): Act[] => {
  const acts: Act[] = [];
  const earlier = whole.tasks.some((one) => one.status === 'done' && one.element !== task.element);
  if (task.status === 'open') acts.push('claim');
  if (task.delegated_by) return ['decide', 'transfer', 'release'];
  acts.push('decide', 'transfer', 'delegate', 'addSigner');
  if (whole.case.accepted_at && mayBecome(whole.case.state, caseState.specialStarted)) acts.push('suspend');
  if (task.status === 'claimed') acts.push('release');
  if (mayBecome(whole.case.state, caseState.correctionStarted)) acts.push('askCorrection');
  if (earlier) acts.push('sendBack');
  if (whole.case.accepted_at && !whole.case.clock?.extended && can(actor, 'case.extend')) acts.push('extend');
  return acts;
};

/** Somebody else signs the same step, or did: only then can this one be taken away. */
const signsWithOthers = (whole: CaseWhole, task: TaskRow): boolean =>
  whole.tasks.some((one) => one.id !== task.id && one.element === task.element && one.status !== 'cancelled');

/** What the reader may do on a task now: no more, no fewer. */
const taskActs = (actor: Actor, whole: CaseWhole, task: TaskRow, standsFor: readonly string[]): Act[] => {
  if (task.status === 'done' || task.status === 'cancelled' || isEnded(whole.case.state)) return [];
  if (task.status === 'waiting') return whole.case.state === caseState.specialStarted && mayHandle(actor, task) ? ['resume'] : [];
  if (mayHandle(actor, task)) return liveActs(actor, whole, task);
  if (reachedBy(actor, 'task.takeOver', task.department)) return signsWithOthers(whole, task) ? ['takeOver', 'removeSigner'] : ['takeOver'];
  return task.assignee && standsFor.includes(task.assignee) && reachedBy(actor, 'task.handle', task.department) ? ['takeOn'] : [];
};

export const taskView = (ground: Ground, actor: Actor, whole: CaseWhole, task: TaskRow, standsFor: readonly string[]): CaseTask => {
  const department = departmentOf(ground, task.department);
  return {
    id: task.id, version: task.version, element: task.element, name: { zh: task.name_zh, en: task.name_en }, kind: task.kind, stage: task.stage,
    status: task.status === 'waiting' ? 'claimed' : task.status, department: { code: department.code, name: department.name }, post: task.post,
    assignee: task.assignee ? { id: task.assignee, name: task.assignee_name ?? '—' } : null,
    delegatedBy: task.delegated_by ? { id: task.delegated_by, name: task.delegated_by_name ?? '—' } : null,
    outcomes: task.outcomes.map((code) => ({ code, name: outcomeName(code), needsReason: needsReason(code) })),
    outcome: task.outcome, opinion: task.opinion, signature: task.signature, openedAt: iso(task.opened_at), doneAt: task.done_at ? iso(task.done_at) : null,
    dueDay: task.due_on, acts: taskActs(actor, whole, task, standsFor),
  };
};

/** What blocks or bears on the decision, most serious first. */
const factsOf = (service: CaseService, whole: CaseWhole): CaseDetail['facts'] => {
  const facts: CaseDetail['facts'] = [];
  const registers = { zh: '基础库', en: 'Registers' };
  for (const entry of whole.history.filter((one) => one.kind === 'incident')) {
    facts.push({ severity: 'block', text: { zh: entry.detail_zh ?? entry.title_zh, en: entry.detail_en ?? entry.title_en }, source: { zh: '流程', en: 'Process' } });
  }
  for (const finding of findingsOf(whole)) facts.push({ severity: finding.severity, text: finding.text, source: registers });
  const given = new Set(whole.materials.map((one) => one.code));
  const needed = service.needed(whole.application.answers, whole.application.facts);
  for (const material of service.materials.filter((one) => needed.has(one.code) && !given.has(one.code))) {
    facts.push({ severity: 'warn', text: { zh: `没有提交“${material.name.zh}”`, en: `“${material.name.en}” was not given` }, source: { zh: '材料', en: 'Materials' } });
  }
  if (whole.order && whole.order.status !== 'paid') facts.push({ severity: 'warn', text: { zh: '费用尚未缴纳', en: 'The fee is not paid' }, source: { zh: '缴费', en: 'Payment' } });
  if (!facts.some((fact) => fact.severity !== 'ok')) facts.push({ severity: 'ok', text: { zh: '没有发现影响办理的问题', en: 'Nothing stands against a decision' }, source: registers });
  return facts;
};

interface Finding {
  severity: 'block' | 'warn' | 'ok';
  text: Text;
}

/** What the service's decision found (`decision.findings`): a wording, or `{ zh, en, severity? }`. */
const findingsOf = (whole: CaseWhole): Finding[] => {
  const found = whole.decision?.['findings'];
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: unknown): Finding[] => {
    if (typeof one === 'string') return [{ severity: 'warn', text: { zh: one, en: one } }];
    const { zh, en, text, severity } = (one ?? {}) as { zh?: string; en?: string; text?: Text; severity?: Finding['severity'] };
    const wording = text ?? (zh ? { zh, en: en ?? zh } : undefined);
    return wording ? [{ severity: severity ?? 'warn', text: wording }] : [];
  });
};

const caseActs = (actor: Actor, whole: CaseWhole): Act[] => {
  const acts: Act[] = ['circulate', 'note', 'checkMaterial'];
  if (can(actor, 'case.reveal')) acts.push('reveal');
  if (isApproved(whole.case.state) && can(actor, 'case.revoke')) acts.push('revoke');
  if (whole.case.closed_at && !whole.case.delivered_at && can(actor, 'case.deliver')) acts.push('deliver');
  if (!isEnded(whole.case.state) && can(actor, 'supervision.chase')) acts.push('chase');
  return acts;
};

/** A case as an official works on it; personal numbers masked, shown one by one on request. */
export const caseDetail = (ground: Ground, service: CaseService, actor: Actor, whole: CaseWhole, now: Date, standsFor: readonly string[] = []): CaseDetail => {
  const row = whole.case;
  const department = departmentOf(ground, row.department);
  const identifier = whole.application.contact.identifier ?? '';
  const done = whole.tasks.filter((one) => one.status === 'done');
  return {
    id: row.id, version: row.version, number: row.number, label: labelLevels[row.secrecy] ?? 'topSecret',
    service: { code: row.service, name: { zh: row.service_zh, en: row.service_en }, packHash: row.pack_hash, packVersion: service.packVersion },
    state: row.state, stateText: stateText(row.state), channel: row.channel,
    applicant: {
      id: row.applicant, name: row.applicant_name, kind: row.applicant_kind, identifier: row.applicant_kind === 'person' ? maskCitizenNumber(identifier) : identifier,
      phone: whole.application.contact.phone ? maskPhone(whole.application.contact.phone) : null,
    },
    agent: row.agent ? { id: row.agent, name: row.agent_name ?? '—' } : null,
    submittedAt: iso(row.submitted_at), closedAt: row.closed_at ? iso(row.closed_at) : null, department: { code: department.code, name: department.name },
    clock: clockView(ground.calendar(), row, now),
    facts: factsOf(service, whole),
    sections: sectionsOf(service.form, whole.application.answers).map((section) => ({
      ...section,
      answers: section.answers.map((answer) => ({
        ...answer, changed: whole.application.changed.includes(answer.key), source: whole.application.prefilled.find((one) => one.key === answer.key)?.source,
      })),
    })),
    materials: whole.materials.map((one) => ({
      id: one.id, code: one.code, name: service.materials.find((material) => material.code === one.code)?.name ?? { zh: one.code, en: one.code },
      need: service.materials.find((material) => material.code === one.code)?.need ?? 'required', fileName: one.file_name, type: one.file_type, size: one.file_size,
      satisfiedBy: one.satisfied_zh ? { zh: one.satisfied_zh, en: one.satisfied_en ?? one.satisfied_zh } : null,
      standard: service.materials.find((material) => material.code === one.code)?.standard, verdict: one.verdict, note: one.note,
    })),
    tasks: whole.tasks.map((task) => taskView(ground, actor, whole, task, standsFor)),
    timeline: timelineOf(ground, whole.history),
    corrections: whole.corrections.map((one) => ({ id: one.id, askedAt: iso(one.asked_at), dueDay: one.due_on, doneAt: one.done_at ? iso(one.done_at) : null, items: correctionItems(service, one.items) })),
    suspensions: whole.suspensions.map((one) => ({ id: one.id, kind: one.kind, reason: one.reason, from: iso(one.from_at), until: one.until_at ? iso(one.until_at) : null, plannedDays: one.planned_days })),
    payment: whole.order ? { orderId: whole.order.id, amount: whole.order.amount, status: whole.order.status } : null,
    licences: whole.licences,
    documents: noticesOf(whole).map((notice) => ({ ...notice, address: addressOf(caseNotice, { id: row.id, kind: notice.kind }) })),
    rating: whole.rating ? { level: whole.rating.level, comment: whole.rating.comment } : null,
    reasons: service.reasons,
    earlier: [...new Map(done.map((one) => [one.element, { element: one.element, name: { zh: one.name_zh, en: one.name_en } }])).values()],
    acts: caseActs(actor, whole),
  };
};

export interface TaskListRow extends TaskRow {
  number: string;
  service: string;
  service_zh: string;
  service_en: string;
  applicant_name: string;
  state: number;
  card: TaskSummary['card'];
}
