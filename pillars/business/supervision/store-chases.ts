import type { Tx } from '@zhengwu/database';

export interface ChaseRow {
  id: string;
  case_id: string;
  text: string;
  answer_by: string;
  chased_name: string | null;
  chased_at: Date;
  answer: string | null;
  answered_name: string | null;
  answered_at: Date | null;
}

export const selectChases = async (tx: Tx, caseId: string): Promise<ChaseRow[]> =>
  (await tx.named<ChaseRow>('supervision.chases', 'select * from supervision.chases_of($1)', [caseId])).rows;

export const setAnswer = async (tx: Tx, id: string, text: string, at: Date): Promise<ChaseRow> =>
  (await tx.named<ChaseRow>('supervision.answer-chase', 'select * from supervision.answer_chase($1, $2, $3)', [id, text, at])).rows[0] as ChaseRow;

/** Answers how many were reminded of. */
export const remind = async (tx: Tx, today: string, at: Date, most: number): Promise<number> =>
  (await tx.named<{ n: number }>('supervision.remind', 'select supervision.remind_late($1, $2, $3) as n', [today, at, most])).rows[0]?.n ?? 0;
