import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { both, Instant, Line, Page } from '../scalars.ts';

const closed = { additionalProperties: false } as const;
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Union([type, Type.Null()]);
/** kiosk: 自助终端; window: 窗口终端; exchange: 交换节点; sensor: 传感器. */
export const DeviceKind = Type.Enum(['kiosk', 'window', 'exchange', 'sensor']);
export type DeviceKind = Static<typeof DeviceKind>;
/** registered: no certificate yet; active: has one; blocked: refused until somebody releases it. */
export const DeviceState = Type.Enum(['registered', 'active', 'blocked']);
export type DeviceState = Static<typeof DeviceState>;
/** What a device says of itself. */
export const DeviceHealth = Type.Enum(['ok', 'degraded', 'fault']);
/** Also the name in its certificate; never reused. */
export const DeviceId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,39}$' });
/** Networks from which it may call, such as 10.3.0.0/24. */
const Ranges = Type.Array(Type.String({ minLength: 4, maxLength: 49 }), { minItems: 1, maxItems: 16 });

export const RegisteredDevice = Type.Object({
  id: DeviceId, kind: DeviceKind, name: Line, department: Type.Integer(), institution: Type.String(), uscc: Type.String(), place: Line, ranges: Ranges, state: DeviceState,
  serial: OrNull(Type.String()), blockedFor: OrNull(Type.String()), enrolUntil: OrNull(Instant), registeredAt: Instant,
  lastSeen: OrNull(Instant), lastAddress: OrNull(Type.String()), health: OrNull(DeviceHealth), note: OrNull(Type.String()),
});
export type RegisteredDevice = Static<typeof RegisteredDevice>;

const byId = Type.Object({ id: DeviceId });
/** A secret that is shown once and good once. */
const Enrolment = Type.Object({ device: RegisteredDevice, secret: Type.String(), until: Instant });

export const listRegisteredDevices = operation({
  id: 'device.list', method: 'GET', path: '/api/devices', summary: 'Registered devices by id',
  query: both(Type.Omit(Page, ['after']), Type.Object({ after: Type.Optional(DeviceId), kind: Type.Optional(DeviceKind), state: Type.Optional(DeviceState) })),
  response: Type.Object({ items: Type.Array(RegisteredDevice), next: OrNull(DeviceId) }),
});
export const registerDevice = operation({
  id: 'device.register', method: 'POST', path: '/api/devices', summary: 'Register a device; the answer holds its enrolment secret, once', status: 201,
  body: Type.Object({
    id: DeviceId, kind: DeviceKind, name: Line, department: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), institution: Line, /** Unified social credit code (GB 32100). */ uscc: Type.String({ minLength: 18, maxLength: 18 }), place: Line, ranges: Ranges,
  }, closed),
  response: Enrolment,
});
export const renewEnrolment = operation({ id: 'device.enrolment', method: 'POST', path: '/api/devices/:id/enrolment', summary: 'A new enrolment secret; the one before is void', params: byId, body: Type.Object({}, closed), response: Enrolment });
export const placeDevice = operation({ id: 'device.place', method: 'POST', path: '/api/devices/:id/place', summary: 'Move a device to another place', params: byId, body: Type.Object({ place: Line, ranges: Ranges }, closed), response: RegisteredDevice });
export const blockDevice = operation({ id: 'device.block', method: 'POST', path: '/api/devices/:id/block', summary: 'Refuse a device from now on', params: byId, body: Type.Object({ reason: Line }, closed), response: RegisteredDevice });
export const releaseDevice = operation({ id: 'device.release', method: 'POST', path: '/api/devices/:id/release', summary: 'Let a blocked device in again', params: byId, body: Type.Object({ reason: Line }, closed), response: RegisteredDevice });

/* ---- by the device itself, over its client certificate ---- */
export const deviceHello = operation({
  id: 'device.hello', method: 'POST', path: '/api/device/hello', summary: 'A device reports how it is; the answer says what the site expects of it',
  body: Type.Object({ health: DeviceHealth, note: Type.Optional(Line) }, closed),
  response: Type.Object({ id: DeviceId, now: Instant, certificateEnds: Instant, /** Less than a third of the certificate's life is left. */ renew: Type.Boolean(), helloSeconds: Type.Integer() }),
});
export const deviceSelf = operation({
  id: 'device.self', method: 'GET', path: '/api/device/self', summary: 'What the register knows about the calling device',
  response: Type.Object({ id: DeviceId, kind: DeviceKind, name: Line, institution: Type.String(), place: Line, ranges: Ranges, state: DeviceState, serial: Type.String() }),
});

/* ---- EST (RFC 7030), over TLS only ---- */
const file = Type.Unknown();
export const estAuthority = operation({ id: 'est.authority', method: 'GET', path: '/.well-known/est/cacerts', summary: 'Certificates of the authority (RFC 7030 §4.1)', raw: true, response: file });
export const estEnrol = operation({ id: 'est.enrol', method: 'POST', path: '/.well-known/est/simpleenroll', summary: 'First certificate of a device, by its enrolment secret (RFC 7030 §4.2.1)', raw: true, bodyLimit: 16_384, response: file });
export const estReenrol = operation({ id: 'est.reenrol', method: 'POST', path: '/.well-known/est/simplereenroll', summary: 'Next certificate of a device, by the one it has (RFC 7030 §4.2.2)', raw: true, bodyLimit: 16_384, response: file });
