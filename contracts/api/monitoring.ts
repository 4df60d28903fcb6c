import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { both, Code, Id, Instant, Line, Page, Version } from '../scalars.ts';
import { Text } from '../text.ts';

const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const Named = Type.Object({ id: Id }, { additionalProperties: false });

/** Told by word and shape as well as colour; `unknown` where nothing could be measured. */
export const Health = Type.Enum(['good', 'warning', 'bad', 'unknown']);
export type Health = Static<typeof Health>;
/** What a figure counts. */
export const Unit = Type.Enum(['count', 'seconds', 'milliseconds', 'bytes', 'days', 'percent', 'ratio']);
export type Unit = Static<typeof Unit>;

const Point = Type.Object({
  at: Instant, /** Measurements, and those of them that did not fail. */ n: Type.Integer(), ok: Type.Integer(),
  low: OrNull(Type.Number()), high: OrNull(Type.Number()), mean: OrNull(Type.Number()),
});
export type Point = Static<typeof Point>;
export const ReadingRow = Type.Object({
  series: Type.String(), kind: Type.Enum(['check', 'probe', 'device', 'link']), group: Code, name: Text, state: Health, since: Instant, at: Instant,
  value: OrNull(Type.Number()), unit: OrNull(Unit), note: Text, /** What to do; null while all is well. */ remedy: OrNull(Text), recent: Type.Array(Point),
});
export type ReadingRow = Static<typeof ReadingRow>;

export const readHealth = operation({
  id: 'monitoring.health', method: 'GET', path: '/api/monitoring/health', summary: 'State of everything that is watched, the worst first',
  response: Type.Object({ at: Instant, state: Health, items: Type.Array(ReadingRow), firing: Type.Integer() }),
});
/** Minutes are kept for two days, hours for sixty, days for three years. */
export const readHistory = operation({
  id: 'monitoring.history', method: 'GET', path: '/api/monitoring/history', summary: 'History of one series',
  query: Type.Object({ series: Type.String({ minLength: 1, maxLength: 120 }), step: Type.Enum(['minute', 'hour', 'day']) }, { additionalProperties: false }),
  response: Type.Object({ items: Type.Array(Point), availability: OrNull(Type.Number()) }),
});

const Host = Type.String({ pattern: '^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$' });
const Port = Type.Integer({ minimum: 1, maximum: 65535 });
const EverySeconds = Type.Integer({ minimum: 10, maximum: 86_400 });
export const ProbeKind = Type.Enum(['tcp', 'http', 'https', 'tls']);
export const ProbeBody = Type.Object({
  name: Line, kind: ProbeKind, host: Host, port: Port,
  /** Path of http and https, with a query where needed. */ path: Type.Optional(Type.String({ pattern: '^/[\\x21-\\x7e]{0,500}$' })),
  expectStatus: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })), expectText: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  timeoutMs: Type.Integer({ minimum: 100, maximum: 30_000 }), everySeconds: EverySeconds, isOn: Type.Boolean(),
}, { additionalProperties: false });
export type ProbeBody = Static<typeof ProbeBody>;
export const ProbeRow = both(ProbeBody, Type.Object({
  id: Id, version: Version, state: Health, at: OrNull(Instant), milliseconds: OrNull(Type.Number()), note: OrNull(Text),
  /** Share of good answers in the last day and thirty days, and of lost ones in the last hour. */
  availability: OrNull(Type.Number()), availabilityMonth: OrNull(Type.Number()), loss: OrNull(Type.Number()),
}));
export const listProbes = operation({ id: 'monitoring.probes', method: 'GET', path: '/api/monitoring/probes', summary: 'Probes with their last answer and availability', response: Type.Object({ items: Type.Array(ProbeRow) }) });
export const addProbe = operation({ id: 'monitoring.addProbe', method: 'POST', path: '/api/monitoring/probes', summary: 'Register a target', status: 201, idempotent: true, body: ProbeBody, response: Named });
export const changeProbe = operation({
  id: 'monitoring.changeProbe', method: 'PUT', path: '/api/monitoring/probes/:id', summary: 'Change a target', params: Named,
  body: both(ProbeBody, Type.Object({ version: Version })), response: Type.Object({ version: Version }),
});
export const removeProbe = operation({ id: 'monitoring.removeProbe', method: 'DELETE', path: '/api/monitoring/probes/:id', summary: 'Remove a target; its history ends by age', params: Named, response: Type.Object({}) });

