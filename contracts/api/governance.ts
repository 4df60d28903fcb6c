import { Type, type Static } from 'typebox';
import { Label } from './labels.ts';
import { operation } from '../operation.ts';
import { both, Code, Day, Id, Instant, Line, Page, Paragraph, Values, Version } from '../scalars.ts';

const Both = Type.Object({ zh: Type.String(), en: Type.String() });
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
/** A thing that links join: `entry:ID`, `person:ID`, `control:level3/8.1.4.1`, `evidence:CODE`. */
export const NodeName = Type.String({ pattern: '^(entry|person|control|evidence):[A-Za-z0-9._/-]{1,100}$' });
const Field = Type.Object({
  name: Type.String(), label: Both, kind: Type.Enum(['line', 'text', 'choice', 'date', 'number', 'flag']), required: Type.Boolean(),
  options: Type.Array(Type.Object({ value: Type.String(), label: Both })),
});
const RegisterView = Type.Object({
  code: Type.String(), domain: Type.Integer(), name: Both, keeper: Type.Enum(['keep', 'inspect']), fields: Type.Array(Field), dueName: OrNull(Both), dated: Type.Boolean(), owned: Type.Boolean(), acknowledged: Type.Boolean(),
  states: Type.Array(Type.Object({ code: Type.String(), name: Both, open: Type.Boolean() })), total: Type.Integer(), open: Type.Integer(), overdue: Type.Integer(),
});
export type RegisterView = Static<typeof RegisterView>;
const EntryRow = Type.Object({
  id: Id, label: Label, number: Type.String(), register: Type.String(), title: Type.String(), state: Type.String(), department: Type.Integer(), owner: OrNull(Type.Object({ id: Id, name: Type.String() })),
  dueAt: OrNull(Day), reviewAt: OrNull(Day), overdue: Type.Boolean(), escalated: Type.Boolean(), version: Version,
});
export type EntryRow = Static<typeof EntryRow>;
const Act = Type.Object({ code: Type.String(), name: Both, needs: Type.Enum(['keep', 'approve', 'inspect']), reason: Type.Boolean(), fields: Type.Array(Type.String()) });
const Change = Type.Object({ version: Type.Integer(), at: Instant, by: OrNull(Type.String()), act: Type.String(), reason: OrNull(Type.String()), before: Type.Unknown(), after: Type.Unknown() });
const Proof = Type.Object({ kind: Type.String(), outcome: Type.Enum(['passed', 'failed']), at: Instant, detail: Type.Unknown() });
const NodeView = Type.Object({ node: Type.String(), kind: Type.Enum(['entry', 'person', 'control', 'evidence']), register: OrNull(Type.String()), title: Both, state: OrNull(Type.String()) });
export type NodeView = Static<typeof NodeView>;
const LinkView = Type.Object({ id: OrNull(Id), kind: Type.String(), to: NodeView });
const EntryView = both(EntryRow, Type.Object({
  fields: Values, createdAt: Instant, acts: Type.Array(Act), history: Type.Array(Change), proofs: Type.Array(Proof), forward: Type.Array(LinkView), backward: Type.Array(LinkView),
  /** Approvals that the act in hand has and needs. */
  approvals: Type.Integer(),
}));
export type EntryView = Static<typeof EntryView>;
const params = Type.Object({ id: Id });
const Given = { title: Line, fields: Values, owner: OrNull(Id), dueAt: OrNull(Day), reviewAt: OrNull(Day) };
const NewEntry = Type.Object({ register: Code, department: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })), ...Given }, { additionalProperties: false });
const Changed = Type.Object({ version: Version, reason: Type.Optional(Paragraph), ...Given }, { additionalProperties: false });
const Acted = Type.Object({ version: Version, act: Code, reason: Type.Optional(Paragraph), fields: Type.Optional(Values) }, { additionalProperties: false });

