import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { both, Day, Id, Instant, Page } from '../scalars.ts';

const OrNull = Type.Union([Type.String(), Type.Null()]);
export const AuditRow = Type.Object({
  id: Id, at: Instant, kind: Type.String(), account: OrNull, person: OrNull, name: OrNull, onBehalfOf: OrNull, request: OrNull, address: OrNull,
  event: Type.String(), subject: Type.String(), detail: Type.Unknown(), /** Place in the signed log; null until it is appended, seconds later. */ position: Type.Union([Type.Integer(), Type.Null()]),
});
/** By subject: the timeline of a case or of whom a record is about; by person: what somebody did. Newest first. */
export const searchAudit = operation({
  id: 'audit.search', method: 'GET', path: '/api/audit/records', summary: 'Records of the audit trail, newest first',
  query: both(Type.Omit(Page, ['after']), Type.Object({
    after: Type.Optional(Id), event: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9.-]{1,80}$' })), subject: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' })),
    person: Type.Optional(Id), from: Type.Optional(Instant), until: Type.Optional(Instant), address: Type.Optional(Type.String({ pattern: '^[0-9A-Fa-f.:]{2,45}$' })),
    /** Number on a marked copy: who opened it, and when. */
    trace: Type.Optional(Type.String({ pattern: '^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$' })),
    /** With a subject: the tasks of that case too, and what else names it. */
    whole: Type.Optional(Type.Boolean()),
  })),
  response: Type.Object({ items: Type.Array(AuditRow), next: Type.Union([Id, Type.Null()]) }),
});

const Both = Type.Object({ zh: Type.String(), en: Type.String() });
/** What the events are called. */
export const listAuditEvents = operation({
  id: 'audit.events', method: 'GET', path: '/api/audit/events', summary: 'Events of the audit trail with their names',
  response: Type.Object({ items: Type.Array(Type.Object({ event: Type.String(), name: Both, personal: Type.Boolean() })) }),
});

const Position = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Head = Type.Object({ size: Position, root: Type.String(), at: Instant, /** RFC 3161 time-stamp of the head, where the site has an authority. */ stamped: Type.Boolean() });
export const openAuditRecord = operation({
  id: 'audit.open', method: 'GET', path: '/api/audit/records/:id', summary: 'One record and its place in the log', params: Type.Object({ id: Id }, { additionalProperties: false }),
  response: Type.Object({ record: AuditRow, leaf: OrNull, head: Type.Union([Head, Type.Null()]) }),
});
/** The file that `npx zhengwu audit verify` judges with public keys alone. */
export const proveAuditRecord = operation({
  id: 'audit.prove', method: 'GET', path: '/api/audit/records/:id/proof', summary: 'Inclusion proof of one record', params: Type.Object({ id: Id }, { additionalProperties: false }),
  response: Type.Unknown(),
});

const Verification = Type.Object({ at: Instant, from: Position, until: Position, by: Type.String(), findings: Type.Array(Type.Object({ code: Type.String(), at: Position })) });
export const auditState = operation({
  id: 'audit.state', method: 'GET', path: '/api/audit/state', summary: 'State of the signed log',
  response: Type.Object({
    size: Position, retainedFrom: Position, head: Type.Union([Head, Type.Null()]), /** Records not yet appended, capped at 10,000. */ waiting: Position,
    verified: Type.Union([Verification, Type.Null()]), exported: Type.Union([Type.Object({ at: Instant, size: Position, place: Type.String() }), Type.Null()]),
  }),
});
export const verifyAudit = operation({
  id: 'audit.verify', method: 'POST', path: '/api/audit/verifications', summary: 'Verify a range of the log: each record against its leaf, all leaves against the signed head', idempotent: true,
  body: Type.Object({ from: Position, until: Type.Optional(Position) }, { additionalProperties: false }), response: Verification,
});

export const auditReports = ['events', 'days', 'departments', 'refusals', 'reads', 'offHours'] as const;
export const reportAudit = operation({
  id: 'audit.report', method: 'GET', path: '/api/audit/reports/:kind', summary: 'Figures over a span of time', params: Type.Object({ kind: Type.Enum([...auditReports]) }, { additionalProperties: false }),
  query: Type.Object({ from: Day, until: Day }, { additionalProperties: false }),
  response: Type.Object({ rows: Type.Array(Type.Object({ key: Type.String(), name: Type.Union([Both, Type.Null()]), count: Position, people: Position })) }),
});
