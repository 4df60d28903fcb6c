import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Id, Instant, Line, Values } from '../scalars.ts';
import { Text } from '../text.ts';
import { CaseState, TimelineEntry } from './cases.ts';
import { DraftCheck } from './drafts.ts';
import { ServiceSummary } from './services.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);
const Named = Type.Object({ code: Code, name: Text });

/** A life event 一件事 that is applied for as one. */
export const LifeEventGuide = Type.Object({
  code: Code, name: Text, summary: Text,
  parts: Type.Array(Type.Object({ service: ServiceSummary, /** Begins by itself when these have ended well. */ after: Type.Array(Named) })),
  /** Papers to bring, each once, with the parts that need it. */
  materials: Type.Array(Type.Object({ code: Code, name: Text, for: Type.Array(Text), /** Needed in some cases only. */ sometimes: Type.Boolean() })),
  /** Questions that are asked once instead of in each part. */
  askedOnce: Type.Integer(),
});
export type LifeEventGuide = Static<typeof LifeEventGuide>;

/** `filling` before it is handed in; `waiting` for other parts; `begun` with a case; `dropped` when what it waited for did not end well; `held` when it could not begin by itself. */
export const PartState = Type.Enum(['filling', 'waiting', 'begun', 'dropped', 'held']);

export const LifeEventPart = Type.Object({
  service: Named, department: Text, draft: orNull(Id), state: PartState, after: Type.Array(Named),
  /** Pages with something left to ask of the applicant. */
  steps: Type.Array(Type.Object({ id: Type.String(), title: Text, done: Type.Boolean() })),
  case: orNull(Type.Object({ id: Id, number: Type.String(), state: CaseState, stateText: Text, closed: Type.Boolean() })),
  note: orNull(Text),
});

/** One application for a life event, from its form to the end of its last part. */
export const LifeEventApplication = Type.Object({
  id: Id, event: Named, submissionKey: Id, submittedAt: orNull(Instant), updatedAt: Instant,
  applicant: Type.Object({ id: Id, name: Line }),
  parts: Type.Array(LifeEventPart),
  timeline: Type.Array(Type.Intersect([TimelineEntry, Type.Object({ service: Text })])),
});
export type LifeEventApplication = Static<typeof LifeEventApplication>;

const ById = Type.Object({ id: Id });
const Begun = Type.Object({ id: Id });

export const getLifeEvent = operation({ id: 'lifeEvent.get', method: 'GET', path: '/api/life-events/:code', summary: 'What a life event joins, what it needs', params: Type.Object({ code: Code }), response: LifeEventGuide });
export const beginLifeEvent = operation({
  id: 'lifeEvent.begin', method: 'POST', path: '/api/my/life-events', summary: 'Begin one application for all services of a life event', status: 201,
  body: Type.Object({ event: Code, /** Those that apply; all unless said. */ services: Type.Optional(Type.Array(Code, { minItems: 1, maxItems: 12 })) }, { additionalProperties: false }), response: Begun,
});
export const listLifeEvents = operation({
  id: 'lifeEvent.list', method: 'GET', path: '/api/my/life-events', summary: 'My applications for life events, the latest first',
  response: Type.Object({ items: Type.Array(Type.Object({ id: Id, event: Named, submittedAt: orNull(Instant), updatedAt: Instant })) }),
});
export const viewLifeEvent = operation({ id: 'lifeEvent.view', method: 'GET', path: '/api/my/life-events/:id', summary: 'One application with its parts and its timeline', params: ById, response: LifeEventApplication });
export const saveLifeEventStep = operation({
  id: 'lifeEvent.save', method: 'PUT', path: '/api/my/life-events/:id/parts/:service/steps/:step', summary: 'Keep a page; what is asked once is passed on to the other parts',
  params: Type.Object({ id: Id, service: Code, step: Type.String({ maxLength: 40 }) }), body: Type.Object({ values: Values }, { additionalProperties: false }),
  response: Type.Object({ next: orNull(Type.Object({ service: Code, step: Type.String() })) }),
});
export const checkLifeEvent = operation({
  id: 'lifeEvent.check', method: 'GET', path: '/api/my/life-events/:id/check', summary: 'All answers of all parts, with what is still missing', params: ById,
  response: Type.Object({ application: LifeEventApplication, parts: Type.Array(DraftCheck), /** Papers that several parts need, given once. */ sharedMaterials: Type.Array(Code) }),
});
export const submitLifeEvent = operation({
  id: 'lifeEvent.submit', method: 'POST', path: '/api/my/life-events/:id/submit', summary: 'Hand in all parts at the same moment', params: ById,
  body: Type.Object({ declaration: Type.Literal(true) }, { additionalProperties: false }), idempotent: true,
  response: Type.Object({ cases: Type.Array(Type.Object({ caseId: Id, number: Type.String(), state: CaseState, feeDue: orNull(Type.Integer()) })) }),
});
export const discardLifeEvent = operation({ id: 'lifeEvent.discard', method: 'DELETE', path: '/api/my/life-events/:id', summary: 'Throw an application away that is not handed in', params: ById, response: Type.Object({ discarded: Type.Boolean() }) });
