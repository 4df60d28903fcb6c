import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Id, Instant, Line } from '../scalars.ts';

export const Matching = Type.Object({ id: Id, department: Type.Integer(), title: Line, at: Instant });
export type Matching = Static<typeof Matching>;

export const listMatchings = operation({
  id: 'matching.list', method: 'GET', path: '/api/matching', summary: 'In my departments, newest first', response: Type.Object({ items: Type.Array(Matching) }),
});
export const addMatching = operation({
  id: 'matching.add', method: 'POST', path: '/api/matching', summary: 'Add one', status: 201, idempotent: true,
  body: Type.Object({ department: Type.Integer({ minimum: 1 }), title: Line }, { additionalProperties: false }), response: Type.Object({ id: Id }),
});
