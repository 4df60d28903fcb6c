import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { both, Code, Day, Id, Instant, Page, pageOf, Paragraph } from '../scalars.ts';
import { Text } from '../text.ts';

export const Card = Type.Object({
  id: Id, number: Type.String(), rule: Type.String(), ruleText: Text, kind: Type.Enum(['warning', 'yellow', 'red']), caseId: Id, caseNumber: Type.String(), content: Text, issuedAt: Instant,
  department: Type.Object({ code: Code, name: Text }), status: Type.Enum(['open', 'explained', 'closed']), result: Type.Union([Type.String(), Type.Null()]),
});
export const listCards = operation({ id: 'supervision.cards', method: 'GET', path: '/api/supervision/cards', summary: 'Warnings, yellow and red cards', query: both(Page, Type.Object({ kind: Type.Optional(Type.Enum(['warning', 'yellow', 'red'])), status: Type.Optional(Type.Enum(['open', 'explained', 'closed'])) })), response: pageOf(Card) });
export const answerCard = operation({ id: 'supervision.answer', method: 'POST', path: '/api/supervision/cards/:id/answer', summary: 'Explain or close a card', params: Type.Object({ id: Id }), body: Type.Object({ result: Paragraph, close: Type.Boolean() }, { additionalProperties: false }), response: Card });
export const chaseCase = operation({ id: 'supervision.chase', method: 'POST', path: '/api/supervision/chases', summary: 'Chase 督办 a case: its handlers are told', idempotent: true, status: 201, body: Type.Object({ caseId: Id, text: Paragraph, answerBy: Day }, { additionalProperties: false }), response: Type.Object({ id: Id }) });
export const Chase = Type.Object({
  id: Id, text: Type.String(), answerBy: Day, by: Type.String(), at: Instant, late: Type.Boolean(),
  answer: Type.Union([Type.Null(), Type.Object({ text: Type.String(), by: Type.String(), at: Instant })]),
});
export const caseChases = operation({ id: 'supervision.chases', method: 'GET', path: '/api/cases/:id/chases', summary: 'Chases 督办 of a case with their answers', params: Type.Object({ id: Id }), response: Type.Object({ items: Type.Array(Chase) }) });
export const answerChase = operation({ id: 'supervision.answerChase', method: 'POST', path: '/api/supervision/chases/:id/answer', summary: 'Answer a chase, once; whoever chased is told', params: Type.Object({ id: Id }), body: Type.Object({ text: Paragraph }, { additionalProperties: false }), response: Chase });
export const supervisionFigures = operation({
  id: 'supervision.figures', method: 'GET', path: '/api/supervision/figures', summary: 'Figures by service and department',
  query: Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }),
  response: Type.Object({
    totals: Type.Object({ received: Type.Integer(), open: Type.Integer(), closed: Type.Integer(), onTime: Type.Integer(), overdue: Type.Integer(), yellow: Type.Integer(), red: Type.Integer(), satisfaction: Type.Union([Type.Number(), Type.Null()]) }),
    byService: Type.Array(Type.Object({ code: Code, name: Text, received: Type.Integer(), closed: Type.Integer(), overdue: Type.Integer(), averageDays: Type.Number(), satisfaction: Type.Union([Type.Number(), Type.Null()]), clerkMinutes: Type.Number(), applicantMinutes: Type.Number() })),
    byDepartment: Type.Array(Type.Object({ code: Code, name: Text, open: Type.Integer(), closed: Type.Integer(), overdue: Type.Integer(), yellow: Type.Integer(), red: Type.Integer() })),
    byDay: Type.Array(Type.Object({ day: Day, received: Type.Integer(), closed: Type.Integer() })),
  }),
});
/** Bad ratings are called back and rectified within 15 working days (GB/T 39735). */
export const badRatings = operation({ id: 'supervision.badRatings', method: 'GET', path: '/api/supervision/bad-ratings', summary: 'Ratings 4 and 5 with their rectification', query: Page, response: pageOf(Type.Object({ caseId: Id, number: Type.String(), service: Text, level: Type.Integer(), comment: Type.Union([Type.String(), Type.Null()]), ratedAt: Instant, dueDay: Day, rectified: Type.Union([Type.String(), Type.Null()]) })) });
export const rectifyRating = operation({ id: 'supervision.rectify', method: 'POST', path: '/api/supervision/bad-ratings/:id/rectify', summary: 'Record the call back and what was put right', params: Type.Object({ id: Id }), body: Type.Object({ text: Paragraph }, { additionalProperties: false }), response: Type.Object({ rectifiedAt: Instant }) });
/** Cases whose process an incident holds; reached by who may mend them. */
export const listIncidents = operation({ id: 'supervision.incidents', method: 'GET', path: '/api/supervision/incidents', summary: 'Cases whose process is held by an incident', query: Page, response: pageOf(Type.Object({ caseId: Id, number: Type.String(), service: Text, element: Type.String(), reason: Type.String(), at: Instant })) });
export const retryIncident = operation({ id: 'supervision.retryIncident', method: 'POST', path: '/api/supervision/incidents/:id/retry', summary: 'Try again what incidents hold in a case', idempotent: true, params: Type.Object({ id: Id }), response: Type.Object({ held: Type.Integer() }) });
