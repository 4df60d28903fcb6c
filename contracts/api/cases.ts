import { Type, type Static } from 'typebox';
import { Label } from './labels.ts';
import { operation } from '../operation.ts';
import { both, Code, Day, Fen, Id, Instant, Line, Page, pageOf, Paragraph, Values, Version } from '../scalars.ts';
import { FetchedView } from './fetched.ts';
import { FormStep } from '../form.ts';
import { Text } from '../text.ts';

/** 1 to 15 of the code list case-state. */
export const CaseState = Type.Integer({ minimum: 1, maximum: 15 });

/** The clock of a case; days are working days, remaining may be negative. */
export const CaseClock = Type.Object({
  startedOn: Type.Union([Day, Type.Null()]),
  running: Type.Boolean(),
  /** Why it stands still: correction, special procedure, payment. */
  stoppedFor: Type.Union([Text, Type.Null()]),
  promisedDue: Type.Union([Day, Type.Null()]),
  statutoryDue: Type.Union([Day, Type.Null()]),
  promisedRemaining: Type.Union([Type.Integer(), Type.Null()]),
  statutoryRemaining: Type.Union([Type.Integer(), Type.Null()]),
  extendedBy: Type.Integer(),
  card: Type.Enum(['none', 'warning', 'yellow', 'red']),
});
export type CaseClock = Static<typeof CaseClock>;

export const TimelineEntry = Type.Object({
  at: Instant,
  kind: Type.String(),
  title: Text,
  detail: Type.Optional(Text),
  by: Type.Optional(Type.String()),
  department: Type.Optional(Text),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

export const CorrectionItem = Type.Object({
  id: Id,
  /** Field path `step.field`, or a material code. */
  target: Type.Enum(['field', 'material']),
  key: Type.String(),
  label: Text,
  why: Paragraph,
  done: Type.Boolean(),
});

export const MyCase = Type.Object({
  id: Id, number: Type.String(), service: Type.Object({ code: Code, name: Text }),
  applicant: Type.Object({ id: Id, name: Type.String() }),
  state: CaseState, stateText: Text, submittedAt: Instant, closedAt: Type.Union([Instant, Type.Null()]),
  clock: CaseClock,
  /** What waits for the applicant now. */
  todo: Type.Union([Type.Enum(['correct', 'pay', 'rate', 'collect', 'attend']), Type.Null()]),
});
export type MyCase = Static<typeof MyCase>;

export const MyCaseDetail = both(MyCase, Type.Object({
  next: Type.Object({ what: Text, who: Text, by: Type.Union([Day, Type.Null()]) }),
  timeline: Type.Array(TimelineEntry),
  answers: Type.Array(Type.Object({ title: Text, answers: Type.Array(Type.Object({ question: Text, display: Text })) })),
  materials: Type.Array(Type.Object({
    id: Id, name: Text, fileName: Type.Union([Type.String(), Type.Null()]), satisfiedBy: Type.Union([Text, Type.Null()]), /** Its file waits for the malware scanner. */ isChecking: Type.Optional(Type.Boolean()),
  })),
  fetched: Type.Optional(FetchedView),
  correction: Type.Union([Type.Null(), Type.Object({
    id: Id, dueDay: Day, note: Type.Union([Type.String(), Type.Null()]), items: Type.Array(CorrectionItem),
    /** The asked fields only, with their schema and layout; keys are those of the items. Absent when only materials are asked for. */
    form: Type.Optional(FormStep),
    values: Type.Optional(Values),
  })]),
  payment: Type.Union([Type.Null(), Type.Object({ orderId: Id, amount: Fen, status: Type.String(), items: Type.Array(Type.Object({ name: Text, amount: Fen })) })]),
  licences: Type.Array(Type.Object({ id: Type.String(), name: Text, status: Type.String() })),
  documents: Type.Array(Type.Object({ kind: Code, name: Text, issuedAt: Instant })),
  appointment: Type.Union([Type.Null(), Type.Object({ place: Text, at: Instant })]),
  canWithdraw: Type.Boolean(),
  rating: Type.Union([Type.Null(), Type.Object({ level: Type.Integer(), comment: Type.Union([Type.String(), Type.Null()]), ratedAt: Instant })]),
  contact: Type.Object({ department: Text, phone: Type.String() }),
}));
export type MyCaseDetail = Static<typeof MyCaseDetail>;

const caseParams = Type.Object({ id: Id });
const MaterialRef = Type.Object({ material: Code, upload: Id }, { additionalProperties: false });
export const Submitted = Type.Object({ caseId: Id, number: Type.String(), state: Type.Integer(), feeDue: Type.Union([Type.Integer(), Type.Null()]) });

export const submitCase = operation({
  id: 'case.submit', method: 'POST', path: '/api/cases', summary: 'Submit an application in one request', status: 201, idempotent: true,
  body: Type.Object({ service: Code, values: Values, materials: Type.Array(MaterialRef, { maxItems: 60 }) }, { additionalProperties: false }), response: Submitted,
});
export const myCases = operation({
  id: 'case.mine', method: 'GET', path: '/api/my/cases', summary: 'My cases, those that wait for me first',
  query: both(Page, Type.Object({ open: Type.Optional(Type.Boolean()) })), response: pageOf(MyCase),
});
export const myCase = operation({ id: 'case.view', method: 'GET', path: '/api/my/cases/:id', summary: 'One of my cases', params: caseParams, response: MyCaseDetail });
export const correctCase = operation({
  id: 'case.correct', method: 'POST', path: '/api/my/cases/:id/correction', summary: 'Give everything that was asked for', idempotent: true, params: caseParams,
  body: Type.Object({ values: Values, materials: Type.Array(MaterialRef, { maxItems: 60 }) }, { additionalProperties: false }), response: Submitted,
});
export const withdrawCase = operation({
  id: 'case.withdraw', method: 'POST', path: '/api/my/cases/:id/withdraw', summary: 'Withdraw an application', idempotent: true, params: caseParams,
  body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false }), response: Type.Object({ state: CaseState }),
});
export const rateCase = operation({
  id: 'case.rate', method: 'POST', path: '/api/my/cases/:id/rating', summary: 'Rate a closed case, once (GB/T 39734)', idempotent: true, params: caseParams,
  body: Type.Object({
    level: Type.Integer({ minimum: 1, maximum: 5, description: '1 非常满意 … 5 非常不满意' }),
    dimensions: Type.Optional(Type.Partial(Type.Record(Type.Enum(['efficiency', 'guide', 'convenience', 'platform']), Type.Integer({ minimum: 1, maximum: 5 })))),
    comment: Type.Optional(Type.String({ maxLength: 1000 })),
  }, { additionalProperties: false }),
  response: Type.Object({ ratedAt: Instant }),
});
export const caseDocument = operation({
  id: 'case.document', method: 'GET', path: '/api/my/cases/:id/documents/:kind', summary: 'A notice of the case as PDF', raw: true,
  params: Type.Object({ id: Id, kind: Code }), response: Type.Unknown(),
});

