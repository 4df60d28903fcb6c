import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { both, Code, Id, Instant, Line, Page, Paragraph, Version } from '../scalars.ts';
import { Text } from '../text.ts';

const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const Both = Type.Object({ zh: Type.String(), en: Type.String() });

export const Severity = Type.Enum(['low', 'medium', 'high', 'critical']);
export type Severity = Static<typeof Severity>;
/** A case for a person: new, in hand, and at its end confirmed or false. */
export const AlertState = Type.Enum(['new', 'inHand', 'confirmed', 'false']);
export const ResponseKind = Type.Enum(['challenge', 'block', 'lock']);
export type ResponseKind = Static<typeof ResponseKind>;

/** What is done when a rule fires beside the alert, and for how many minutes. */
export const RuleResponse = Type.Object({ kind: ResponseKind, minutes: Type.Integer({ minimum: 1, maximum: 1440 }) }, { additionalProperties: false });

/** What the security administrator may change of a rule. */
export const RuleSettings = Type.Object({
  isOn: Type.Boolean(),
  threshold: Type.Integer({ minimum: 1, maximum: 100_000 }),
  windowSeconds: Type.Integer({ minimum: 10, maximum: 172_800 }),
  severity: Severity,
  responses: Type.Array(RuleResponse, { maxItems: 3 }),
}, { additionalProperties: false });
export type RuleSettings = Static<typeof RuleSettings>;

export const RuleView = Type.Object({
  id: Code, name: Both, about: Both, /** What the threshold counts. */ measure: Both, group: Type.String(), version: Version, settings: RuleSettings, initial: RuleSettings,
  changedAt: OrNull(Instant), changedBy: OrNull(Type.String()), alerts: Type.Integer(),
});

export const ResponseRow = Type.Object({
  id: Id, kind: ResponseKind, target: Type.String(), targetName: OrNull(Type.String()), beganAt: Instant, endsAt: Instant, by: OrNull(Type.String()),
  undoneAt: OrNull(Instant), undoneBy: OrNull(Type.String()), isActive: Type.Boolean(),
});

export const AlertRow = Type.Object({
  id: Id, kind: Code, rule: OrNull(Both), severity: Severity, state: AlertState, subject: Type.String(), subjectName: OrNull(Type.String()), title: Both,
  firstAt: Instant, lastAt: Instant, times: Type.Integer(), holder: OrNull(Type.String()), version: Version, activeResponses: Type.Integer(),
});

export const ObservationRow = Type.Object({
  seq: Type.Integer(), at: Instant, kind: Code, address: OrNull(Type.String()), account: OrNull(Id), accountName: OrNull(Type.String()), session: OrNull(Id),
  operation: OrNull(Type.String()), subject: OrNull(Type.String()), request: OrNull(Type.String()), record: OrNull(Id), detail: Type.Unknown(),
});

export const AlertDetail = both(AlertRow, Type.Object({
  detail: Type.Unknown(),
  observations: Type.Array(ObservationRow),
  responses: Type.Array(ResponseRow),
  steps: Type.Array(Type.Object({ at: Instant, by: OrNull(Type.String()), act: Type.String(), note: OrNull(Type.String()) })),
  sessions: Type.Array(Type.Object({ id: Id, account: Id, startedAt: Instant, seenAt: Instant, address: Type.String(), browser: Text, /** As the browser sent it: evidence. */ agent: Type.String() })),
}));

