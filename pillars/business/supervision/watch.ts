import { addDays, dayOf, startOfDay, type WorkingCalendar } from '@zhengwu/clock';
import type { Database, Tx } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import { daysOf, found, limitFindings, silentUntil, type Finding, type Kinds } from './rules.ts';
import * as store from './store.ts';

/** What the platform does by itself to a case; cases implement it. Each does nothing where the case has gone on. */
export interface CaseActs {
  deemAccepted(caseId: string): Promise<void>;
  correctionLapsed(caseId: string): Promise<void>;
}

export interface Watch {
  database: Database;
  log: Pick<Log, 'error'>;
  kinds: Kinds;
  calendar(): WorkingCalendar;
  now(): Date;
  acts: CaseActs;
}

const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Issues cards for findings in the caller's transaction. */
export const card = (tx: Tx, { kinds, now }: Pick<Watch, 'kinds' | 'now'>, findings: readonly Finding[]): Promise<number> =>
  store.issueCards(tx, findings.map((finding) => ({ ...finding, kind: kinds[finding.rule] })), now());

/** Takes batches until one is not full; a case carded is no longer selected. */
const sweep = async <R>(watch: Watch, signal: AbortSignal | undefined, select: (tx: Tx) => Promise<R[]>, judge: (row: R) => Finding[]): Promise<number> => {
  let issued = 0;
  for (;;) {
    const [taken, fresh] = await watch.database.as(watch.database.system, async (tx) => {
      const rows = await select(tx);
      return [rows.length, rows.length === 0 ? 0 : await card(tx, watch, rows.flatMap(judge))];
    });
    issued += fresh;
    if (taken < BATCH || fresh === 0 || signal?.aborted) return issued;
  }
};

/** The instant before which a receipt that nobody answered is taken as accepted. */
const silentBefore = (watch: Watch, today: string): Date => startOfDay(addDays(silentUntil(watch.calendar(), today), 1));

/** Looks at every case whose day a rule touches and issues the cards that are missing; answers how many. Repeating does no harm. */
export const issueDueCards = async (watch: Watch, signal?: AbortSignal): Promise<number> => {
  const today = dayOf(watch.now());
  const days = daysOf(watch.calendar(), today);
  const limits = await sweep(watch, signal, (tx) => store.selectDue(tx, days.today, days.soon, BATCH), (one) => limitFindings(one, days));
  const silent = await sweep(watch, signal, (tx) => store.selectSilent(tx, silentBefore(watch, today), BATCH), (one) => [
    found(one, 'not-accepted', { zh: `办件${one.number}于${dayOf(one.submitted_at)}接收，五个工作日内没有受理也没有一次性告知。`, en: `Case ${one.number} was received on ${dayOf(one.submitted_at)}; within five working days it was neither accepted nor answered.` }),
  ]);
  const corrected = await sweep(watch, signal, (tx) => store.selectCorrectedUnaccepted(tx, silentBefore(watch, today), BATCH), (one) => [
    found(one, 'not-accepted', { zh: `办件${one.number}已于${dayOf(one.corrected_at)}补正，五个工作日内仍未受理。`, en: `Case ${one.number} was corrected on ${dayOf(one.corrected_at)}; within five working days it was still not accepted.` }),
  ]);
  const stages = await sweep(watch, signal, (tx) => store.selectOverdueStages(tx, today, BATCH), (one) => [
    found(one, 'stage-overdue', { zh: `办件${one.number}的“${one.stage_zh}”环节应于${one.due_on}前完成。`, en: `“${one.stage_en}” of case ${one.number} was to be done by ${one.due_on}.` }),
  ]);
  const ratings = await sweep(watch, signal, (tx) => store.selectUnrectified(tx, today, BATCH), (one) => [
    found(one, 'bad-rating', { zh: `办件${one.number}的差评应于${one.due_on}前完成整改。`, en: `The bad rating of case ${one.number} was to be put right by ${one.due_on}.` }),
  ]);
  return limits + silent + corrected + stages + ratings;
};

const each = async (watch: Watch, signal: AbortSignal | undefined, select: (tx: Tx, after: string) => Promise<string[]>, act: (caseId: string) => Promise<void>): Promise<void> => {
  for (let after = FIRST; ; ) {
    const ids = await watch.database.as(watch.database.system, (tx) => select(tx, after), { readOnly: true });
    for (const id of ids) {
      if (signal?.aborted) return;
      await act(id).catch((error: unknown) => watch.log.error({ err: error, caseId: id }, 'a case could not be moved on; it is tried again at the next turn'));
    }
    if (ids.length < BATCH) return;
    after = ids.at(-1) ?? after;
  }
};

/** Accepts what the law takes as accepted (行政许可法 §32) and closes what was not corrected in time. One case in trouble holds up no other. */
export const moveOn = async (watch: Watch, signal?: AbortSignal): Promise<void> => {
  const today = dayOf(watch.now());
  await each(watch, signal, (tx, after) => store.selectDeemed(tx, silentBefore(watch, today), after, BATCH), (id) => watch.acts.deemAccepted(id));
  await each(watch, signal, (tx, after) => store.selectLapsed(tx, today, after, BATCH), (id) => watch.acts.correctionLapsed(id));
};
