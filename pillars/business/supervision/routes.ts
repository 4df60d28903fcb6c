import { answerCard, answerChase, badRatings, caseChases, chaseCase, listCards, rectifyRating, supervisionFigures } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { answerOneChase, chasesOf } from './chases.ts';
import { answer, badRatingList, cardList, chase, periodFigures, rectify, type Office } from './supervision.ts';

export const routes = (office: Office, http: Http): void => {
  http.route(listCards, ({ actor, query }) => cardList(office, actor, query));
  http.route(answerCard, ({ actor, params, body }) => answer(office, actor, params.id, body));
  http.route(chaseCase, ({ actor, body, idempotencyKey, requestHash }) => chase(office, actor, body, { key: idempotencyKey, requestHash }));
  http.route(caseChases, ({ actor, params }) => chasesOf(office, actor, params.id));
  http.route(answerChase, ({ actor, params, body }) => answerOneChase(office, actor, params.id, body.text));
  http.route(supervisionFigures, ({ actor, query }) => periodFigures(office, actor, query));
  http.route(badRatings, ({ actor, query }) => badRatingList(office, actor, query));
  http.route(rectifyRating, ({ actor, params, body }) => rectify(office, actor, params.id, body.text));
};
