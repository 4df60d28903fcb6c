import type { Tx } from '@zhengwu/database';
import type { Flow, Outcome } from './flow.ts';
import type { Problem } from './store.ts';

type Row<T> = T & Record<string, unknown>;
export interface FlowRow {
  code: string;
  definition: Omit<Flow, 'code'>;
  version: number;
  next_at: Date | null;
  failures: number;
  paused_at: Date | null;
  paused_by: string | null;
  paused_why: string | null;
  rows: string;
  refused: string;
}
export interface RunRow {
  id: string;
  flow: string;
  asked_by: string | null;
  state: 'running' | 'done' | 'failed' | 'paused' | 'cut';
  files: number;
  rows: number;
  refused: number;
  problem: Problem | null;
  begun_at: Date;
  finished_at: Date | null;
}
export interface PlaceRow {
  file: string;
  position: number;
  refused: number;
  begun_at: Date;
  finished_at: Date | null;
  problem: Problem | null;
}
export interface RefusalRow {
  id: number;
  file: string;
  row: number;
  code: string;
  field: string | null;
}

const counted = `select f.*, coalesce(t.rows, 0) as rows, coalesce(t.refused, 0) as refused from adapters.flow f
  left join lateral (select sum(position) as rows, sum(refused) as refused from adapters.taken where flow = f.code) t on true`;

export const flows = async (tx: Tx): Promise<FlowRow[]> => (await tx.query<Row<FlowRow>>(`${counted} order by f.code limit 500`)).rows;
export const flow = async (tx: Tx, code: string): Promise<FlowRow | undefined> => (await tx.query<Row<FlowRow>>(`${counted} where f.code = $1`, [code])).rows[0];

/** Keeps the declaration; answers which version it is. */
export const putFlow = async (tx: Tx, { code, ...definition }: Flow, next: Date | null): Promise<number> => {
  const { rows } = await tx.query<{ version: number }>(
    `insert into adapters.flow (code, definition, next_at) values ($1, $2::jsonb, $3)
     on conflict (code) do update set definition = excluded.definition, next_at = excluded.next_at, failures = 0, version = adapters.flow.version + 1, at = now() returning version`, [code, JSON.stringify(definition), next]);
  return rows[0]?.version ?? 1;
};
/** The version that is kept, held until the transaction ends; 0 where there is none. */
export const holdVersion = async (tx: Tx, code: string): Promise<number> => (await tx.query<{ version: number }>('select version from adapters.flow where code = $1 for update', [code])).rows[0]?.version ?? 0;

/** Holds a flow or lets it go on; false where there is none, or it is so already. */
export const pause = async (tx: Tx, code: string, by: string, why: string): Promise<boolean> =>
  (await tx.query('update adapters.flow set paused_at = now(), paused_by = $2, paused_why = $3 where code = $1 and paused_at is null', [code, by, why])).rowCount > 0;
export const resume = async (tx: Tx, code: string, next: Date | null): Promise<boolean> =>
  (await tx.query('update adapters.flow set paused_at = null, paused_by = null, paused_why = null, failures = 0, next_at = $2 where code = $1 and paused_at is not null', [code, next])).rowCount > 0;

/** Flows whose time has come, each put off to `later` so that it is handed out once. */
export const claimDue = async (tx: Tx, now: Date, later: Date): Promise<string[]> => (await tx.query<{ code: string }>(
  `update adapters.flow set next_at = $2 where code in (select code from adapters.flow where next_at <= $1 and paused_at is null order by next_at limit 50 for update skip locked) returning code`, [now, later])).rows.map(({ code }) => code);
export const settle = async (tx: Tx, code: string, next: Date | null, failures: number): Promise<void> => void (await tx.query('update adapters.flow set next_at = $2, failures = $3 where code = $1', [code, next, failures]));

/** Begins a turn; one that is still called running was cut off, for turns of a flow come one after another. */
export const beginRun = async (tx: Tx, id: string, code: string, by: string | null): Promise<void> => {
  await tx.query(`update adapters.run set state = 'cut', finished_at = now() where flow = $1 and state = 'running'`, [code]);
  await tx.query('insert into adapters.run (id, flow, asked_by) values ($1, $2, $3)', [id, code, by]);
};
export const noteRun = async (tx: Tx, id: string, { files, rows, refused }: Outcome): Promise<void> => void (await tx.query('update adapters.run set files = $2, rows = $3, refused = $4 where id = $1', [id, files, rows, refused]));
export const endRun = async (tx: Tx, id: string, state: RunRow['state'], problem: Problem | null): Promise<void> => void (await tx.query(`update adapters.run set state = $2, problem = $3::jsonb, finished_at = now() where id = $1 and state = 'running'`, [id, state, problem && JSON.stringify(problem)]));
/** A turn whose time had come and that found nothing leaves no trace. */
export const forgetRun = async (tx: Tx, id: string): Promise<void> => void (await tx.query('delete from adapters.run where id = $1', [id]));
export const forgetOldRuns = async (tx: Tx, days: number): Promise<void> => void (await tx.query(`delete from adapters.run where finished_at < now() - make_interval(days => $1)`, [days]));

export const forgetOldRefusals = async (tx: Tx, days: number): Promise<void> => void (await tx.query('delete from adapters.refusal where at < now() - make_interval(days => $1)', [days]));

export const lastRuns = async (tx: Tx): Promise<Map<string, RunRow>> => new Map((await tx.query<Row<RunRow>>('select r.* from adapters.flow f cross join lateral (select * from adapters.run where flow = f.code order by id desc limit 1) r')).rows.map((row) => [row.flow, row]));
export const runs = async (tx: Tx, code: string, most: number): Promise<RunRow[]> => (await tx.query<Row<RunRow>>('select * from adapters.run where flow = $1 order by id desc limit $2', [code, most])).rows;
export const places = async (tx: Tx, code: string, most: number): Promise<PlaceRow[]> => (await tx.query<Row<PlaceRow>>('select file, position, refused, begun_at, finished_at, problem from adapters.taken where flow = $1 order by begun_at desc, file limit $2', [code, most])).rows;
export const refusals = async (tx: Tx, code: string, before: string | null, most: number): Promise<RefusalRow[]> => (await tx.query<Row<RefusalRow>>('select id, file, row, code, field from adapters.refusal where flow = $1 and ($2::bigint is null or id < $2::bigint) order by id desc limit $3', [code, before, most])).rows;