/* ---- officials ---- */

export const TaskSummary = Type.Object({
  id: Id, version: Version, caseId: Id, number: Type.String(), service: Type.Object({ code: Code, name: Text }),
  /** Element name in the process, e.g. 受理审查. */
  name: Text, kind: Type.String(), stage: Type.String(),
  applicant: Type.String(), state: CaseState, department: Type.Object({ code: Code, name: Text }),
  openedAt: Instant, dueDay: Type.Union([Day, Type.Null()]), remaining: Type.Union([Type.Integer(), Type.Null()]),
  card: Type.Enum(['none', 'warning', 'yellow', 'red']),
  claimedBy: Type.Union([Type.Null(), Type.Object({ id: Id, name: Type.String() })]),
  chased: Type.Boolean(),
});
export type TaskSummary = Static<typeof TaskSummary>;

export const Queue = Type.Enum(['mine', 'todo', 'done', 'circulated', 'overdue', 'waiting', 'chased']);
export const workQueues = operation({
  id: 'work.queues', method: 'GET', path: '/api/work/queues', summary: 'Queues with live counts',
  response: Type.Object({ queues: Type.Array(Type.Object({ queue: Queue, count: Type.Integer(), capped: Type.Boolean() })), at: Instant }),
});
export const workList = operation({
  id: 'work.list', method: 'GET', path: '/api/work/tasks', summary: 'Tasks of a queue',
  query: both(Page, Type.Object({
    queue: Type.Optional(Queue), q: Type.Optional(Type.String({ maxLength: 100 })), service: Type.Optional(Code), stage: Type.Optional(Code),
    sort: Type.Optional(Type.Enum(['due', 'opened', '-opened'])),
  })),
  response: pageOf(TaskSummary),
});

