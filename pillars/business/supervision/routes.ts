import { answerCard, answerChase, badRatings, caseChases, chaseCase, listCards, listIncidents, rectifyRating, retryIncident, supervisionFigures } from '@zhengwu/contracts';
import { retryHeld, type Desk } from '@zhengwu/cases';
import type { Http } from '@zhengwu/http';
import { answerOneChase, chasesOf } from './chases.ts';
import { incidentList } from './incidents.ts';
import { answer, badRatingList, cardList, chase, periodFigures, rectify, type Office } from './supervision.ts';

export const routes = (office: Office, desk: () => Desk, http: Http): void => {
  http.route(listCards, ({ actor, query }) => cardList(office, actor, query));
  http.route(answerCard, ({ actor, params, body }) => answer(office, actor, params.id, body));
  http.route(chaseCase, ({ actor, body, idempotencyKey, requestHash }) => chase(office, actor, body, { key: idempotencyKey, requestHash }));
  http.route(caseChases, ({ actor, params }) => chasesOf(office, actor, params.id));
  http.route(answerChase, ({ actor, params, body }) => answerOneChase(office, actor, params.id, body.text));
  http.route(supervisionFigures, ({ actor, query }) => periodFigures(office, actor, query));
  http.route(badRatings, ({ actor, query }) => badRatingList(office, actor, query));
  http.route(listIncidents, ({ actor, query }) => incidentList(office.database, actor, query));
  http.route(retryIncident, ({ actor, params, idempotencyKey, requestHash }) => retryHeld(desk(), actor, params.id, { operation: 'supervision.retryIncident', key: idempotencyKey, hash: requestHash }));
  http.route(rectifyRating, ({ actor, params, body }) => rectify(office, actor, params.id, body.text));
};
