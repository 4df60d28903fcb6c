import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { both, Code, Fen, Page, pageOf, Values } from '../scalars.ts';
import { Text } from '../text.ts';
import { FormStep } from '../form.ts';

export const ServiceSummary = Type.Object({
  code: Code,
  name: Text,
  summary: Text,
  department: Text,
  audience: Type.Array(Type.String()),
  topics: Type.Array(Type.String()),
  /** Case kind: 1 immediate, 2 promised. */
  kind: Type.String(),
  promisedDays: Type.Integer(),
  visits: Type.Integer(),
  online: Type.Boolean(),
});
export type ServiceSummary = Static<typeof ServiceSummary>;

export const ServiceMaterial = Type.Object({
  code: Code,
  name: Text,
  need: Type.String(),
  source: Type.String(),
  form: Type.String(),
  copies: Type.Optional(Type.Integer()),
  standard: Type.Optional(Text),
  basis: Type.Optional(Text),
  fill: Type.Optional(Text),
  blankForm: Type.Optional(Type.String()),
  filledExample: Type.Optional(Type.String()),
  accept: Type.Array(Type.String(), { description: 'media types' }),
  maxBytes: Type.Integer(),
  /** How it is satisfied without upload, where it is. */
  satisfiedBy: Type.Optional(Text),
});

/** Every element of the guide that an inspection asks for (standards §1); codes are of contracts/codes. */
export const ServiceGuide = Type.Object({
  summary: ServiceSummary,
  catalogueCode: Type.String(),
  implementationCode: Type.String(),
  handlingCode: Type.String(),
  version: Type.String(),
  packHash: Type.String(),
  itemType: Type.String(),
  exerciseLevel: Type.String(),
  body: Type.Object({ name: Text, code: Type.String(), kind: Type.String() }),
  basis: Type.Array(Text),
  conditions: Type.Array(Text),
  limit: Type.Object({
    statutoryDays: Type.Integer(), statutoryNote: Type.Optional(Text),
    promisedDays: Type.Integer(), promisedNote: Type.Optional(Text),
  }),
  visits: Type.Object({ times: Type.Integer(), reason: Type.Optional(Text) }),
  depth: Type.Array(Type.String()),
  handlingForms: Type.Array(Type.String()),
  steps: Type.Array(Type.Object({ stage: Type.String(), name: Text, who: Text, days: Type.Optional(Type.Integer()), note: Type.Optional(Text) })),
  materials: Type.Array(ServiceMaterial),
  fees: Type.Array(Type.Object({ name: Text, amount: Type.Union([Fen, Type.Null()]), standard: Text, basis: Text, reduction: Type.Optional(Text) })),
  payOnline: Type.Boolean(),
  results: Type.Array(Type.Object({ code: Code, name: Text, sample: Type.Optional(Type.String()) })),
  place: Type.Array(Type.Object({ name: Text, address: Text, hours: Text, phone: Type.String() })),
  consultPhone: Type.String(),
  complaintPhone: Type.String(),
  crossArea: Type.Array(Type.String()),
  express: Type.Boolean(),
  faq: Type.Array(Type.Object({ question: Text, answer: Text })),
  special: Type.Array(Text),
  hasPreCheck: Type.Boolean(),
  /** How surely who applies online must be known: 1 as they told it, 2 checked. */
  assurance: Type.Integer(),
  lifeEvents: Type.Array(Type.String()),
  /** Old way and new way as declared: steps, papers, visits, hands, days. */
  before: Type.Object({ steps: Type.Integer(), papers: Type.Integer(), visits: Type.Integer(), hands: Type.Integer(), days: Type.Number() }),
});
export type ServiceGuide = Static<typeof ServiceGuide>;

export const Topic = Type.Object({ code: Type.String(), name: Text, count: Type.Integer() });

export const listServices = operation({
  id: 'service.list', method: 'GET', path: '/api/services', summary: 'Search and filter published services',
  query: both(Page, Type.Object({
    q: Type.Optional(Type.String({ maxLength: 100 })),
    audience: Type.Optional(Type.Enum(['person', 'enterprise'])),
    topic: Type.Optional(Code), department: Type.Optional(Code), lifeEvent: Type.Optional(Code),
  })),
  response: pageOf(ServiceSummary),
});

export const browseServices = operation({
  id: 'service.browse', method: 'GET', path: '/api/services-index', summary: 'Topics, departments, life events and most used services',
  response: Type.Object({
    topics: Type.Array(Topic), departments: Type.Array(Topic),
    lifeEvents: Type.Array(Type.Object({ code: Type.String(), name: Text, summary: Text, services: Type.Array(Code), /** Applied for as one. */ together: Type.Optional(Type.Boolean()) })),
    mostUsed: Type.Array(ServiceSummary),
  }),
});