export const CaseSummary = Type.Object({
  id: Id, number: Type.String(), service: Type.Object({ code: Code, name: Text }), applicant: Type.String(), state: CaseState,
  department: Type.Object({ code: Code, name: Text }), submittedAt: Instant, closedAt: Type.Union([Instant, Type.Null()]),
  promisedDue: Type.Union([Day, Type.Null()]), card: Type.Enum(['none', 'warning', 'yellow', 'red']), channel: Type.Enum(['portal', 'window']),
});
export type CaseSummary = Static<typeof CaseSummary>;
export const listCases = operation({
  id: 'case.list', method: 'GET', path: '/api/cases', summary: 'Cases within scope: filter, sort or full-text search (newest first); counts are capped at 1,000',
  query: both(Page, Type.Object({
    q: Type.Optional(Type.String({ maxLength: 100 })), state: Type.Optional(CaseState), service: Type.Optional(Code), department: Type.Optional(Code),
    from: Type.Optional(Day), to: Type.Optional(Day), card: Type.Optional(Type.Enum(['warning', 'yellow', 'red'])), open: Type.Optional(Type.Boolean()),
    /** due: open cases only, the nearest promised day first, those without one last. */
    sort: Type.Optional(Type.Enum(['-submitted', 'submitted', 'due'])),
  })),
  response: pageOf(CaseSummary),
});

/** Acts an official may do on a case now, so that the page offers no more and no fewer. */
export const Act = Type.Enum([
  'claim', 'release', 'takeOver', 'takeOn', 'decide', 'askCorrection', 'transfer', 'delegate', 'addSigner', 'removeSigner', 'sendBack', 'suspend', 'resume', 'extend',
  'notWithinScope', 'refuseAcceptance', 'revoke', 'circulate', 'note', 'chase', 'checkMaterial', 'deliver', 'reveal',
]);
export type Act = Static<typeof Act>;

export const CaseTask = Type.Object({
  id: Id, version: Version, element: Type.String(), name: Text, kind: Type.String(), stage: Type.String(),
  status: Type.Enum(['open', 'claimed', 'done', 'cancelled']), department: Type.Object({ code: Code, name: Text }), post: Type.Union([Type.String(), Type.Null()]),
  assignee: Type.Union([Type.Null(), Type.Object({ id: Id, name: Type.String() })]),
  /** Whom it was delegated from (委派): their task returns to them when done. */
  delegatedBy: Type.Union([Type.Null(), Type.Object({ id: Id, name: Type.String() })]),
  outcomes: Type.Array(Type.Object({ code: Code, name: Text, needsReason: Type.Boolean() })),
  outcome: Type.Union([Type.String(), Type.Null()]), opinion: Type.Union([Type.String(), Type.Null()]), signature: Type.Union([Type.String(), Type.Null()]),
  openedAt: Instant, doneAt: Type.Union([Instant, Type.Null()]), dueDay: Type.Union([Day, Type.Null()]),
  acts: Type.Array(Act),
});
export type CaseTask = Static<typeof CaseTask>;

