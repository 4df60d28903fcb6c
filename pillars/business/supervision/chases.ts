import type { Actor, ResponseOf, answerChase } from '@zhengwu/contracts';
import type { Audit } from '@zhengwu/audit';
import { dayOf, type Clock } from '@zhengwu/clock';
import type { Database } from '@zhengwu/database';
import * as store from './store-chases.ts';

type Chase = ResponseOf<typeof answerChase>;

/** What chases stand on. */
export interface ChaseOffice {
  database: Database;
  clock: Clock;
  audit: Audit;
}

const chaseOf = (row: store.ChaseRow, today: string): Chase => ({
  id: row.id, text: row.text, answerBy: row.answer_by, by: row.chased_name ?? '—', at: row.chased_at.toISOString(), late: !row.answered_at && row.answer_by < today,
  answer: row.answered_at ? { text: row.answer ?? '', by: row.answered_name ?? '—', at: row.answered_at.toISOString() } : null,
});

/** Chases 督办 of a case that the reader sees, with their answers. Throws `chase.case-unknown`. */
export const chasesOf = ({ database, clock }: ChaseOffice, actor: Actor, caseId: string): Promise<{ items: Chase[] }> =>
  database.as(actor, async (tx) => ({ items: (await store.selectChases(tx, caseId)).map((row) => chaseOf(row, dayOf(clock.now()))) }), { readOnly: true });

/** Answers a chase, once; whoever chased is told. Throws `chase.unknown`, `chase.not-yours`, `chase.answered`. */
export const answerOneChase = ({ database, clock, audit }: ChaseOffice, actor: Actor, id: string, text: string): Promise<Chase> =>
  database.as(actor, async (tx) => {
    const row = await store.setAnswer(tx, id, text, clock.now());
    await audit.record(tx, { event: 'supervision.chaseAnswered', subject: row.case_id, detail: { chase: id } });
    return chaseOf(row, dayOf(clock.now()));
  });

const BATCH = 200;

/** Reminds of answers whose day has passed, each once. */
export const remindLate = async ({ database, clock }: Pick<ChaseOffice, 'database' | 'clock'>, signal: AbortSignal): Promise<void> => {
  const now = clock.now();
  while (!signal.aborted && (await database.as(database.system, (tx) => store.remind(tx, dayOf(now), now, BATCH))) === BATCH);
};
