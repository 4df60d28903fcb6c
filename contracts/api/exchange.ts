import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Id, Instant, Line } from '../scalars.ts';

const closed = { additionalProperties: false } as const;
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Union([type, Type.Null()]);
/** INSTANCE/CLASS/MEMBER/SUBSYSTEM, each part percent-encoded. */
const SubsystemName = Type.String({ minLength: 7, maxLength: 300 });
const ServiceCode = Type.String({ pattern: '^[A-Za-z0-9._-]{1,100}$' });
const Count = Type.Integer({ minimum: 0 });

/* ---- between sites; what is signed needs no sign-in ---- */
export const readMembershipDocument = operation({
  id: 'exchange.membership', method: 'GET', path: '/api/exchange/membership', summary: 'The signed membership document that this node works on', response: Type.Object({ document: OrNull(Type.String()) }),
});
export const readServerEntry = operation({
  id: 'exchange.entry', method: 'GET', path: '/api/exchange/entry', summary: 'What the authority of the federation takes up of this node: addresses and certificates', response: Type.Object({ entry: Type.Record(Type.String(), Type.Unknown()) }),
});

/* ---- the node ---- */
const ExchangePeer = Type.Object({ id: Type.String(), address: Type.String(), subsystems: Type.Array(Type.String()), isOwn: Type.Boolean(), certificateEnds: OrNull(Instant), lastAnswer: OrNull(Instant), lastFault: OrNull(Type.String()) });
export type ExchangePeer = Static<typeof ExchangePeer>;
const ExchangeFigure = Type.Object({ service: Type.String(), role: Type.Enum(['consumer', 'provider']), calls: Count, failed: Count, /** Milliseconds. */ median: Type.Number(), p95: Type.Number(), bytes: Type.Number() });
export type ExchangeFigure = Static<typeof ExchangeFigure>;
export const readExchangeState = operation({
  id: 'exchange.state', method: 'GET', path: '/api/exchange/state', summary: 'How the exchange node is: membership, time-stamps, peers, figures of a day',
  response: Type.Object({
    server: OrNull(Type.String()), address: OrNull(Type.String()), suite: OrNull(Type.Enum(['intl', 'gm'])), ports: Type.Object({ nodes: OrNull(Count), systems: OrNull(Count), plain: OrNull(Count) }),
    membership: OrNull(Type.Object({ instance: Type.String(), version: Count, expiresAt: Instant, members: Count, isEnding: Type.Boolean(), isOver: Type.Boolean() })),
    renewal: OrNull(Type.Object({ source: OrNull(Type.String()), receivedAt: OrNull(Instant), lastTry: OrNull(Instant), problem: OrNull(Type.String()) })),
    stamping: OrNull(Type.Object({ lastAt: OrNull(Instant), oldestAt: OrNull(Instant), waiting: Count, problem: OrNull(Type.String()), refuses: Type.Boolean(), everySeconds: Count, mostMinutes: Count })),
    /** Everybody in the federation, by the membership document. */
    members: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), subsystems: Type.Array(Type.String()) })),
    peers: Type.Array(ExchangePeer), groups: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), members: Type.Array(Type.String()) })), figures: Type.Array(ExchangeFigure),
  }),
});