export const listAlerts = operation({
  id: 'defence.alerts', method: 'GET', path: '/api/defence/alerts', summary: 'Alerts, the newest activity first',
  query: both(Page, Type.Object({ state: Type.Optional(AlertState), severity: Type.Optional(Severity), kind: Type.Optional(Code) })),
  response: Type.Object({ items: Type.Array(AlertRow), next: OrNull(Type.String()), open: Type.Integer() }),
});
export const readAlert = operation({
  id: 'defence.alert', method: 'GET', path: '/api/defence/alerts/:id', summary: 'One alert with what lies behind it', params: Type.Object({ id: Id }), response: AlertDetail,
});
export const handleAlert = operation({
  id: 'defence.handle', method: 'POST', path: '/api/defence/alerts/:id/steps', summary: 'Take an alert in hand, note, or decide it', params: Type.Object({ id: Id }),
  body: Type.Object({
    act: Type.Enum(['take', 'note', 'confirm', 'false', 'reopen']), note: Type.Optional(Paragraph), version: Version,
    /** With `false`: the same about the same subject is not raised again for so many hours. */
    quietHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 720 })),
  }, { additionalProperties: false }),
  response: Type.Object({ state: AlertState, version: Version }),
});
export const respondToAlert = operation({
  id: 'defence.respond', method: 'POST', path: '/api/defence/alerts/:id/responses', summary: 'Challenge, block or lock by hand', params: Type.Object({ id: Id }), status: 201,
  body: Type.Object({ kind: ResponseKind, target: Line, minutes: Type.Integer({ minimum: 1, maximum: 1440 }), reason: Line }, { additionalProperties: false }),
  response: Type.Object({ id: OrNull(Id) }),
});
export const undoResponse = operation({
  id: 'defence.undo', method: 'POST', path: '/api/defence/responses/:id/undo', summary: 'End a response before its time', params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Line }, { additionalProperties: false }), response: Type.Object({ undone: Type.Boolean() }),
});
export const listRules = operation({ id: 'defence.rules', method: 'GET', path: '/api/defence/rules', summary: 'The rules as they are in force', response: Type.Object({ items: Type.Array(RuleView) }) });
export const changeRule = operation({
  id: 'defence.changeRule', method: 'PUT', path: '/api/defence/rules/:id', summary: 'Change a rule; each change is a version', params: Type.Object({ id: Code }),
  body: Type.Object({ settings: RuleSettings, reason: Line, version: Version }, { additionalProperties: false }), response: Type.Object({ version: Version }),
});
export const tryRule = operation({
  id: 'defence.tryRule', method: 'POST', path: '/api/defence/rules/:id/trial', summary: 'What a rule would have found in the last days', params: Type.Object({ id: Code }),
  body: Type.Object({ settings: RuleSettings, days: Type.Integer({ minimum: 1, maximum: 30 }) }, { additionalProperties: false }),
  response: Type.Object({ observations: Type.Integer(), isWhole: Type.Boolean(), findings: Type.Array(Type.Object({ subject: Type.String(), subjectName: OrNull(Type.String()), at: Instant, times: Type.Integer() })) }),
});
export const Place = Type.Object({
  range: Type.String({ pattern: '^[0-9a-fA-F:.]{2,45}/\\d{1,3}$' }), name: Type.Object({ zh: Line, en: Line }, { additionalProperties: false }),
  latitude: Type.Number({ minimum: -90, maximum: 90 }), longitude: Type.Number({ minimum: -180, maximum: 180 }),
}, { additionalProperties: false });
export type Place = Static<typeof Place>;
export const listPlaces = operation({ id: 'defence.places', method: 'GET', path: '/api/defence/places', summary: 'Where ranges of addresses are', response: Type.Object({ items: Type.Array(Place) }) });
export const keepPlaces = operation({
  id: 'defence.keepPlaces', method: 'PUT', path: '/api/defence/places', summary: 'Replace the table of places whole',
  body: Type.Object({ items: Type.Array(Place, { maxItems: 5000 }), reason: Line }, { additionalProperties: false }), bodyLimit: 2_000_000, response: Type.Object({ kept: Type.Integer() }),
});
export const Suppression = Type.Object({ id: Id, kind: Code, name: Both, subject: Type.String(), subjectName: OrNull(Type.String()), until: Instant, by: Type.String(), alert: OrNull(Id), held: Type.Integer() });
export const listSuppressions = operation({ id: 'defence.suppressions', method: 'GET', path: '/api/defence/suppressions', summary: 'What is not raised for now, and until when', response: Type.Object({ items: Type.Array(Suppression) }) });
export const endSuppression = operation({
  id: 'defence.endSuppression', method: 'POST', path: '/api/defence/suppressions/:id/end', summary: 'Raise it again from now on', params: Type.Object({ id: Id }), response: Type.Object({ ended: Type.Boolean() }),
});
