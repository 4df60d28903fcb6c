import type { Tx } from '@zhengwu/database';
import type { Flow, Refusal } from './flow.ts';
import type { Lying } from './place.ts';

export interface Place {
  flow: string;
  file: string;
  hash: string;
}
export interface Problem {
  code: string;
  params?: Record<string, string | number>;
}
type Row<T> = T & Record<string, unknown>;

/** Where the file stands, held until the transaction ends: nobody else deals with it meanwhile. */
export const hold = async (tx: Tx, { flow, file, hash }: Place): Promise<{ position: number; cursor: unknown; isFinished: boolean; isPaused: boolean }> => {
  await tx.query('insert into adapters.taken (flow, file, hash) values ($1, $2, $3) on conflict do nothing', [flow, file, hash]);
  const { rows } = await tx.query<{ position: number; cursor: unknown; done: boolean; paused: boolean }>(
    `select t.position, t.cursor, t.finished_at is not null as done, f.paused_at is not null as paused from adapters.taken t join adapters.flow f on f.code = t.flow
     where t.flow = $1 and t.file = $2 and t.hash = $3 for update of t`, [flow, file, hash]);
  return { position: rows[0]?.position ?? 0, cursor: rows[0]?.cursor ?? null, isFinished: rows[0]?.done ?? false, isPaused: rows[0]?.paused ?? false };
};

export const advance = async (tx: Tx, { flow, file, hash }: Place, position: number, refusals: readonly Refusal[], cursor?: unknown): Promise<void> => {
  await tx.query('update adapters.taken set position = $4, refused = refused + $5, cursor = coalesce($6::jsonb, cursor) where flow = $1 and file = $2 and hash = $3', [flow, file, hash, position, refusals.length, cursor === undefined ? null : JSON.stringify(cursor)]);
  if (refusals.length === 0) return;
  await tx.query('insert into adapters.refusal (flow, file, hash, row, code, field) select $1, $2, $3, r.row, r.code, r.field from jsonb_to_recordset($4::jsonb) as r (row bigint, code text, field text)', [flow, file, hash, JSON.stringify(refusals)]);
};

/** Where a source without files stands now, when no row lay there. */
export const move = async (tx: Tx, { flow, file, hash }: Place, cursor: unknown): Promise<void> => {
  if (cursor !== undefined) await tx.query('update adapters.taken set cursor = $4::jsonb where flow = $1 and file = $2 and hash = $3', [flow, file, hash, JSON.stringify(cursor)]);
};

/** The file is done with: by its mark it is known without reading it again. */
export const finish = async (tx: Tx, { flow, file, hash }: Place, mark: string, problem: Problem | null = null): Promise<void> => {
  await tx.query(
    `insert into adapters.taken (flow, file, hash, mark, problem, finished_at) values ($1, $2, $3, $4, $5::jsonb, now())
     on conflict (flow, file, hash) do update set mark = excluded.mark, problem = coalesce(adapters.taken.problem, excluded.problem), finished_at = coalesce(adapters.taken.finished_at, now())`,
    [flow, file, hash, mark, problem && JSON.stringify(problem)]);
};

/** Those of the files that are still to do. */
export const undone = async (tx: Tx, flow: string, lying: readonly Lying[]): Promise<Lying[]> => {
  const { rows } = await tx.query<{ file: string; mark: string }>(
    'select t.file, t.mark from adapters.taken t join unnest($2::text[], $3::text[]) as l (file, mark) using (file, mark) where t.flow = $1 and t.finished_at is not null', [flow, lying.map(({ file }) => file), lying.map(({ mark }) => mark)]);
  const done = new Set(rows.map(({ file, mark }) => `${file}\0${mark}`));
  return lying.filter(({ file, mark }) => !done.has(`${file}\0${mark}`));
};

/** Does the work, or takes it back and hands over what it threw. */
export const attempt = async (tx: Tx, work: () => Promise<void>): Promise<unknown> => {
  await tx.query('savepoint attempt');
  try {
    await work();
    await tx.query('release savepoint attempt');
    return undefined;
  } catch (error) {
    await tx.query('rollback to savepoint attempt');
    return error;
  }
};

export const getFlow = async (tx: Tx, code: string): Promise<Flow | undefined> => {
  const { rows } = await tx.query<{ definition: Omit<Flow, 'code'> }>('select definition from adapters.flow where code = $1', [code]);
  return rows[0] && { code, ...rows[0].definition };
};

export const topics = async (tx: Tx): Promise<{ code: string; nameZh: string; nameEn: string; isPersonal: boolean }[]> =>
  (await tx.query<Row<{ code: string; nameZh: string; nameEn: string; isPersonal: boolean }>>('select code, name_zh as "nameZh", name_en as "nameEn", is_personal as "isPersonal" from topics.topic order by code limit 1000')).rows;


/** Counts messages that a topic handed over, and those of them that were refused: these are the topic's to keep. */
export const count = async (tx: Tx, { flow, file, hash }: Place, rows: number, refused: number): Promise<void> => void (await tx.query(
  `insert into adapters.taken (flow, file, hash, position, refused) values ($1, $2, $3, $4, $5)
   on conflict (flow, file, hash) do update set position = adapters.taken.position + excluded.position, refused = adapters.taken.refused + excluded.refused`, [flow, file, hash, rows, refused]));