export const getService = operation({
  id: 'service.get', method: 'GET', path: '/api/services/:code', summary: 'The guide of one service',
  params: Type.Object({ code: Code }), response: ServiceGuide,
});

export const PreCheckResult = Type.Object({
  /** null until every question that matters is answered. */
  eligible: Type.Union([Type.Boolean(), Type.Null()]),
  reasons: Type.Array(Text),
  instead: Type.Optional(Text),
  materials: Type.Array(Type.Object({ code: Code, name: Text, needed: Type.Boolean(), satisfiedBy: Type.Optional(Text) })),
  fee: Type.Union([Fen, Type.Null()]),
  promisedDays: Type.Integer(),
});

export const getPreCheck = operation({
  id: 'service.preCheckForm', method: 'GET', path: '/api/services/:code/pre-check', summary: 'Questions of the pre-check',
  params: Type.Object({ code: Code }), response: Type.Object({ step: FormStep }),
});

export const preCheck = operation({
  id: 'service.preCheck', method: 'POST', path: '/api/services/:code/pre-check', summary: 'Whether one qualifies, and with which materials',
  params: Type.Object({ code: Code }), body: Type.Object({ values: Values }, { additionalProperties: false }), response: PreCheckResult,
});

export const BeforeAfter = Type.Object({
  service: Code, name: Text,
  before: Type.Object({ steps: Type.Number(), papers: Type.Number(), visits: Type.Number(), hands: Type.Number(), days: Type.Number() }),
  /** Measured from events; null while no case has closed. */
  after: Type.Object({
    cases: Type.Integer(), steps: Type.Number(), papers: Type.Number(), visits: Type.Number(), hands: Type.Number(), days: Type.Number(),
    applicantMinutes: Type.Number(), clerkMinutes: Type.Number(),
  }),
  /** Over all closed cases: materials that a look-up stood for, and what the old way would have taken more; null while no case has closed. */
  saved: Type.Union([Type.Null(), Type.Object({ spared: Type.Integer(), papers: Type.Integer(), visits: Type.Integer(), days: Type.Integer() })]),
});

export const beforeAfter = operation({
  id: 'service.beforeAfter', method: 'GET', path: '/api/services-before-after', summary: 'The declared old way beside the measured new way',
  response: Type.Object({ services: Type.Array(BeforeAfter), sum: Type.Object({ before: Type.Record(Type.String(), Type.Number()), after: Type.Record(Type.String(), Type.Number()) }) }),
});

export const adminServices = operation({
  id: 'service.adminList', method: 'GET', path: '/api/admin/services', summary: 'Packs and services with versions, state and findings',
  response: Type.Object({
    packs: Type.Array(Type.Object({
      code: Code, version: Type.String(), hash: Type.String(), name: Text, accepted: Type.Boolean(), loadedAt: Type.String(),
      findings: Type.Array(Type.Object({ file: Type.String(), path: Type.String(), rule: Type.String(), message: Text, remedy: Text })),
    })),
    services: Type.Array(Type.Object({ code: Code, name: Text, pack: Code, version: Type.String(), published: Type.Boolean(), openCases: Type.Integer() })),
  }),
});

export const publishService = operation({
  id: 'service.publish', method: 'PUT', path: '/api/admin/services/:code/published', summary: 'Publish or withdraw a service; running cases go on',
  params: Type.Object({ code: Code }), body: Type.Object({ published: Type.Boolean(), reason: Type.String({ maxLength: 500 }) }, { additionalProperties: false }),
  response: Type.Object({ published: Type.Boolean() }),
});

/** Running cases of a service on an older version of its pack, moved to the current one; without `run` nothing changes. */
export const moveCases = operation({
  id: 'service.moveCases', method: 'POST', path: '/api/admin/services/:code/moves', summary: 'Move running cases to the current version of their pack, or say which would not fit and why',
  params: Type.Object({ code: Code }),
  body: Type.Object({
    from: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    mapping: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 200 }))),
    run: Type.Boolean(),
  }, { additionalProperties: false }),
  response: Type.Object({
    from: Type.String(), to: Type.String(), running: Type.Integer(), fit: Type.Integer(), moved: Type.Integer(),
    unfit: Type.Array(Type.Object({ number: Type.String(), element: Type.String(), rule: Type.String(), reason: Type.String() })),
  }),
});

/** A blank form or a filled example of a material, or the specimen of a result, as a picture. */
export const serviceSample = operation({
  id: 'service.sample', method: 'GET', path: '/api/services/:code/samples/:item/:which', summary: 'Sample of a material or result (SVG)', raw: true,
  params: Type.Object({ code: Code, item: Code, which: Type.Enum(['blank', 'filled']) }), response: Type.Unknown(),
});