export const DeviceBody = Type.Object({
  name: Line, host: Host, port: Port, user: Type.String({ pattern: '^[\\x21-\\x7e]{1,32}$' }),
  authProtocol: Type.Enum(['sha', 'sha256', 'sha512']), privProtocol: Type.Enum(['aes', 'aes256b']),
  /** Written only, never read back; at least 8 characters (RFC 3414 §11.2). */
  authKey: Type.String({ minLength: 8, maxLength: 200 }), privKey: Type.String({ minLength: 8, maxLength: 200 }), everySeconds: EverySeconds, isOn: Type.Boolean(),
}, { additionalProperties: false });
export type DeviceBody = Static<typeof DeviceBody>;
export const LinkRow = Type.Object({
  index: Type.Integer(), name: Type.String(), speedMbit: OrNull(Type.Number()), isUp: Type.Boolean(),
  /** Shares of the speed; packets in error a minute; share of packets discarded. Null until two polls are there. */
  inShare: OrNull(Type.Number()), outShare: OrNull(Type.Number()), errors: OrNull(Type.Number()), loss: OrNull(Type.Number()), at: Instant,
});
export type LinkRow = Static<typeof LinkRow>;
export const DeviceRow = both(Type.Omit(DeviceBody, ['authKey', 'privKey']), Type.Object({
  id: Id, version: Version, state: Health, at: OrNull(Instant), note: OrNull(Text), upSeconds: OrNull(Type.Number()), description: OrNull(Type.String()), links: Type.Array(LinkRow),
}));
export const listDevices = operation({ id: 'monitoring.devices', method: 'GET', path: '/api/monitoring/devices', summary: 'Network devices with their links', response: Type.Object({ items: Type.Array(DeviceRow) }) });
export const addDevice = operation({ id: 'monitoring.addDevice', method: 'POST', path: '/api/monitoring/devices', summary: 'Register a device (SNMP version 3, authPriv)', status: 201, idempotent: true, body: DeviceBody, response: Named });
export const removeDevice = operation({ id: 'monitoring.removeDevice', method: 'DELETE', path: '/api/monitoring/devices/:id', summary: 'Remove a device', params: Named, response: Type.Object({}) });
export const listTraps = operation({
  id: 'monitoring.traps', method: 'GET', path: '/api/monitoring/traps', summary: 'Traps received, newest first', query: Page,
  response: Type.Object({
    items: Type.Array(Type.Object({ id: Type.String(), at: Instant, address: Type.String(), device: OrNull(Id), trap: Type.String(), bindings: Type.Array(Type.Object({ oid: Type.String(), value: Type.String() })) })),
    next: OrNull(Type.String()),
  }),
});

export const LogLine = Type.Object({
  id: Type.String(), at: Instant, sentAt: OrNull(Instant), source: Type.String(), transport: Type.Enum(['udp', 'tcp']), facility: Type.Integer(), severity: Type.Integer({ minimum: 0, maximum: 7 }),
  host: OrNull(Type.String()), app: OrNull(Type.String()), process: OrNull(Type.String()), message: Type.String(),
});
export const searchLines = operation({
  id: 'monitoring.lines', method: 'GET', path: '/api/monitoring/lines', summary: 'Lines that devices and servers sent by syslog, newest first',
  query: both(Page, Type.Object({
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]+$' })), host: Type.Optional(Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]+$' })),
    severity: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 })), from: Type.Optional(Instant), until: Type.Optional(Instant),
  })),
  response: Type.Object({
    items: Type.Array(LogLine), next: OrNull(Type.String()),
    intake: Type.Object({ isOn: Type.Boolean(), port: OrNull(Type.Integer()), received: Type.Integer(), dropped: Type.Integer(), keepDays: Type.Integer() }),
  }),
});
