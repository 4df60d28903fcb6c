import { Type, type Static } from 'typebox';
import * as codes from '@zhengwu/contracts';
import { Day, Text } from '@zhengwu/contracts';
import { closed, DepartmentCode, keysOf, Limit, Phone, Sample, Slug } from './parts.ts';

/** One stage of handle_flow: who does what, and within which days. */
export const Stage = closed({
  stage: keysOf(codes.stages),
  name: Text,
  department: DepartmentCode,
  post: Slug,
  days: Type.Integer({ minimum: 0, maximum: 365 }),
  /** What is checked and what comes out. */
  standard: Text,
});
export type Stage = Static<typeof Stage>;

const body = closed({
  department: DepartmentCode,
  name: Text,
  kind: keysOf(codes.bodyKinds),
  uscc: Type.String({ pattern: '^[0-9A-Z]{18}$' }),
  entrusting: Type.Optional(Text),
});

const fees = closed({
  charged: Type.Boolean(),
  basis: Type.Optional(Text),
  items: Type.Array(
    closed({
      code: Slug,
      name: Text,
      standard: Text,
      byLaw: Text,
      /** Integer fen, or the name of the decision that says it. */
      amount: Type.Optional(Type.Integer({ minimum: 0 })),
      decision: Type.Optional(Type.String()),
      reducible: Type.Boolean(),
      reduction: Type.Optional(Text),
    }),
  ),
  /** Said either way when something is charged. */
  payOnline: Type.Optional(Type.Boolean()),
});

/**
 * The published implementation list of one service: every field of the national schema, typed.
 * The national name of each field is in `nationalNames`.
 */
export const Listing = closed({
  catalogueCode: Type.String({ pattern: '^[0-9A-Z]{12}$' }),
  localCatalogueCode: Type.Optional(Type.String()),
  implementationCode: Type.String({ pattern: '^[0-9A-Z]{31}$' }),
  handlingItemCodes: Type.Array(Type.String({ pattern: '^[0-9A-Z]{33}$' })),
  name: Text,
  itemType: keysOf(codes.itemTypes),
  byLaw: Text,
  exerciseLevel: keysOf(codes.exerciseLevels),
  state: Type.Unsafe<'inForce' | 'suspended' | 'cancelled'>(Type.Enum(['inForce', 'suspended', 'cancelled'])),
  version: Type.String(),
  effective: Day,
  cancelled: Type.Optional(Day),
  body,
  powerSource: keysOf(codes.powerSources),
  statutory: Limit,
  promised: Limit,
  acceptConditions: Type.Array(Text, { minItems: 1 }),
  flow: Type.Array(Stage, { minItems: 1 }),
  specialProcedures: Type.Array(closed({ kind: keysOf(codes.specialProcedures), name: Text, days: Type.Integer({ minimum: 0 }), explain: Text })),
  caseKind: keysOf(codes.caseKinds),
  audiences: Type.Array(keysOf(codes.audiences), { minItems: 1 }),
  handlingForms: Type.Array(keysOf(codes.handlingForms), { minItems: 1 }),
  visits: closed({ count: Type.Integer({ minimum: 0, maximum: 9 }), reason: Type.Optional(Text) }),
  fees,
  consultation: closed({ phone: Phone, ways: Text }),
  complaint: closed({ phone: Phone, ways: Text }),
  address: Text,
  hours: Text,
  crossArea: Type.Optional(keysOf(codes.crossAreaScopes)),
  inServiceCentre: Type.Boolean(),
  courier: Type.Boolean(),
  /** Application by post is offered. */
  postalApplication: Type.Boolean(),
  online: Type.Boolean(),
  onlineDepths: Type.Array(keysOf(codes.onlineDepths)),
  onlineGrade: keysOf(codes.onlineGrades),
  onlineUrl: Type.Optional(Type.String()),
  appointment: Type.Boolean(),
  kiosk: Type.Boolean(),
  limitExplain: Type.Optional(Text),
  otherDepartments: Type.Array(closed({ department: DepartmentCode, name: Text })),
  results: Type.Array(
    closed({ name: Text, kind: keysOf(codes.resultKinds), licence: Type.Optional(Slug), sample: Type.Optional(Sample) }),
  ),
  intermediaries: Type.Array(Text),
  personTopics: Type.Array(keysOf(codes.personTopics)),
  companyTopics: Type.Array(keysOf(codes.companyTopics)),
  townCode: Type.Optional(Type.String()),
  villageCode: Type.Optional(Type.String()),
  faq: Type.Array(closed({ question: Text, answer: Text })),
});
export type Listing = Static<typeof Listing>;
