import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Id, Line, Version } from '../scalars.ts';
import { Text } from '../text.ts';

/** Something that goes with a person: posts, stand-ins, sessions, certificates, tasks. */
const Belonging = Type.Object({ code: Code, name: Text, count: Type.Integer() });
const Done = Type.Object({ items: Type.Array(Belonging), proposal: Type.Union([Id, Type.Null()]) });
const Successor = Type.Union([Id, Type.Null()]);

export const previewLeaving = operation({
  id: 'people.preview', method: 'GET', path: '/api/directory/people/:id/belongings', summary: 'What a mover or leaver has in hand', params: Type.Object({ id: Id }),
  response: Type.Object({ name: Type.String(), version: Version, active: Type.Boolean(), items: Type.Array(Type.Object({ ...Belonging.properties, moved: Type.Boolean() })) }),
});
export const joinPerson = operation({
  id: 'people.join', method: 'POST', path: '/api/directory/people', summary: 'Somebody joins: person, account with a one-time password, posts; in one step', status: 201,
  body: Type.Object({
    name: Line, account: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$' }), clearance: Type.Integer({ minimum: 0, maximum: 4 }), phone: Type.Optional(Type.String({ maxLength: 30 })), email: Type.Optional(Type.String({ maxLength: 100 })),
    posts: Type.Array(Id, { maxItems: 20 }), reason: Line,
  }, { additionalProperties: false }),
  response: Type.Object({ id: Id, account: Type.String(), password: Type.String(), proposal: Type.Union([Id, Type.Null()]) }),
});
export const movePerson = operation({
  id: 'people.move', method: 'POST', path: '/api/directory/people/:id/move', summary: 'Somebody moves: posts change, tasks are handed over, stand-ins end; in one step', params: Type.Object({ id: Id }),
  body: Type.Object({ version: Version, posts: Type.Array(Id, { maxItems: 20 }), handOver: Type.Boolean(), successor: Successor, reason: Line }, { additionalProperties: false }), response: Done,
});
export const leavePerson = operation({
  id: 'people.leave', method: 'POST', path: '/api/directory/people/:id/leave', summary: 'Somebody leaves: posts, account, sessions, certificates and stand-ins end, tasks are handed over; in one step', params: Type.Object({ id: Id }),
  body: Type.Object({ version: Version, successor: Successor, reason: Line }, { additionalProperties: false }), response: Done,
});
