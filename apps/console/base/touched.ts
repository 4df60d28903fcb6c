import { listCards, listCases, openCase, workList, workQueues } from '@zhengwu/contracts';

/** What work on a task may change elsewhere: counts, lists and the case itself. */
export const workTouches = [workQueues, workList, listCases, openCase] as const;

/** Read anew when the site announces a change. A case that is open stays as it was read, so that nothing moves under one's hands. */
export const cardsChanged: readonly string[] = [workQueues.id, workList.id, listCases.id, listCards.id];
