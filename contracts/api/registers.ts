import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

const orNull = <T extends Parameters<typeof Type.Array>[0]>(one: T) => Type.Union([one, Type.Null()]);
const OfRegister = Type.Object({ register: Code }, { additionalProperties: false });
const ById = Type.Object({ id: Id }, { additionalProperties: false });
const RecordKey = Type.String({ minLength: 1, maxLength: 200 });
const Reason = Type.String({ minLength: 2, maxLength: 200, description: 'what it is needed for: a case number, a task' });

/** A field of a register: who may read it is said by its class. */
export const BaseField = Type.Object({ key: Type.String(), label: Text, class: Type.Enum(['public', 'internal', 'personal', 'sensitive']), departments: Type.Array(Type.String()), identifier: orNull(Type.String()) });
export const BaseQualityRule = Type.Object({ code: Type.String(), name: orNull(Text), kind: Type.String(), fields: Type.Array(Type.String()), weight: Type.Number() });
export const BaseRegister = Type.Object({
  code: Code, name: Text, category: orNull(Type.String()), keeper: Type.Object({ code: Type.String(), name: orNull(Text) }), subject: Type.Enum(['person', 'company', 'none']),
  key: Type.String(), sharing: Type.Object({ class: Type.String(), condition: orNull(Text), basis: orNull(Text) }), label: Type.String(), sources: Type.Array(Text), /** `years` null: for ever. */
  retention: orNull(Type.Object({ years: orNull(Type.Integer()), basis: Text })),
  /** Working days within which a challenge is answered. */
  correctionDays: Type.Integer(), fields: Type.Array(BaseField), quality: Type.Array(BaseQualityRule), mayRead: Type.Boolean(), mayReveal: Type.Boolean(),
});
export const listBaseRegisters = operation({ id: 'register.list', method: 'GET', path: '/api/registers', summary: 'Base registers with their definitions', response: Type.Object({ items: Type.Array(BaseRegister) }) });

/** One record at one point of both times. Fields named in `masked` are hidden in `data`. */
export const BaseRecord = Type.Object({
  register: Code, id: Id, day: Day, known: orNull(Instant), validFrom: Day, validTo: orNull(Day), knownFrom: Instant, cause: Type.String(),
  data: Type.Record(Type.String(), Type.Unknown()), masked: Type.Array(Type.String()),
});
/** The key is sent in the body: it may be a person's number, which belongs in no address. */
export const readBaseRecord = operation({
  id: 'register.record', method: 'POST', path: '/api/registers/:register/lookup', summary: 'One record, as true on a day and as known at an instant', params: OfRegister,
  body: Type.Object({ key: RecordKey, reason: Reason, day: Type.Optional(Day), known: Type.Optional(Instant) }, { additionalProperties: false }), response: BaseRecord,
});

export const BaseVersion = Type.Object({
  id: Id, data: Type.Record(Type.String(), Type.Unknown()), masked: Type.Array(Type.String()), validFrom: Day, validTo: orNull(Day), knownFrom: Instant, knownTo: orNull(Instant), cause: Type.String(),
  /** Fields that differ from the version before it in this list, masked ones too. */
  changed: Type.Array(Type.String()),
  /** Records of the audit trail about that cause: each can be proved against the signed log. */
  proof: Type.Array(Type.Object({ id: Id, event: Type.String(), at: Instant })),
});
export const readBaseHistory = operation({
  id: 'register.history', method: 'POST', path: '/api/registers/:register/history', summary: 'Versions of a record in both times, the latest known first', params: OfRegister,
  body: Type.Object({ key: RecordKey, reason: Reason }, { additionalProperties: false }), response: Type.Object({ items: Type.Array(BaseVersion) }),
});
export const revealBaseField = operation({
  id: 'register.reveal', method: 'POST', path: '/api/registers/:register/reveal', summary: 'Show one masked field in clear', params: OfRegister,
  body: Type.Object({ key: RecordKey, field: Type.String({ minLength: 1, maxLength: 64 }), reason: Reason, day: Type.Optional(Day) }, { additionalProperties: false }),
  response: Type.Object({ field: Type.String(), value: Type.Unknown() }),
});

export const OwnRecord = Type.Object({ register: Code, name: Text, keeper: orNull(Text), key: Type.String(), validFrom: Day, cause: Type.String(), fields: Type.Array(Type.Object({ key: Type.String(), label: Text, value: Type.Unknown(), /** What coded values are called. */ values: Type.Optional(Type.Record(Type.String(), Text)) })) });
export const listOwnRecords = operation({ id: 'register.own', method: 'GET', path: '/api/my/registers', summary: 'What base registers hold about me', response: Type.Object({ items: Type.Array(OwnRecord) }) });

/** A doubt about one value: whoever raised it sees the answer, the keeper what is doubted. */
export const Challenge = Type.Object({
  id: Id, register: Code, registerName: Text, key: Type.String(), field: Type.String(), fieldLabel: Text, day: Day, found: Type.Unknown(), proposed: Type.Unknown(), reason: Type.String(), by: Type.String(), department: orNull(Text),
  keeper: orNull(Text), state: Type.Enum(['open', 'accepted', 'refused', 'withdrawn']), raisedAt: Instant, dueDay: Day, overdue: Type.Boolean(), answer: orNull(Type.String()), answeredBy: orNull(Type.String()), answeredAt: orNull(Instant),
});
const Raised = Type.Object({ id: Id, dueDay: Day });
const Doubt = Type.Object({ key: RecordKey, field: Type.String({ minLength: 1, maxLength: 64 }), proposed: Type.Unknown(), reason: Type.String({ minLength: 2, maxLength: 1000 }) }, { additionalProperties: false });
export const challengeValue = operation({ id: 'challenge.raise', method: 'POST', path: '/api/registers/:register/challenges', summary: 'Challenge a value of a record', params: OfRegister, body: Doubt, status: 201, response: Raised });
export const challengeOwnValue = operation({ id: 'challenge.raiseOwn', method: 'POST', path: '/api/my/registers/:register/challenges', summary: 'Challenge a value about oneself', params: OfRegister, body: Doubt, status: 201, response: Raised });
export const listMyChallenges = operation({ id: 'challenge.mine', method: 'GET', path: '/api/my/challenges', summary: 'Challenges that I raised, the latest first', response: Type.Object({ items: Type.Array(Challenge) }) });
export const listChallenges = operation({
  id: 'challenge.list', method: 'GET', path: '/api/challenges', summary: 'Challenges about what we keep, the most urgent first',
  query: Type.Object({ open: Type.Optional(Type.Boolean()) }, { additionalProperties: false }), response: Type.Object({ items: Type.Array(Challenge) }),
});
/** Accepted: the proposed value (or `value`, as the keeper found it) holds from `validFrom`, else from where the doubted value began. */
export const answerChallenge = operation({
  id: 'challenge.answer', method: 'POST', path: '/api/challenges/:id/answer', summary: 'Accept or refuse a challenge', params: ById,
  body: Type.Object({ outcome: Type.Enum(['accepted', 'refused']), answer: Line, value: Type.Optional(Type.Unknown()), validFrom: Type.Optional(Day) }, { additionalProperties: false }), response: Type.Object({ id: Id }),
});
export const withdrawChallenge = operation({ id: 'challenge.withdraw', method: 'POST', path: '/api/challenges/:id/withdrawal', summary: 'Withdraw a challenge', params: ById, response: Type.Object({ id: Id }) });
