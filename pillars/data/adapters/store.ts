import type { Tx } from '@zhengwu/database';
import type { Flow, Refusal } from './flow.ts';

export interface Place {
  flow: string;
  file: string;
  hash: string;
}

export const putFlow = async (tx: Tx, { code, ...definition }: Flow): Promise<void> => {
  await tx.query('insert into adapters.flow (code, definition) values ($1, $2) on conflict (code) do update set definition = excluded.definition, at = now()', [code, JSON.stringify(definition)]);
};

export const getFlow = async (tx: Tx, code: string): Promise<Flow | undefined> => {
  const { rows } = await tx.query<{ definition: Omit<Flow, 'code'> }>('select definition from adapters.flow where code = $1', [code]);
  return rows[0] && { code, ...rows[0].definition };
};

/** Where the file stands, held until the transaction ends: nobody else deals with it meanwhile. */
export const hold = async (tx: Tx, { flow, file, hash }: Place): Promise<{ position: number; isFinished: boolean }> => {
  await tx.query('insert into adapters.taken (flow, file, hash) values ($1, $2, $3) on conflict do nothing', [flow, file, hash]);
  const { rows } = await tx.query<{ position: string; done: boolean }>('select position, finished_at is not null as done from adapters.taken where flow = $1 and file = $2 and hash = $3 for update', [flow, file, hash]);
  return { position: Number(rows[0]?.position ?? 0), isFinished: rows[0]?.done ?? false };
};

export const advance = async (tx: Tx, { flow, file, hash }: Place, position: number, refusals: readonly Refusal[]): Promise<void> => {
  await tx.query('update adapters.taken set position = $4, refused = refused + $5 where flow = $1 and file = $2 and hash = $3', [flow, file, hash, position, refusals.length]);
  if (refusals.length === 0) return;
  await tx.query('insert into adapters.refusal (flow, file, hash, row, code, field) select $1, $2, $3, r.row, r.code, r.field from jsonb_to_recordset($4::jsonb) as r (row bigint, code text, field text)', [flow, file, hash, JSON.stringify(refusals)]);
};

export const finish = async (tx: Tx, { flow, file, hash }: Place): Promise<void> => {
  await tx.query('update adapters.taken set finished_at = now() where flow = $1 and file = $2 and hash = $3', [flow, file, hash]);
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

export const hasTopic = async (tx: Tx, code: string): Promise<boolean> => ((await tx.query('select from topics.topic where code = $1', [code])).rowCount ?? 0) > 0;
