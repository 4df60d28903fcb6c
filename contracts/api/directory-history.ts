import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Id, Instant } from '../scalars.ts';
import { Text } from '../text.ts';

/** One state of something of the directory with its period (null: from the beginning, or still), who brought it about and why. */
const Period = { since: Type.Union([Instant, Type.Null()]), until: Type.Union([Instant, Type.Null()]), by: Type.Union([Type.String(), Type.Null()]), reason: Type.Union([Type.String(), Type.Null()]) };

export const personTimeline = operation({
  id: 'directory.timeline', method: 'GET', path: '/api/directory/people/:id/timeline', summary: 'Posts, names, clearances and stand-ins of a person over time', params: Type.Object({ id: Id }),
  response: Type.Object({
    name: Type.String(),
    items: Type.Array(Type.Object({ ...Period, kind: Type.Enum(['post', 'person', 'delegation']), post: Type.Union([Text, Type.Null()]), department: Type.Union([Text, Type.Null()]), detail: Type.String(), clearance: Type.Union([Type.Integer(), Type.Null()]), endedBy: Type.Union([Type.String(), Type.Null()]), endReason: Type.Union([Type.String(), Type.Null()]) })),
  }),
});
export const postHolders = operation({
  id: 'directory.postHolders', method: 'GET', path: '/api/directory/posts/:id/holders', summary: 'Who held a post, and when', params: Type.Object({ id: Id }),
  response: Type.Object({ name: Text, items: Type.Array(Type.Object({ ...Period, id: Id, person: Type.String() })) }),
});
export const departmentPast = operation({
  id: 'directory.departmentPast', method: 'GET', path: '/api/directory/departments/:id/past', summary: 'What a department was called and below whom it stood', params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
  response: Type.Object({ items: Type.Array(Type.Object({ ...Period, code: Type.String(), name: Text, regionParent: Type.Union([Text, Type.Null()]), lineParent: Type.Union([Text, Type.Null()]) })) }),
});
