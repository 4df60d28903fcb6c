import type { Tx } from '@zhengwu/database';
import type { TimerSpec } from './engine/model.ts';

/** A start event in force. */
export interface StartRow {
  process: string;
  element: string;
  definition: string;
  kind: 'timer' | 'message' | 'signal' | 'conditional';
  name: string | null;
  spec: { timer?: TimerSpec; condition?: string };
  due: string | null;
  fired: number;
  held: boolean;
}

const COLUMNS = 'process, element, definition, kind, name, spec, due::text, fired, held';

/** Puts these starts in force and ends all others. One whose text is the same goes on: its next time and count stay. */
export const replaceStarts = async (tx: Tx, rows: readonly Omit<StartRow, 'fired' | 'held'>[]): Promise<void> => {
  const wanted = JSON.stringify(rows);
  await tx.query(
    'delete from processes.start s where not exists (select 1 from jsonb_to_recordset($1::jsonb) w(process text, element text) where w.process = s.process and w.element = s.element)', [wanted]);
  await tx.query(
    `insert into processes.start as s (process, element, definition, kind, name, spec, due)
       select w.process, w.element, w.definition, w.kind, w.name, w.spec, w.due
       from jsonb_to_recordset($1::jsonb) w(process text, element text, definition text, kind text, name text, spec jsonb, due timestamptz)
     on conflict (process, element) do update set definition = excluded.definition, kind = excluded.kind, name = excluded.name, spec = excluded.spec,
       due = case when s.kind = excluded.kind and s.spec = excluded.spec then s.due else excluded.due end,
       fired = case when s.kind = excluded.kind and s.spec = excluded.spec then s.fired else 0 end,
       held = s.held and s.spec = excluded.spec, rests_until = null, attempts = 0`, [wanted]);
};

/** The start that has been due longest, held by this transaction; others pass it over. */
export const takeDueStart = async (tx: Tx, now: Date): Promise<StartRow | undefined> =>
  (await tx.named<StartRow>('processes.take-start',
    `select ${COLUMNS} from processes.start where due <= $1 and (rests_until is null or rests_until <= $1) order by due limit 1 for update skip locked`, [now.toISOString()])).rows[0];

export const updateStart = async (tx: Tx, { process, element, due, fired, held }: StartRow): Promise<void> => {
  await tx.query('update processes.start set due = $3, fired = $4, held = $5, rests_until = null, attempts = 0 where process = $1 and element = $2', [process, element, due, fired, held]);
};

/** A start that failed rests, longer each time, an hour at most. */
export const restStart = async (tx: Tx, { process, element }: StartRow, now: Date): Promise<void> => {
  await tx.query(
    `update processes.start set attempts = attempts + 1, rests_until = $3::timestamptz + make_interval(secs => least(3600, power(2, least(attempts + 1, 12))::int))
     where process = $1 and element = $2`, [process, element, now.toISOString()]);
};

export const selectStarts = async (tx: Tx, kind: 'message' | 'signal', name: string): Promise<StartRow[]> =>
  (await tx.query<StartRow>(`select ${COLUMNS} from processes.start where kind = $1 and name = $2 order by process, element for share`, [kind, name])).rows;

/** False when this cause has begun an instance before. */
export const insertBegun = async (tx: Tx, { process, element }: StartRow, cause: string, instance: string): Promise<boolean> =>
  (await tx.query('insert into processes.begun (process, element, cause, instance) values ($1, $2, $3, $4) on conflict do nothing', [process, element, cause, instance])).rowCount === 1;

/** True for an instance that began by itself, so that no case owns it. */
export const hasBegun = async (tx: Tx, instance: string): Promise<boolean> =>
  (await tx.named('processes.begun', 'select 1 from processes.begun where instance = $1', [instance])).rowCount === 1;
