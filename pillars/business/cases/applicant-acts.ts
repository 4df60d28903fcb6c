import { caseState } from '@zhengwu/contracts';
import type { BodyOf } from '@zhengwu/contracts';
import type { rateCase } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { advance } from './advance.ts';
import { closeCase } from './closing.ts';
import { setApplication, setCase, type Flow } from './flow.ts';
import { note } from './history.ts';
import { runOn, tell, waitsFor } from './operations.ts';
import { isEnded, wrongState } from './states.ts';
import { goOn } from './tasks.ts';
import type { CorrectionItemRow, CorrectionRow, MaterialRow } from './rows.ts';

/** A correction as it was asked, and what the applicant now gives. */
export interface Correcting {
  correction: CorrectionRow;
  items: CorrectionItemRow[];
  /** Valid new answers of the fields that were asked for; undefined: no longer answered. */
  answers: Record<string, unknown>;
  materials: MaterialRow[];
  replaced: string[];
}

/** Takes everything that was asked for; the clock runs on and the tasks return to who had them. */
export const correct = (flow: Flow, given: Correcting): void => {
  if (flow.row.state !== caseState.correctionStarted) throw wrongState(flow.row.state);
  flow.unit.correctionDone = { id: given.correction.id, at: flow.now.toISOString() };
  flow.unit.materials.push(...given.materials);
  flow.unit.replacedMaterials.push(...given.replaced);
  const answers = Object.fromEntries(Object.entries({ ...flow.application.answers, ...given.answers }).filter(([, value]) => value !== undefined));
  setApplication(flow, {
    answers,
    changed: [...new Set([...flow.application.changed, ...Object.keys(given.answers)])],
  });
  setCase(flow, { state: caseState.correctionEnded, waits_for: waitsFor(flow) });
  runOn(flow);
  goOn(flow);
  note(flow, { kind: 'corrected', zh: '申请人已补正', en: 'Corrected by the applicant' });
  flow.unit.events.push({ type: 'case.corrected', subject: flow.row.id });
  flow.unit.audit.push({ event: 'case.corrected', subject: flow.row.id, detail: { fields: Object.keys(given.answers), materials: given.materials.length } });
  if (Object.keys(given.answers).length > 0) advance(flow, { type: 'updateVariables', variables: { application: flow.service.complete(flow.application.answers) as never } });
};

/** Withdraws 撤件 or 撤回; nothing is possible afterwards but a new application. */
export const withdraw = (flow: Flow, reason: string): void => {
  if (isEnded(flow.row.state)) throw wrongState(flow.row.state);
  closeCase(flow, !flow.row.accepted_at ? 'withdrawnBeforeAccept' : 'withdrawn', reason);
  advance(flow, { type: 'cancel', reason: 'withdrawn' });
};

/** Rates a closed case once (GB/T 39734); 4 and 5 are called back and put right within 15 working days (GB/T 39735). */
export const rate = (flow: Flow, body: BodyOf<typeof rateCase>): { ratedAt: string } => {
  if (!flow.row.closed_at) throw wrongState(flow.row.state);
  const rated_at = flow.now.toISOString();
  flow.unit.rating = {
    case_id: flow.row.id, service: flow.row.service, department: flow.row.department, level: body.level, dimensions: body.dimensions ?? {},
    comment: body.comment?.trim() || null, rated_at, rectified: null, rectified_at: null,
    due_on: body.level >= 4 ? flow.ground.calendar().addWorkingDays(dayOf(flow.now), 15) : null,
  };
  setCase(flow, { waits_for: null });
  note(flow, { kind: 'rated', zh: '申请人已评价', en: 'Rated by the applicant', internal: true });
  flow.unit.events.push({ type: 'case.rated', subject: flow.row.id, payload: { level: body.level } });
  flow.unit.audit.push({ event: 'case.rated', subject: flow.row.id, detail: { level: body.level } });
  if (body.level >= 4) tell(flow, 'ratingFollowUp');
  return { ratedAt: rated_at };
};