export const listRegisters = operation({ id: 'governance.registers', method: 'GET', path: '/api/governance/registers', summary: 'Registers of the ten domains with their fields, states and counts', response: Type.Object({ items: Type.Array(RegisterView) }) });
export const listEntries = operation({
  id: 'governance.entries', method: 'GET', path: '/api/governance/entries', summary: 'Entries of a register, what is due first at the top',
  query: both(Page, Type.Object({ register: Type.Optional(Code), state: Type.Optional(Code), overdue: Type.Optional(Type.Boolean()), text: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]+$' })) })),
  response: Type.Object({ items: Type.Array(EntryRow), next: OrNull(Type.String()) }),
});
export const readEntry = operation({ id: 'governance.entry', method: 'GET', path: '/api/governance/entries/:id', summary: 'One entry with history, proofs, links and what can be done with it', params, response: EntryView });
const Made = Type.Object({ id: Id, number: Type.String() });
export const createEntry = operation({ id: 'governance.create', method: 'POST', path: '/api/governance/entries', summary: 'Begin an entry', status: 201, idempotent: true, body: NewEntry, response: Made });
export const raiseEntry = operation({ id: 'governance.raise', method: 'POST', path: '/api/governance/inspections', summary: 'Begin an audit plan or a finding', status: 201, idempotent: true, body: NewEntry, response: Made });
const Stands = Type.Object({ state: Type.String(), version: Version });
export const changeEntry = operation({ id: 'governance.change', method: 'PUT', path: '/api/governance/entries/:id', summary: 'Change what an entry says', params, body: Changed, response: Stands });
export const amendEntry = operation({ id: 'governance.amend', method: 'PUT', path: '/api/governance/inspections/:id', summary: 'Change an audit plan or a finding', params, body: Changed, response: Stands });
export const actOnEntry = operation({ id: 'governance.act', method: 'POST', path: '/api/governance/entries/:id/acts', summary: 'Move an entry on', params, body: Acted, response: Stands });
export const decideEntry = operation({ id: 'governance.decide', method: 'POST', path: '/api/governance/entries/:id/decisions', summary: 'Approve or refuse what somebody else put forward', params, body: Acted, response: Stands });
export const recheckEntry = operation({ id: 'governance.recheck', method: 'POST', path: '/api/governance/entries/:id/checks', summary: 'Inspect: confirm, check again, close', params, body: Acted, response: Stands });
export const linkEntries = operation({ id: 'governance.link', method: 'POST', path: '/api/governance/links', summary: 'Join two things', status: 201, body: Type.Object({ from: NodeName, to: NodeName, kind: Code }, { additionalProperties: false }), response: Type.Object({ id: Id }) });
export const unlinkEntries = operation({ id: 'governance.unlink', method: 'DELETE', path: '/api/governance/links/:id', summary: 'Undo a link', params, response: Type.Object({ undone: Type.Boolean() }) });
export const walkNode = operation({ id: 'governance.walk', method: 'GET', path: '/api/governance/walk', summary: 'What a thing leads to and what leads to it', query: Type.Object({ node: NodeName }, { additionalProperties: false }), response: Type.Object({ here: NodeView, forward: Type.Array(LinkView), backward: Type.Array(LinkView) }) });
export const myGovernance = operation({
  id: 'governance.mine', method: 'GET', path: '/api/governance/mine', summary: 'Policies I have to read, entries I own that are due, what was brought to me',
  response: Type.Object({
    toRead: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String(), edition: Type.String(), text: Type.String(), scope: Type.String() })),
    due: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String(), dueAt: Day, overdue: Type.Boolean(), escalated: Type.Boolean() })),
  }),
});
export const acknowledgePolicy = operation({ id: 'governance.acknowledge', method: 'POST', path: '/api/governance/entries/:id/acknowledgement', summary: 'I have read this policy in its present edition', params, response: Type.Object({ acknowledged: Type.Boolean() }) });
export const policyReaders = operation({ id: 'governance.readers', method: 'GET', path: '/api/governance/entries/:id/readers', summary: 'How many have read a policy and who has not (100 at most)', params, response: Type.Object({ concerned: Type.Integer(), read: Type.Integer(), missing: Type.Array(Type.Object({ id: Id, name: Type.String() })) }) });
const Control = Type.Object({
  standard: Type.Enum(['asvs', 'level3']), id: Type.String(), level: OrNull(Type.Integer()), title: Both, declared: Type.String(), state: Type.Enum(['met', 'partly', 'unmet', 'na']), note: OrNull(Both), owner: OrNull(Type.String()),
  evidence: Type.Array(Type.Object({ code: Type.String(), kind: Type.String(), place: Type.String(), title: Both, state: Type.Enum(['holds', 'fails', 'tested']), found: OrNull(Type.String()) })),
});
export type ControlView = Static<typeof Control>;
export const listControls = operation({
  id: 'governance.controls', method: 'GET', path: '/api/governance/controls', summary: 'Controls of a standard with their evidence and state',
  query: Type.Object({ standard: Type.Enum(['asvs', 'level3']), state: Type.Optional(Type.Enum(['met', 'partly', 'unmet', 'na'])), chapter: Type.Optional(Code) }, { additionalProperties: false }), response: Type.Object({ items: Type.Array(Control) }),
});
const Counts = Type.Object({ met: Type.Integer(), partly: Type.Integer(), unmet: Type.Integer(), na: Type.Integer() });
export const SecurityState = Type.Object({
  at: Instant, score: OrNull(Type.Integer()),
  domains: Type.Array(Type.Object({ domain: Type.Integer(), name: Both, score: OrNull(Type.Integer()), entries: Type.Integer(), open: Type.Integer(), overdue: Type.Integer(), unreviewed: Type.Integer() })),
  controls: Type.Array(Type.Object({ standard: Type.String(), level: OrNull(Type.Integer()), counts: Counts })),
  findings: Type.Array(Type.Object({ severity: Type.String(), open: Type.Integer(), overdue: Type.Integer() })),
  checks: Type.Array(Type.Object({ code: Type.String(), name: Both, holds: Type.Boolean(), found: Type.String() })),
  unclassified: Type.Array(Type.String()), unread: Type.Integer(),
  drills: Type.Array(Type.Object({ number: Type.String(), title: Type.String(), outcome: Type.String(), measuredSeconds: OrNull(Type.Number()), targetSeconds: OrNull(Type.Number()), at: Instant })),
  next: Type.Array(Type.Object({ text: Both, entry: OrNull(Id), node: OrNull(Type.String()) })),
});
export type SecurityState = Static<typeof SecurityState>;
export const securityState = operation({ id: 'governance.state', method: 'GET', path: '/api/governance/state', summary: 'One state of security, from all domains', response: SecurityState });
export const scanTables = operation({ id: 'governance.scan', method: 'POST', path: '/api/governance/assets/scan', summary: 'Enter every table of the database as an information asset', response: Type.Object({ added: Type.Integer(), unclassified: Type.Integer() }) });
export const runDrill = operation({
  id: 'governance.drill', method: 'POST', path: '/api/governance/drills/:id/run', summary: 'Run a planned drill now: stops a part of the running site and measures its return', params, status: 202,
  body: Type.Object({ confirm: Line }, { additionalProperties: false }), response: Type.Object({ started: Type.Boolean() }),
});
