import type { Tx } from '@zhengwu/database';

export interface ChallengeRow {
  id: string;
  register: string;
  key: string;
  field: string;
  on_day: string;
  found: unknown;
  proposed: unknown;
  reason: string;
  name: string;
  department: number | null;
  keeper: number | null;
  due_day: string;
  raised_at: Date;
  state: 'open' | 'accepted' | 'refused' | 'withdrawn';
  answer: string | null;
  answered_by: string | null;
  answered_at: Date | null;
}

const MOST = 500;
const columns = 'id, register, key, field, on_day, found, proposed, reason, name, department, keeper, due_day, raised_at, state, answer, answered_by, answered_at';

/** Null when the same person's challenge of the field is still open. */
export const insert = async (tx: Tx, one: Pick<ChallengeRow, 'register' | 'key' | 'field' | 'on_day' | 'found' | 'proposed' | 'reason' | 'name' | 'department' | 'keeper'> & { person: string; days: number; today: string }): Promise<{ id: string; due_day: string } | null> =>
  (await tx.query<{ id: string; due_day: string }>(`insert into registers.challenge (register, key, field, on_day, found, proposed, reason, person, name, department, keeper, due_day)
    values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8, $9, $10, $11, kernel.add_working_days($12::date, $13)) on conflict do nothing returning id, due_day`,
  [one.register, one.key, one.field, one.on_day, JSON.stringify(one.found ?? null), JSON.stringify(one.proposed), one.reason, one.person, one.name, one.department, one.keeper, one.today, one.days])).rows[0] ?? null;

export const mine = async (tx: Tx, person: string): Promise<ChallengeRow[]> =>
  (await tx.query<ChallengeRow>(`select ${columns} from registers.challenge where person = $1 order by raised_at desc limit ${MOST}`, [person])).rows;

/** What the actor's departments keep: `mine` of the table's policies lets one's own in, so the keeper is asked for here as well. */
export const toAnswer = async (tx: Tx, isOpen: boolean): Promise<ChallengeRow[]> =>
  (await tx.query<ChallengeRow>(`select ${columns} from registers.challenge where ((select kernel.reaches_all()) or keeper = any ((select kernel.reach())::int[])) and ($1 = false or state = 'open')
    order by state = 'open' desc, due_day, raised_at desc limit ${MOST}`, [isOpen])).rows;

export const oneToAnswer = async (tx: Tx, id: string): Promise<ChallengeRow | null> =>
  (await tx.query<ChallengeRow>(`select ${columns} from registers.challenge where id = $1 and state = 'open' and ((select kernel.reaches_all()) or keeper = any ((select kernel.reach())::int[]))`, [id])).rows[0] ?? null;

/** False when somebody answered or withdrew it meanwhile. */
export const answer = async (tx: Tx, id: string, state: 'accepted' | 'refused', text: string, by: string): Promise<boolean> =>
  (await tx.query(`update registers.challenge set state = $2, answer = $3, answered_by = $4, answered_at = now() where id = $1 and state = 'open'`, [id, state, text, by])).rowCount === 1;

export const withdraw = async (tx: Tx, id: string, person: string): Promise<boolean> =>
  (await tx.query(`update registers.challenge set state = 'withdrawn' where id = $1 and person = $2 and state = 'open'`, [id, person])).rowCount === 1;
