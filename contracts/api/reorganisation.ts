import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Id, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

const Department = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const Parent = Type.Optional(Type.Union([Department, Type.Null()]));
const Name = Type.Object({ zh: Line, en: Line }, { additionalProperties: false });

/** One step of a reorganisation: departments merge into one, one gives parts of itself to new ones, one moves in either line, one is renamed. */
export const ReorganisationStep = Type.Union([
  Type.Object({ kind: Type.Literal('merge'), from: Type.Array(Department, { minItems: 1, maxItems: 50 }), into: Department }, { additionalProperties: false }),
  Type.Object({
    kind: Type.Literal('split'), from: Department,
    into: Type.Array(Type.Object({ code: Code, name: Name, posts: Type.Array(Id, { maxItems: 500 }), services: Type.Array(Code, { maxItems: 500 }) }, { additionalProperties: false }), { minItems: 1, maxItems: 20 }),
  }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('move'), department: Department, regionParent: Parent, lineParent: Parent }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('rename'), department: Department, name: Name }, { additionalProperties: false }),
]);
export type ReorganisationStep = Static<typeof ReorganisationStep>;
const Plan = { document: Line, effectiveOn: Day, steps: Type.Array(ReorganisationStep, { minItems: 1, maxItems: 50 }) };

/** What a reorganisation comes to; before and after must agree for each kind of thing that follows. */
export const ReorganisationResult = Type.Object({
  posts: Type.Integer(), people: Type.Integer(), followed: Type.Array(Type.Object({ code: Code, name: Text, moved: Type.Integer(), before: Type.Integer(), after: Type.Integer() })),
  /** People whose reach changes, the first hundred by name. */
  reach: Type.Object({ count: Type.Integer(), people: Type.Array(Type.Object({ name: Type.String(), gained: Type.Integer(), lost: Type.Integer() })) }),
  conflicts: Type.Array(Type.Object({ person: Type.String(), rule: Text })),
});
export type ReorganisationResult = Static<typeof ReorganisationResult>;
export const Reorganisation = Type.Object({
  id: Id, ...Plan, plannedBy: Type.String(), plannedAt: Instant, status: Type.Enum(['planned', 'done', 'cancelled']), doneBy: Type.Union([Type.String(), Type.Null()]), doneAt: Type.Union([Instant, Type.Null()]), result: Type.Union([ReorganisationResult, Type.Null()]),
});

export const listReorganisations = operation({ id: 'reorganisation.list', method: 'GET', path: '/api/directory/reorganisations', summary: 'Plans and what was carried out', response: Type.Object({ items: Type.Array(Reorganisation) }) });
export const planReorganisation = operation({ id: 'reorganisation.plan', method: 'POST', path: '/api/directory/reorganisations', summary: 'Plan a reorganisation; it is tried first and refused when it can’t be carried out', status: 201, body: Type.Object(Plan, { additionalProperties: false }), response: Type.Object({ id: Id, result: ReorganisationResult }) });
export const previewReorganisation = operation({ id: 'reorganisation.preview', method: 'POST', path: '/api/directory/reorganisations/preview', summary: 'Try a reorganisation and undo it: people, posts, rows that follow, rights, conflicts', body: Type.Object(Plan, { additionalProperties: false }), response: ReorganisationResult });
export const runReorganisation = operation({ id: 'reorganisation.run', method: 'POST', path: '/api/directory/reorganisations/:id/run', summary: 'Carry a plan out, in one transaction, on its day or later', params: Type.Object({ id: Id }), response: ReorganisationResult });
export const cancelReorganisation = operation({ id: 'reorganisation.cancel', method: 'DELETE', path: '/api/directory/reorganisations/:id', summary: 'Cancel a plan', params: Type.Object({ id: Id }), response: Type.Object({ cancelled: Type.Boolean() }) });
