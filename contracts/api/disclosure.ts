import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, FileHash, Id, Instant, Line, Page } from '../scalars.ts';

const Both = Type.Object({ zh: Type.String(), en: Type.String() });
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(schema: T) => Type.Union([schema, Type.Null()]);
/** Rows of a list; one export never has more than the largest. */
export const MOST_EXPORT_ROWS = 10_000;
const Rows = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const Wanted = Type.Integer({ minimum: 1, maximum: 1_000_000 });
/** How many of each kind the detectors found, by kind. */
const Found = Type.Record(Type.String(), Type.Integer());
const Filter = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 }), { maxProperties: 12 });

export const ExportKind = Type.Object({
  kind: Code, title: Both, /** Filters that it takes, with their names. */ filters: Type.Array(Type.Object({ name: Type.String(), title: Both, required: Type.Boolean() })),
  quota: Rows, used: Rows, /** Rows that an approval leaves, and until when. */ approved: OrNull(Type.Object({ left: Rows, until: Instant })),
});
export type ExportKind = Static<typeof ExportKind>;

export const ExportRequest = Type.Object({
  id: Id, kind: Code, title: Both, person: Type.String(), /** One’s own is decided by somebody else. */ own: Type.Boolean(), reason: Type.String(), rows: Rows, askedAt: Instant,
  status: Type.Enum(['asked', 'approved', 'refused', 'withdrawn', 'over']), decidedBy: OrNull(Type.String()), decidedAt: OrNull(Instant), note: OrNull(Type.String()),
  allowed: OrNull(Rows), until: OrNull(Instant), used: Rows,
});
export type ExportRequest = Static<typeof ExportRequest>;

export const ExportEntry = Type.Object({
  id: Id, number: Type.String(), kind: Code, title: Both, person: Type.String(), at: Instant, rows: Rows, size: Type.Integer(), hash: FileHash, reason: OrNull(Type.String()),
  filter: Filter, found: Found, /** The approval that it was counted against. */ request: OrNull(Id),
});
export type ExportEntry = Static<typeof ExportEntry>;

export const ExportQuota = Type.Object({ id: Id, kind: OrNull(Code), role: OrNull(Code), rows: Rows, by: Type.String(), at: Instant });

export const listExportKinds = operation({
  id: 'export.kinds', method: 'GET', path: '/api/exports/kinds', summary: 'What I may export, with today’s quota', response: Type.Object({ items: Type.Array(ExportKind), requests: Type.Array(ExportRequest), exports: Type.Array(ExportEntry) }),
});
export const makeExport = operation({
  id: 'export.make', method: 'POST', path: '/api/exports/kinds/:kind', summary: 'Export a list as CSV: counted against the quota, entered in the ledger', idempotent: true, params: Type.Object({ kind: Code }, { additionalProperties: false }),
  body: Type.Object({ filter: Type.Optional(Filter), reason: Type.Optional(Line) }, { additionalProperties: false }),
  response: Type.Object({ number: Type.String(), name: Type.String(), type: Type.String(), rows: Rows, text: Type.String(), hash: FileHash }),
});
export const askExport = operation({
  id: 'export.ask', method: 'POST', path: '/api/exports/requests', summary: 'Ask for more rows than the quota', status: 201, idempotent: true,
  body: Type.Object({ kind: Code, rows: Wanted, reason: Type.String({ minLength: 5, maxLength: 1000 }) }, { additionalProperties: false }), response: ExportRequest,
});
export const withdrawExport = operation({
  id: 'export.withdraw', method: 'POST', path: '/api/exports/requests/:id/withdrawal', summary: 'Withdraw my request', params: Type.Object({ id: Id }, { additionalProperties: false }), response: ExportRequest,
});
export const exportLedger = operation({
  id: 'export.ledger', method: 'GET', path: '/api/exports', summary: 'Ledger of exports, newest first',
  query: Type.Object({ ...Page.properties, after: Type.Optional(Id), kind: Type.Optional(Code) }, { additionalProperties: false }), response: Type.Object({ items: Type.Array(ExportEntry), next: OrNull(Id) }),
});
export const exportRequests = operation({
  id: 'export.requests', method: 'GET', path: '/api/exports/requests', summary: 'Requests for more rows, open ones first', query: Type.Object({ open: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(ExportRequest) }),
});
export const decideExport = operation({
  id: 'export.decide', method: 'POST', path: '/api/exports/requests/:id/decision', summary: 'Approve for so many rows and hours, or refuse', params: Type.Object({ id: Id }, { additionalProperties: false }),
  body: Type.Object({ approve: Type.Boolean(), rows: Type.Optional(Wanted), hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })), note: Line }, { additionalProperties: false }), response: ExportRequest,
});
export const exportQuotas = operation({
  id: 'export.quotas', method: 'GET', path: '/api/exports/quotas', summary: 'Rows a day, by kind and role', response: Type.Object({ standard: Rows, items: Type.Array(ExportQuota), kinds: Type.Array(Type.Object({ kind: Code, title: Both })) }),
});
export const putExportQuota = operation({
  id: 'export.putQuota', method: 'PUT', path: '/api/exports/quotas', summary: 'Set the rows a day of a kind, a role or both; null rows removes the entry',
  body: Type.Object({ kind: OrNull(Code), role: OrNull(Code), rows: OrNull(Rows), reason: Line }, { additionalProperties: false }), response: Type.Object({ items: Type.Array(ExportQuota) }),
});