export const CaseDetail = Type.Object({
  id: Id, version: Version, number: Type.String(), label: Label, service: Type.Object({ code: Code, name: Text, packHash: Type.String(), packVersion: Type.String() }),
  state: CaseState, stateText: Text, channel: Type.Enum(['portal', 'window']),
  applicant: Type.Object({ id: Id, name: Type.String(), kind: Type.String(), identifier: Type.String(), phone: Type.Union([Type.String(), Type.Null()]) }),
  agent: Type.Union([Type.Null(), Type.Object({ id: Id, name: Type.String() })]),
  submittedAt: Instant, closedAt: Type.Union([Instant, Type.Null()]), department: Type.Object({ code: Code, name: Text }),
  clock: CaseClock,
  /** Facts that block or bear on the decision: register contradictions, missing material, unpaid fee, incident. */
  facts: Type.Array(Type.Object({ severity: Type.Enum(['block', 'warn', 'ok']), text: Text, source: Text })),
  sections: Type.Array(Type.Object({
    step: Type.String(), title: Text,
    answers: Type.Array(Type.Object({ key: Type.String(), question: Text, display: Text, personal: Type.Boolean(), changed: Type.Boolean(), source: Type.Optional(Text) })),
  })),
  materials: Type.Array(Type.Object({
    id: Id, code: Code, name: Text, need: Type.String(), fileName: Type.Union([Type.String(), Type.Null()]), type: Type.Union([Type.String(), Type.Null()]),
    size: Type.Union([Type.Integer(), Type.Null()]), satisfiedBy: Type.Union([Text, Type.Null()]), standard: Type.Optional(Text),
    verdict: Type.Enum(['unseen', 'seen', 'ok', 'incomplete']), note: Type.Union([Type.String(), Type.Null()]),
    /** Its file waits for the malware scanner. */ isChecking: Type.Optional(Type.Boolean()),
  })),
  tasks: Type.Array(CaseTask),
  timeline: Type.Array(TimelineEntry),
  corrections: Type.Array(Type.Object({ id: Id, askedAt: Instant, dueDay: Day, doneAt: Type.Union([Instant, Type.Null()]), items: Type.Array(CorrectionItem) })),
  suspensions: Type.Array(Type.Object({ id: Id, kind: Code, reason: Type.String(), from: Instant, until: Type.Union([Instant, Type.Null()]), plannedDays: Type.Integer() })),
  payment: Type.Union([Type.Null(), Type.Object({ orderId: Id, amount: Fen, status: Type.String() })]),
  licences: Type.Array(Type.Object({ id: Type.String(), name: Text, status: Type.String() })),
  /** Receipts, notices and decisions issued so far, each with the address of its PDF on this site. */
  documents: Type.Array(Type.Object({ kind: Code, name: Text, issuedAt: Instant, address: Type.String() })),
  rating: Type.Union([Type.Null(), Type.Object({ level: Type.Integer(), comment: Type.Union([Type.String(), Type.Null()]) })]),
  /** Structured reasons for refusals and corrections that the service declares. */
  reasons: Type.Array(Type.Object({ code: Code, text: Text })),
  /** Elements a send-back may go to: earlier user tasks. */
  earlier: Type.Array(Type.Object({ element: Type.String(), name: Text })),
  acts: Type.Array(Act),
});
export type CaseDetail = Static<typeof CaseDetail>;

export const openCase = operation({ id: 'case.open', method: 'GET', path: '/api/cases/:id', summary: 'One case as an official works on it', params: caseParams, response: CaseDetail });
export const caseDiagram = operation({
  id: 'case.diagram', method: 'GET', path: '/api/cases/:id/diagram', summary: 'Process model with tokens', params: caseParams,
  response: Type.Object({ xml: Type.String(), active: Type.Array(Type.String()), done: Type.Array(Type.String()), incidents: Type.Array(Type.String()) }),
});
export const revealField = operation({
  id: 'case.reveal', method: 'POST', path: '/api/cases/:id/reveal', summary: 'Show a masked personal value; audited', params: caseParams,
  body: Type.Object({ key: Type.String({ maxLength: 100 }), reason: Line }, { additionalProperties: false }), response: Type.Object({ value: Type.String() }),
});
export const caseMaterialFile = operation({
  id: 'case.materialFile', method: 'GET', path: '/api/cases/:id/materials/:material/file', summary: 'The file of a material', raw: true,
  params: Type.Object({ id: Id, material: Id }), response: Type.Unknown(),
});
export const caseNotice = operation({
  id: 'case.notice', method: 'GET', path: '/api/cases/:id/documents/:kind', summary: 'A notice of the case as PDF, for officials', raw: true,
  params: Type.Object({ id: Id, kind: Code }), response: Type.Unknown(),
});

const taskParams = Type.Object({ id: Id });
/** Answer to every act: the task's and the case's new versions. */
export const Acted = Type.Object({ taskId: Id, version: Version, caseId: Id, state: CaseState });
const act = <B extends Parameters<typeof Type.Object>[0]>(id: string, verb: string, summary: string, body: B) => operation({
  id, method: 'POST', path: `/api/tasks/:id/${verb}`, summary, params: taskParams, idempotent: true,
  body: Type.Object({ version: Version, ...body }, { additionalProperties: false }), response: Acted,
});

