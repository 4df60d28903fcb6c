import { caseState } from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { composeCaseNumber, uuidv7 } from '@zhengwu/ids';
import { advance } from './advance.ts';
import { fail } from './errors.ts';
import { openFlow, type Flow } from './flow.ts';
import type { CaseService, Ground } from './ground.ts';
import { note } from './history.ts';
import { tell } from './operations.ts';
import type { ApplicationRow, CaseRow, MaterialRow } from './rows.ts';
import { wordsOf } from './words.ts';

export interface Applicant {
  id: string;
  kind: 'person' | 'institution';
  name: string;
  /** Citizen number or unified social credit code, for the process's variables and licences. */
  identifier: string;
  phone: string | null;
  email: string | null;
}

/** A valid application: answers checked against the service's schema, materials complete, facts read from registers. */
export interface Application {
  service: CaseService;
  applicant: Applicant;
  answers: Record<string, unknown>;
  facts: Record<string, unknown>;
  prefilled: ApplicationRow['prefilled'];
  materials: Omit<MaterialRow, 'id' | 'case_id' | 'given_at' | 'verdict' | 'note' | 'replaced'>[];
  channel: CaseRow['channel'];
  draft?: { id: string; version: number };
  /** The running number of the day, from a block this process holds. */
  sequence: number;
  division: string;
}

export interface Submitted {
  caseId: string;
  number: string;
  state: number;
  feeDue: number | null;
}

const firstRow = (application: Application, actor: Actor, now: Date): CaseRow => {
  const { service, applicant } = application;
  const acting = actor.kind === 'citizen' && actor.personId !== applicant.id;
  return {
    id: uuidv7(),
    number: composeCaseNumber({ division: application.division, day: dayOf(now), sequence: application.sequence }),
    service: service.code, service_zh: service.name.zh, service_en: service.name.en, pack_hash: service.packHash, department: service.department.id,
    applicant: applicant.id, applicant_kind: applicant.kind, applicant_name: applicant.name,
    agent: acting ? actor.personId : null, agent_name: acting ? actor.name : null, channel: application.channel,
    state: caseState.received, submitted_at: now.toISOString(), accepted_at: null, closed_at: null, delivered_at: null,
    clock: null, clock_stopped_for: null, promised_days: service.promisedDays, statutory_days: service.statutoryDays,
    promised_due: null, statutory_due: null, card: 'none', waits_for: null, version: 1, secrecy: service.secrecy,
  };
};

/** Begins a case: the process takes its first steps, and everything to be written is in the flow's unit. */
export const beginCase = (ground: Ground, actor: Actor, application: Application, now: Date): { flow: Flow; answer: Submitted } => {
  const { service, applicant } = application;
  if (!service.published) throw fail('case.service-withdrawn');
  const row = firstRow(application, actor, now);
  const kept: ApplicationRow = {
    case_id: row.id, answers: application.answers, facts: application.facts, prefilled: application.prefilled,
    contact: { phone: applicant.phone, email: applicant.email, identifier: applicant.identifier }, changed: [], variables: {},
  };
  const flow = openFlow({
    ground, actor, now, service, row, application: kept, tasks: [], instance: { id: row.id, definition: service.definitionHash, version: null, state: null },
    pictures: Object.fromEntries(application.materials.flatMap((one) => (one.file_hash && one.file_type?.startsWith('image/') ? [[one.code, one.file_hash]] : []))),
  });
  flow.unit.materials = application.materials.map((material) => ({
    ...material, id: uuidv7(), case_id: row.id, given_at: row.submitted_at, verdict: 'unseen', note: null, replaced: false,
  }));
  if (application.draft) flow.unit.draftSubmitted = { ...application.draft, case: row.id };
  note(flow, { kind: 'received', zh: '已收到申请', en: 'Application received' });
  tell(flow, 'received');
  advance(flow, {
    type: 'start',
    variables: {
      application: service.complete(application.answers), facts: application.facts,
      applicant: { id: applicant.id, name: applicant.name, kind: applicant.kind, identifier: applicant.identifier },
      case: { id: row.id, number: row.number, channel: row.channel, department: service.department.code },
    } as never,
  });
  flow.unit.events.push({ type: 'case.submitted', subject: row.id, payload: { service: service.code } });
  flow.unit.audit.push({ event: 'case.submitted', subject: row.id, detail: { service: service.code, number: row.number, channel: row.channel } });
  flow.unit.case = flow.row;
  flow.unit.application = flow.application;
  Object.assign(flow.unit, wordsOf(flow.row));
  const due = flow.application.variables['amount'];
  return { flow, answer: { caseId: row.id, number: row.number, state: flow.row.state, feeDue: typeof due === 'number' && flow.row.waits_for === 'pay' ? due : null } };
};
