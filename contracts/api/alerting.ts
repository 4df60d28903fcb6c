import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { both, Code, Id, Instant, Line, Page, Version } from '../scalars.ts';
import { Text } from '../text.ts';
import { Severity } from './defence.ts';

const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const Named = Type.Object({ id: Id }, { additionalProperties: false });

/** What a rule looks at: a figure or state of a series (`*` at its end means all that begin so), or how fast an objective burns its budget. */
export const Condition = Type.Union([
  Type.Object({ kind: Type.Literal('value'), series: Type.String({ pattern: '^[a-z][A-Za-z0-9:._/-]{0,110}\\*?$' }), op: Type.Enum(['above', 'below']), threshold: Type.Number({ minimum: -1e15, maximum: 1e15 }) }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('state'), series: Type.String({ pattern: '^[a-z][A-Za-z0-9:._/-]{0,110}\\*?$' }), atLeast: Type.Enum(['warning', 'bad']) }, { additionalProperties: false }),
  /** Fires when the budget burns at `times` its even pace over both windows (minutes). */
  Type.Object({
    kind: Type.Literal('burn'), objective: OrNull(Code), times: Type.Number({ minimum: 1, maximum: 1000 }),
    shortMinutes: Type.Integer({ minimum: 1, maximum: 1440 }), longMinutes: Type.Integer({ minimum: 2, maximum: 10_080 }),
  }, { additionalProperties: false }),
]);
export type Condition = Static<typeof Condition>;
/** Holders of a role are told so many minutes after the alert began, if nobody has acknowledged it. */
export const Told = Type.Object({ role: Code, afterMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }) }, { additionalProperties: false });
export type Told = Static<typeof Told>;
export const RuleBody = Type.Object({
  name: Type.Object({ zh: Line, en: Line }, { additionalProperties: false }), condition: Condition, forMinutes: Type.Integer({ minimum: 0, maximum: 1440 }), severity: Severity, told: Type.Array(Told, { maxItems: 5 }), isOn: Type.Boolean(),
}, { additionalProperties: false });
export type RuleBody = Static<typeof RuleBody>;
export const RuleRow = both(RuleBody, Type.Object({ id: Code, version: Version, firing: Type.Integer() }));
export const listAlertRules = operation({ id: 'alert.rules', method: 'GET', path: '/api/monitoring/rules', summary: 'Rules of operational alerts', response: Type.Object({ items: Type.Array(RuleRow) }) });
export const putAlertRule = operation({
  id: 'alert.putRule', method: 'PUT', path: '/api/monitoring/rules/:id', summary: 'Add (version 0) or change a rule', params: Type.Object({ id: Code }, { additionalProperties: false }),
  body: both(RuleBody, Type.Object({ version: Version })), response: Type.Object({ version: Version }),
});

export const OperationalState = Type.Enum(['firing', 'acknowledged', 'resolved']);
export const OperationalAlert = Type.Object({
  id: Id, rule: Code, name: Text, series: Type.String(), subject: Text, severity: Severity, state: OperationalState, since: Instant, resolvedAt: OrNull(Instant),
  acknowledgedBy: OrNull(Type.String()), note: Text, value: OrNull(Type.Number()), /** Reason of the silence that holds it quiet now. */ silence: OrNull(Type.String()),
  told: Type.Array(Type.Object({ at: Instant, role: Code })),
});
export const listOperationalAlerts = operation({
  id: 'alert.list', method: 'GET', path: '/api/monitoring/alerts', summary: 'Operational alerts, open ones first, then newest first',
  query: both(Page, Type.Object({ state: Type.Optional(OperationalState) })), response: Type.Object({ items: Type.Array(OperationalAlert), next: OrNull(Type.String()), open: Type.Integer() }),
});
export const acknowledgeAlert = operation({ id: 'alert.acknowledge', method: 'POST', path: '/api/monitoring/alerts/:id/acknowledgement', summary: 'Say that somebody works on it: escalation ends', params: Named, response: Type.Object({}) });

export const SilenceRow = Type.Object({ id: Id, series: Type.String(), reason: Line, from: Instant, until: Instant, by: Type.String(), isActive: Type.Boolean() });
export const listSilences = operation({ id: 'alert.silences', method: 'GET', path: '/api/monitoring/silences', summary: 'Silences, the newest first', response: Type.Object({ items: Type.Array(SilenceRow) }) });
export const addSilence = operation({
  id: 'alert.silence', method: 'POST', path: '/api/monitoring/silences', summary: 'Hold a series quiet for a time, with the reason', status: 201, idempotent: true,
  body: Type.Object({ series: Type.String({ pattern: '^[a-z][A-Za-z0-9:._/-]{0,110}\\*?$' }), reason: Line, minutes: Type.Integer({ minimum: 1, maximum: 43_200 }) }, { additionalProperties: false }), response: Named,
});
export const endSilence = operation({ id: 'alert.endSilence', method: 'DELETE', path: '/api/monitoring/silences/:id', summary: 'End a silence now', params: Named, response: Type.Object({}) });

const Share = OrNull(Type.Number());
export const ObjectiveRow = Type.Object({
  id: Code, name: Text, /** Operations whose id begins so; `*`: all. */ group: Type.String(), kind: Type.Enum(['availability', 'latency']), target: Type.Number(), withinMs: OrNull(Type.Integer()), days: Type.Integer(),
  requests: Type.Integer(), good: Type.Integer(), share: Share, /** Part of the error budget that is left; below 0 when overspent. */ budgetLeft: Share,
  burns: Type.Array(Type.Object({ minutes: Type.Integer(), times: Share })),
});
export const listObjectives = operation({ id: 'monitoring.objectives', method: 'GET', path: '/api/monitoring/objectives', summary: 'Service-level objectives with their error budgets', response: Type.Object({ items: Type.Array(ObjectiveRow) }) });

/** What one request left: lines of the log still in memory (redacted) and how many audit records. */
export const requestTrace = operation({
  id: 'monitoring.request', method: 'GET', path: '/api/monitoring/requests/:id', summary: 'What one request left behind', params: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$' }) }, { additionalProperties: false }),
  response: Type.Object({
    lines: Type.Array(Type.Object({ at: Instant, level: Type.Integer(), message: Type.String(), about: Type.Unknown() })),
    jobs: Type.Array(Type.Object({ at: Instant, job: Type.String(), milliseconds: OrNull(Type.Number()), failed: Type.Boolean() })),
    traceId: OrNull(Type.String()), records: Type.Integer(),
  }),
});
/** The records themselves are the audit administrator's. */
export const requestRecords = operation({
  id: 'monitoring.requestRecords', method: 'GET', path: '/api/monitoring/requests/:id/records', summary: 'Audit records of one request', params: Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$' }) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(Type.Object({ id: Id, at: Instant, name: OrNull(Type.String()), kind: Type.String(), event: Type.String(), subject: Type.String(), detail: Type.Unknown() })) }),
});
/** Requests that ended badly or slowly of late, to begin from. */
export const listRequests = operation({
  id: 'monitoring.requests', method: 'GET', path: '/api/monitoring/requests', summary: 'Requests of late that failed or were slow, newest first',
  query: Type.Object({ operation: Type.Optional(Code), kind: Type.Optional(Type.Enum(['failed', 'slow', 'all'])) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(Type.Object({ id: Type.String(), at: Instant, operation: Type.String(), method: Type.String(), status: Type.Integer(), ms: Type.Number(), code: OrNull(Type.String()) })) }),
});