export const claimTask = act('task.claim', 'claim', 'Reserve a task', {});
export const releaseTask = act('task.release', 'release', 'Give a task back to the queue', {});
export const takeOverTask = act('task.takeOver', 'take-over', 'Supervisor takes a claimed task over', { reason: Line });
export const takeOnTask = act('task.takeOn', 'take-on', 'Who stands in for an absent person takes on 接办 what that person has reserved', { reason: Line });
export const completeTask = act('task.complete', 'complete', 'Decide: an outcome of the element, with opinion', {
  outcome: Code, opinion: Type.Optional(Type.String({ maxLength: 2000 })), reasonCode: Type.Optional(Code), variables: Type.Optional(Values),
  /** Handwriting (image/png data URI, ≤ 60 KB) or `stamp` for one's stamp image. */
  signature: Type.Optional(Type.String({ maxLength: 90_000 })),
});
export const transferTask = act('task.transfer', 'transfer', 'Hand over 转办', { to: Id, reason: Line });
export const delegateTask = act('task.delegate', 'delegate', 'Delegate 委派: the other answers, the task returns', { to: Id, reason: Line });
export const addSigner = act('task.addSigner', 'add-signer', 'Add a signer 加签', { to: Id, reason: Line });
export const removeSigner = act('task.removeSigner', 'remove-signer', 'Remove a signer 减签', { reason: Line });
export const sendBackTask = act('task.sendBack', 'send-back', 'Send back 驳回 to an earlier step', { element: Type.String({ maxLength: 100 }), reason: Paragraph, returnToSender: Type.Boolean() });
export const askCorrection = act('task.askCorrection', 'ask-correction', 'Ask once for everything missing (行政许可法 §32)', {
  items: Type.Array(Type.Object({ target: Type.Enum(['field', 'material']), key: Type.String({ maxLength: 100 }), why: Paragraph }, { additionalProperties: false }), { minItems: 1, maxItems: 60 }),
  note: Type.Optional(Type.String({ maxLength: 1000 })),
});
export const suspendCase = act('task.suspend', 'suspend', 'Special procedure stops the clock, with written notice (§45)', {
  kind: Type.Enum(['hearing', 'tender', 'auction', 'inspection', 'testing', 'quarantine', 'appraisal', 'expertReview']), plannedDays: Type.Integer({ minimum: 1, maximum: 250 }), reason: Paragraph,
});
export const resumeCase = act('task.resume', 'resume', 'The special procedure has ended', { result: Paragraph });
export const extendCase = act('task.extend', 'extend', 'Extend the statutory limit (§42): 10 days by the agency head, 15 jointly', { days: Type.Integer({ minimum: 1, maximum: 15 }), reason: Paragraph });
export const batchComplete = operation({
  id: 'task.batch', method: 'POST', path: '/api/tasks-batch', summary: 'The same safe decision on many tasks; each answers for itself', idempotent: true,
  body: Type.Object({ tasks: Type.Array(Type.Object({ id: Id, version: Version }), { minItems: 1, maxItems: 100 }), outcome: Code, opinion: Type.Optional(Type.String({ maxLength: 2000 })) }, { additionalProperties: false }),
  response: Type.Object({ done: Type.Array(Id), refused: Type.Array(Type.Object({ id: Id, code: Type.String(), message: Type.String() })) }),
});
export const taskCandidates = operation({
  id: 'task.candidates', method: 'GET', path: '/api/tasks/:id/candidates', summary: 'People who could take, sign or be asked', params: taskParams,
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 50 })) }),
  response: Type.Object({ people: Type.Array(Type.Object({ id: Id, name: Type.String(), department: Text, posts: Type.Array(Text), openTasks: Type.Integer(), away: Type.Boolean() })) }),
});
export const checkMaterial = operation({
  id: 'case.checkMaterial', method: 'POST', path: '/api/cases/:id/materials/:material/check', summary: 'Verdict on one material', params: Type.Object({ id: Id, material: Id }),
  body: Type.Object({ verdict: Type.Enum(['seen', 'ok', 'incomplete']), note: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false }), response: Type.Object({ verdict: Type.String() }),
});
export const noteCase = operation({
  id: 'case.note', method: 'POST', path: '/api/cases/:id/notes', summary: 'Add a note to the timeline', idempotent: true, params: caseParams, body: Type.Object({ text: Paragraph }, { additionalProperties: false }), response: Type.Object({ at: Instant }),
});
export const circulateCase = operation({
  id: 'case.circulate', method: 'POST', path: '/api/cases/:id/circulate', summary: 'Circulate for reading to people, and to groups as their members are now', idempotent: true, params: caseParams,
  body: Type.Object({ to: Type.Optional(Type.Array(Id, { maxItems: 50 })), groups: Type.Optional(Type.Array(Code, { maxItems: 10, uniqueItems: true })), note: Type.Optional(Type.String({ maxLength: 500 })) }, { additionalProperties: false }), response: Type.Object({ sent: Type.Integer() }),
});
export const readCirculated = operation({ id: 'case.readCirculated', method: 'POST', path: '/api/cases/:id/circulated/read', summary: 'Mark a circulated case as read', params: caseParams, response: Type.Object({ read: Type.Boolean() }) });
export const revokeCase = operation({
  id: 'case.revoke', method: 'POST', path: '/api/cases/:id/revoke', summary: 'Revoke a decision and its licences 撤销', idempotent: true, params: caseParams,
  body: Type.Object({ version: Version, reason: Paragraph }, { additionalProperties: false }), response: Type.Object({ state: CaseState }),
});
export const deliverCase = operation({
  id: 'case.deliver', method: 'POST', path: '/api/cases/:id/deliver', summary: 'Record the delivery of the result (§44: within 10 days)', idempotent: true, params: caseParams,
  body: Type.Object({ how: Type.Enum(['online', 'window', 'courier']), receipt: Type.Optional(Type.String({ maxLength: 200 })) }, { additionalProperties: false }), response: Type.Object({ deliveredAt: Instant }),
});
export const intakeForm = operation({
  id: 'intake.form', method: 'GET', path: '/api/intake/:service', summary: 'All steps of a service for a person at the counter, filled from registers',
  params: Type.Object({ service: Code }), query: Type.Object({ identifier: Type.String({ maxLength: 18 }) }),
  response: Type.Object({
    applicant: Type.Union([Type.Null(), Type.Object({ id: Id, name: Type.String(), kind: Type.String() })]), form: Type.Unknown(), values: Values,
    /** What registers said, sealed: given back to `intake.evaluate` so that they are read once, readable to the site alone. */
    facts: Type.String(),
    /** Keys to ask now, of all steps. */
    visible: Type.Array(Type.String()),
    prefilled: Type.Array(Type.Object({ key: Type.String(), source: Text })), materials: Type.Array(Type.Unknown()), slots: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Object({ value: Type.String(), label: Text })))),
  }),
});
/** Reads nothing: the facts are those of the first look-up. Submission reads the registers again and decides. */
export const evaluateIntake = operation({
  id: 'intake.evaluate', method: 'POST', path: '/api/intake/:service/evaluate', summary: 'What to ask and which materials to take in, by the answers so far',
  params: Type.Object({ service: Code }), body: Type.Object({ values: Values, facts: Type.String({ maxLength: 400_000 }) }, { additionalProperties: false }),
  response: Type.Object({ visible: Type.Array(Type.String()), materials: Type.Array(Type.Unknown()) }),
});
export const intakeCase = operation({
  id: 'intake.submit', method: 'POST', path: '/api/intake/:service', summary: 'Window intake for a person at the counter', status: 201, idempotent: true, params: Type.Object({ service: Code }),
  body: Type.Object({
    applicant: Type.Object({ kind: Type.Enum(['person', 'institution']), identifier: Type.String({ minLength: 15, maxLength: 18 }), name: Line, phone: Type.Optional(Type.String({ maxLength: 20 })) }, { additionalProperties: false }),
    values: Values, materials: Type.Array(MaterialRef, { maxItems: 60 }),
  }, { additionalProperties: false }),
  response: Submitted,
});
export const getStamp = operation({ id: 'stamp.get', method: 'GET', path: '/api/my/stamp', summary: 'My stamp or handwriting image', response: Type.Object({ image: Type.Union([Type.String(), Type.Null()]) }) });
export const putStamp = operation({ id: 'stamp.put', method: 'PUT', path: '/api/my/stamp', summary: 'Keep my stamp or handwriting (PNG data URI ≤ 60 KB)', body: Type.Object({ image: Type.String({ maxLength: 90_000 }) }, { additionalProperties: false }), response: Type.Object({ kept: Type.Boolean() }) });
/** Server-sent events: `queues` whenever counts of the reader's queues may have changed. */
export const liveEvents = operation({ id: 'live.events', method: 'GET', path: '/api/live', summary: 'Live changes (text/event-stream)', raw: true, response: Type.Unknown() });
