import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { both, Id, Instant, Page } from '../scalars.ts';

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
    person: Type.Optional(Id), from: Type.Optional(Instant), until: Type.Optional(Instant),
  })),
  response: Type.Object({ items: Type.Array(AuditRow), next: Type.Union([Id, Type.Null()]) }),
});