/* ---- what it serves ---- */
export const ExchangeSubsystem = Type.Object({ id: Type.String(), name: Type.String(), connection: Type.Enum(['tls', 'plain']), addresses: Type.Array(Type.String()), certificates: Type.Array(Type.String()), isMember: Type.Boolean() });
export type ExchangeSubsystem = Static<typeof ExchangeSubsystem>;
export const listExchangeSubsystems = operation({ id: 'exchange.subsystems', method: 'GET', path: '/api/exchange/subsystems', summary: 'Subsystems that this node serves, by name', response: Type.Object({ items: Type.Array(ExchangeSubsystem) }) });
export const putExchangeSubsystem = operation({
  id: 'exchange.putSubsystem', method: 'PUT', path: '/api/exchange/subsystems', summary: 'Register a subsystem, or change how its information systems are let in',
  body: Type.Object({
    id: SubsystemName, name: Line, connection: Type.Enum(['tls', 'plain']), addresses: Type.Array(Type.String({ minLength: 2, maxLength: 49 }), { maxItems: 32 }),
    /** Fingerprints that stay, or certificates in PEM that come. */
    certificates: Type.Array(Type.String({ minLength: 64, maxLength: 10_000 }), { maxItems: 16 }),
  }, closed),
  response: Type.Object({ id: Type.String() }),
});
export const ExchangeService = Type.Object({
  subsystem: Type.String(), code: Type.String(), name: Type.String(), kind: Type.Enum(['OPENAPI', 'REST']), address: OrNull(Type.String()), timeoutSeconds: OrNull(Count), isOn: Type.Boolean(),
  endpoints: Type.Array(Type.Object({ method: Type.String(), path: Type.String() })), rights: Count,
});
export type ExchangeService = Static<typeof ExchangeService>;
export const listExchangeServices = operation({ id: 'exchange.services', method: 'GET', path: '/api/exchange/services', summary: 'Services of these subsystems; those without an address are answered by this site itself', response: Type.Object({ items: Type.Array(ExchangeService) }) });
export const putExchangeService = operation({
  id: 'exchange.putService', method: 'PUT', path: '/api/exchange/services', summary: 'Register a service of an information system, or change it', bodyLimit: 2_097_152,
  body: Type.Object({
    subsystem: SubsystemName, code: ServiceCode, name: Line, address: Type.String({ minLength: 8, maxLength: 500 }), timeoutSeconds: Type.Integer({ minimum: 1, maximum: 600 }), isOn: Type.Boolean(),
    /** OpenAPI 3 document in JSON; left out, the one on file stays. */
    openapi: Type.Optional(OrNull(Type.Record(Type.String(), Type.Unknown()))), /** CA of its TLS, PEM. */ ca: Type.Optional(OrNull(Type.String({ maxLength: 20_000 }))),
  }, closed),
  response: Type.Object({ code: Type.String() }),
});
export const dropExchangeService = operation({ id: 'exchange.dropService', method: 'POST', path: '/api/exchange/services/drop', summary: 'Take a service away; rights to it stay and open nothing', body: Type.Object({ subsystem: SubsystemName, code: ServiceCode }, closed), response: Type.Object({ dropped: Type.Boolean() }) });

