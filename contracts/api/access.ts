import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { Day, Id, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

const Named = Type.Object({ id: Id, name: Type.String() });
const Post = Type.Object({ id: Id, name: Text, department: Text });
const Word = Type.Union([Type.Object({ by: Type.String(), at: Instant, opinion: Type.Union([Type.String(), Type.Null()]) }), Type.Null()]);

/** An official asks for a post until a day; the head of its department vouches, then the security administrator grants. */
export const AccessRequest = Type.Object({
  id: Id, person: Named, post: Post, endsOn: Day, reason: Type.String(), askedAt: Instant, status: Type.Enum(['asked', 'vouched', 'granted', 'refused', 'withdrawn', 'ended']), vouched: Word, decided: Word,
});
export const myAccess = operation({ id: 'access.mine', method: 'GET', path: '/api/my/access', summary: 'Posts I asked for, and what can be asked for', response: Type.Object({ items: Type.Array(AccessRequest), posts: Type.Array(Post) }) });
export const askAccess = operation({
  id: 'access.ask', method: 'POST', path: '/api/my/access', summary: 'Ask for a post until a day', status: 201, body: Type.Object({ post: Id, endsOn: Day, reason: Line }, { additionalProperties: false }), response: Type.Object({ id: Id }),
});
export const withdrawAccess = operation({ id: 'access.withdraw', method: 'DELETE', path: '/api/my/access/:id', summary: 'Withdraw what I asked for', params: Type.Object({ id: Id }), response: Type.Object({ withdrawn: Type.Boolean() }) });
export const listAccess = operation({ id: 'access.list', method: 'GET', path: '/api/access/requests', summary: 'Requests for posts of departments in reach', response: Type.Object({ items: Type.Array(AccessRequest) }) });
const Decision = Type.Object({ agree: Type.Boolean(), opinion: Line }, { additionalProperties: false });
export const vouchAccess = operation({ id: 'access.vouch', method: 'POST', path: '/api/access/requests/:id/vouch', summary: 'The head of the department vouches or refuses', params: Type.Object({ id: Id }), body: Decision, response: AccessRequest });
export const grantAccess = operation({ id: 'access.grant', method: 'POST', path: '/api/access/requests/:id/grant', summary: 'The security administrator grants or refuses', params: Type.Object({ id: Id }), body: Decision, response: AccessRequest });

/** A review of who holds the posts of a department, with what became of each. */
export const Review = Type.Object({
  id: Id, department: Text, openedBy: Type.String(), openedAt: Instant, dueOn: Day, lapseOn: Day, closedAt: Type.Union([Instant, Type.Null()]),
  figures: Type.Object({ all: Type.Integer(), kept: Type.Integer(), withdrawn: Type.Integer(), lapsed: Type.Integer(), gone: Type.Integer(), open: Type.Integer(), escalated: Type.Integer() }),
});
export const listReviews = operation({ id: 'review.list', method: 'GET', path: '/api/access/reviews', summary: 'Reviews of departments in reach', response: Type.Object({ items: Type.Array(Review) }) });
export const openReview = operation({
  id: 'review.open', method: 'POST', path: '/api/access/reviews', summary: 'Begin the review of a department', status: 201,
  body: Type.Object({ department: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), dueOn: Day, lapseOn: Day }, { additionalProperties: false }), response: Type.Object({ id: Id, items: Type.Integer() }),
});
export const reviewItems = operation({
  id: 'review.items', method: 'GET', path: '/api/access/reviews/:id', summary: 'The holdings under review, with answers as evidence', params: Type.Object({ id: Id }),
  response: Type.Object({ items: Type.Array(Type.Object({ person: Named, post: Post, roles: Type.Array(Type.String()), since: Instant, answer: Type.Union([Type.Enum(['kept', 'withdrawn', 'lapsed', 'gone']), Type.Null()]), by: Type.Union([Type.String(), Type.Null()]), at: Type.Union([Instant, Type.Null()]), reason: Type.Union([Type.String(), Type.Null()]), escalated: Type.Boolean(), mine: Type.Boolean() })) }),
});
export const answerReview = operation({
  id: 'review.answer', method: 'POST', path: '/api/access/reviews/:id', summary: 'Confirm or withdraw one holding', params: Type.Object({ id: Id }),
  body: Type.Object({ person: Id, post: Id, keep: Type.Boolean(), reason: Line }, { additionalProperties: false }), response: Type.Object({ answered: Type.Boolean() }),
});
