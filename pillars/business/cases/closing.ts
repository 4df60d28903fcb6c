import { caseState, type Text } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { fail } from './errors.ts';
import { setCase, type Flow } from './flow.ts';
import { note } from './history.ts';
import type { HistoryRow } from './rows.ts';
import { isApproved, wrongState } from './states.ts';

const RESULTS = {
  approved: { state: caseState.closedApproved, template: 'approved', zh: '已办结：准予', en: 'Closed: approved' },
  approvedFollowUp: { state: caseState.closedApprovedFollowUp, template: 'approved', zh: '已办结：准予（材料容缺后补）', en: 'Closed: approved, materials to follow' },
  refused: { state: caseState.closedNotApproved, template: 'notApproved', zh: '已办结：不予批准', en: 'Closed: not approved' },
  notWithinScope: { state: caseState.notWithinScope, template: 'notWithinScope', zh: '不属于受理范围', en: 'Not within scope' },
  refuseAcceptance: { state: caseState.acceptanceRefused, template: 'refused', zh: '不予受理', en: 'Acceptance refused' },
  withdrawnBeforeAccept: { state: caseState.withdrawnBeforeAccept, template: 'withdrawn', zh: '申请人在受理前撤件', en: 'Withdrawn before acceptance' },
  withdrawn: { state: caseState.withdrawn, template: 'withdrawn', zh: '申请人撤回申请', en: 'Withdrawn by the applicant' },
} as const;
export type Result = keyof typeof RESULTS;

/** The state that a closing entry of the timeline tells of: a case revoked later is no longer in it. */
export const closedStateOf = (entry: Pick<HistoryRow, 'title_zh'>): number | undefined => Object.values(RESULTS).find((one) => one.zh === entry.title_zh)?.state;

/** Closes a case 办结 with its result; the rating opens, the time it took is set down. The applicant is told by the result's message unless another is named. */
export const closeCase = (flow: Flow, result: string, given: string | Text, message?: string): void => {
  if (flow.row.closed_at) return;
  // A misspelt result must never become a refusal.
  if (!Object.hasOwn(RESULTS, result)) throw fail('case.incident', { element: result });
  const known = RESULTS[result as Result];
  const reason = typeof given === 'string' ? { zh: given, en: given } : given;
  const at = flow.now.toISOString();
  const rated = known.state === caseState.closedApproved || known.state === caseState.closedApprovedFollowUp || known.state === caseState.closedNotApproved;
  if (flow.row.state === caseState.specialStarted) flow.unit.resumed = { case: flow.row.id, at, result: known.zh };
  setCase(flow, { state: known.state, closed_at: at, clock_stopped_for: null, waits_for: rated ? 'rate' : null });
  flow.unit.ended = { case: flow.row.id, at, approved: isApproved(known.state) };
  flow.unit.effort = {
    case_id: flow.row.id, service: flow.row.service, closed_at: at, visits: flow.row.channel === 'window' ? 1 : 0,
    working_days: flow.ground.calendar().workingDaysBetween(dayOf(new Date(flow.row.submitted_at)), dayOf(flow.now)),
  };
  note(flow, { kind: 'closed', zh: known.zh, en: known.en, detail: reason.zh ? reason : undefined });
  flow.unit.events.push({ type: 'case.closed', subject: flow.row.id, payload: { state: known.state, service: flow.row.service } });
  flow.unit.audit.push({ event: 'case.closed', subject: flow.row.id, detail: { state: known.state } });
  flow.unit.messages.push(flow.ground.makeMessage({
    to: flow.row.agent ?? flow.row.applicant, template: message ?? known.template, caseId: flow.row.id, key: `${flow.row.id}:closed`, now: flow.now,
    params: { number: flow.row.number, service: flow.row.service_zh, serviceEn: flow.row.service_en, reason: reason.zh, reasonEn: reason.en, date: dayOf(flow.now) },
  }));
};

/** Revokes a decision 撤销 with the licences it gave; the reason is told. */
export const revoke = (flow: Flow, reason: string, licences: readonly string[]): void => {
  if (!isApproved(flow.row.state)) throw wrongState(flow.row.state);
  setCase(flow, { state: caseState.revoked, waits_for: null });
  for (const id of licences) flow.unit.licenceRevocations.push({ id, reason, at: flow.now.toISOString(), by: flow.actor.personId });
  note(flow, { kind: 'revoked', zh: '决定已撤销', en: 'The decision is revoked', detail: { zh: reason, en: reason } });
  flow.unit.events.push({ type: 'case.revoked', subject: flow.row.id, payload: { licences: [...licences] } });
  flow.unit.audit.push({ event: 'case.revoked', subject: flow.row.id, detail: { reason, licences: [...licences] } });
  flow.unit.messages.push(flow.ground.makeMessage({
    to: flow.row.agent ?? flow.row.applicant, template: 'revoked', caseId: flow.row.id, key: `${flow.row.id}:revoked`, now: flow.now,
    params: { number: flow.row.number, service: flow.row.service_zh, serviceEn: flow.row.service_en, reason },
  }));
};