/* ---- who may call it ---- */
const RightKind = Type.Enum(['subsystem', 'global', 'local']);
export const ExchangeRight = Type.Object({ id: Id, kind: RightKind, subject: Type.String(), provider: Type.String(), service: Type.String(), method: Type.String(), path: Type.String(), until: OrNull(Instant), source: Type.String(), givenAt: Instant, givenBy: Type.String() });
export type ExchangeRight = Static<typeof ExchangeRight>;
export const listExchangeRights = operation({
  id: 'exchange.rights', method: 'GET', path: '/api/exchange/rights', summary: 'Rights in force, those of one service where one is named; 1,000 at most',
  query: Type.Object({ provider: Type.Optional(SubsystemName), service: Type.Optional(ServiceCode) }, closed), response: Type.Object({ items: Type.Array(ExchangeRight) }),
});
export const giveExchangeRight = operation({
  id: 'exchange.giveRight', method: 'POST', path: '/api/exchange/rights', summary: 'Let a subsystem or a group call a service, or some of its endpoints', status: 201,
  body: Type.Object({
    kind: RightKind, subject: Type.String({ minLength: 1, maxLength: 300 }), provider: SubsystemName, service: ServiceCode, method: Type.Enum(['*', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
    path: Type.String({ pattern: '^(\\*\\*|/[^\\s?#]{0,400})$' }), until: OrNull(Instant), reason: Line,
  }, closed),
  response: Type.Object({ id: Id }),
});
export const withdrawExchangeRight = operation({ id: 'exchange.withdrawRight', method: 'POST', path: '/api/exchange/rights/:id/withdraw', summary: 'End a right', params: Type.Object({ id: Id }), body: Type.Object({ reason: Line }, closed), response: Type.Object({ withdrawn: Type.Boolean() }) });
export const ExchangeGroup = Type.Object({ provider: Type.String(), code: Type.String(), name: Type.String(), members: Type.Array(Type.String()) });
export type ExchangeGroup = Static<typeof ExchangeGroup>;
export const listExchangeGroups = operation({ id: 'exchange.groups', method: 'GET', path: '/api/exchange/groups', summary: 'Local groups of the subsystems served here', response: Type.Object({ items: Type.Array(ExchangeGroup) }) });
export const putExchangeGroup = operation({ id: 'exchange.putGroup', method: 'PUT', path: '/api/exchange/groups', summary: 'Make a local group, or change who is in it', body: Type.Object({ provider: SubsystemName, code: ServiceCode, name: Line, members: Type.Array(SubsystemName, { maxItems: 500 }) }, closed), response: Type.Object({ code: Type.String() }) });

/* ---- the log ---- */
export const ExchangeCall = Type.Object({
  request: Id, role: Type.Enum(['consumer', 'provider']), message: Type.String(), client: Type.String(), service: Type.String(), method: Type.String(), path: Type.String(), peer: OrNull(Type.String()), at: Instant, /** Milliseconds. */ took: Type.Number(),
  requestSize: Count, answerSize: Count, status: OrNull(Type.Integer()), succeeded: Type.Boolean(), fault: OrNull(Type.String()),
});
export type ExchangeCall = Static<typeof ExchangeCall>;
export const searchExchangeCalls = operation({
  id: 'exchange.messages', method: 'GET', path: '/api/exchange/messages', summary: 'The message log, newest first, without what stood in the messages',
  query: Type.Object({
    message: Type.Optional(Type.String({ maxLength: 255, description: 'X-Road-Id or request id' })), client: Type.Optional(Type.String({ maxLength: 300 })), service: Type.Optional(Type.String({ maxLength: 400 })), from: Type.Optional(Instant), to: Type.Optional(Instant),
    role: Type.Optional(Type.Enum(['consumer', 'provider'])), faults: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String({ maxLength: 100 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  }, closed),
  response: Type.Object({ items: Type.Array(ExchangeCall), next: OrNull(Type.String()) }),
});
const ExchangeRecord = Type.Object({ id: Id, kind: Type.Enum(['request', 'answer']), role: Type.Enum(['consumer', 'provider']), at: Instant, size: Count, algorithm: Type.String(), signer: Type.String(), stampedAt: OrNull(Instant), batch: OrNull(Count) });
export type ExchangeRecord = Static<typeof ExchangeRecord>;
const ExchangeStep = Type.Object({
  node: Type.String(), role: Type.Enum(['consumer', 'provider']), request: Type.String(), message: Type.String(), client: Type.String(), service: Type.String(), method: Type.String(), requestIn: Instant, requestOut: OrNull(Instant), answerIn: OrNull(Instant), answerOut: Instant,
  requestSize: Count, answerSize: Count, status: OrNull(Type.Integer()), fault: OrNull(Type.String()),
});
export type ExchangeStep = Static<typeof ExchangeStep>;
export const readExchangeMessage = operation({
  id: 'exchange.message', method: 'GET', path: '/api/exchange/messages/:request', summary: 'One message: what is logged of it here, and its way through every node', params: Type.Object({ request: Id }),
  response: Type.Object({ call: OrNull(ExchangeCall), faultMessage: OrNull(Type.String()), records: Type.Array(ExchangeRecord), steps: Type.Array(ExchangeStep), silent: Type.Array(Type.String()) }),
});
export const downloadExchangeContainer = operation({ id: 'exchange.container', method: 'GET', path: '/api/exchange/records/:id/container', summary: 'The signed container of a message (ASiC-E), with all that stood in it', params: Type.Object({ id: Id }), response: Type.Unknown() });
