import type { Database, Tx } from '@zhengwu/database';
import type { Issue } from '@zhengwu/errors';
import type { Mapping } from './checking.ts';
import type { Format } from './rows/open-rows.ts';
import type { Encoding } from './rows/text.ts';

export interface ImportRow {
  id: string;
  register: string;
  department: number | null;
  person_name: string;
  at: Date;
  file: string;
  size: number;
  name: string;
  format: Format;
  encoding: Encoding;
  columns: string[];
  mapping: Mapping | null;
  valid_from: string | null;
  is_trial: boolean;
  state: 'received' | 'queued' | 'running' | 'done' | 'failed';
  problem: { code: string; params: Record<string, string | number> } | null;
  position: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
  worked_ms: number;
  finished_at: Date | null;
}
export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
}
export interface Refusal {
  row: number;
  issues: readonly Issue[];
}
export interface RefusalRow {
  row: number;
  field: string | null;
  code: string;
  params: Record<string, string | number>;
}
type New = Pick<ImportRow, 'register' | 'department' | 'person_name' | 'file' | 'size' | 'name' | 'format' | 'encoding' | 'columns'> & { id: string; person: string | null };
type Row<T> = T & Record<string, unknown>;

const HELD = "interval '30 seconds'";
const first = async <T>(tx: Tx, text: string, values: unknown[]): Promise<T | undefined> => (await tx.query<Row<T>>(text, values)).rows[0];

export const insertImport = async (tx: Tx, one: New): Promise<void> => {
  await tx.query('insert into imports.import (id, register, department, person, person_name, file, size, name, format, encoding, columns) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb)',
    [one.id, one.register, one.department, one.person, one.person_name, one.file, one.size, one.name, one.format, one.encoding, JSON.stringify(one.columns)]);
};
export const importById = (tx: Tx, id: string): Promise<ImportRow | undefined> => first(tx, 'select * from imports.import where id = $1', [id]);
export const listImports = async (tx: Tx, register: string | null, after: string | null, limit: number): Promise<ImportRow[]> =>
  (await tx.query<Row<ImportRow>>('select * from imports.import where ($1::text is null or register = $1) and ($2::uuid is null or id < $2) order by id desc limit $3', [register, after, limit])).rows;
/** Puts a received import, or one that was tried, in the queue; undefined where it runs or is done. */
export const queueImport = (tx: Tx, id: string, mapping: Mapping, validFrom: string, isTrial: boolean): Promise<ImportRow | undefined> =>
  first(tx, `update imports.import set state = 'queued', mapping = $2::jsonb, valid_from = $3, is_trial = $4 where id = $1 and state = 'received' returning *`, [id, JSON.stringify(mapping), validFrom, isTrial]);

/** The same file anew, for the real run after a trial. */
export const copyImport = async (tx: Tx, id: string, from: string): Promise<void> => {
  await tx.query('insert into imports.import (id, register, department, person, person_name, file, size, name, format, encoding, columns) select $1, register, department, person, person_name, file, size, name, format, encoding, columns from imports.import where id = $2', [id, from]);
};

/** Takes the work on an import for a while; undefined where somebody has it, or nothing is left to do. */
export const claim = (tx: Tx, id: string, runner: string): Promise<ImportRow | undefined> =>
  first(tx, `update imports.import set state = 'running', runner = $2, held_until = now() + ${HELD} where id = $1 and state in ('queued', 'running') and (runner is null or held_until < now()) returning *`, [id, runner]);
export const unclaim = async (tx: Tx, id: string, runner: string): Promise<void> => {
  await tx.query('update imports.import set held_until = now(), runner = null where id = $1 and runner = $2', [id, runner]);
};
/** Moves the position on with what was done up to it; false where another runner has taken over, and then nothing may be written. */
export const advance = async (tx: Tx, id: string, runner: string, from: number, counts: Counts, ms: number): Promise<boolean> =>
  (await first(tx, `update imports.import set position = position + $4::bigint + $5::bigint + $6::bigint + $7::bigint, added = added + $4::bigint, changed = changed + $5::bigint, unchanged = unchanged + $6::bigint, refused = refused + $7::bigint,
      worked_ms = worked_ms + $8, held_until = now() + ${HELD} where id = $1 and runner = $2 and position = $3 returning id`,
  [id, runner, from, counts.added, counts.changed, counts.unchanged, counts.refused, Math.round(ms)])) !== undefined;
/** The import is this runner's, and stays so until the transaction ends. */
export const hold = async (tx: Tx, id: string, runner: string, from: number): Promise<boolean> =>
  (await first(tx, 'select id from imports.import where id = $1 and runner = $2 and position = $3 for update', [id, runner, from])) !== undefined;
export const finish = async (tx: Tx, id: string, runner: string, state: 'done' | 'failed', problem: ImportRow['problem'], at: Date): Promise<boolean> =>
  (await first(tx, 'update imports.import set state = $3, problem = $4::jsonb, finished_at = $5, runner = null where id = $1 and runner = $2 returning id', [id, runner, state, problem ? JSON.stringify(problem) : null, at])) !== undefined;

export const insertRefusals = async (tx: Tx, id: string, refusals: readonly Refusal[]): Promise<void> => {
  const rows = refusals.flatMap(({ row, issues }) => issues.map(({ path, code, params, message }, place) => ({ row, place, field: path.split('/')[1] ?? null, code, params: typeof message === 'object' ? message : (params ?? {}) })));
  if (rows.length > 0) await tx.query('insert into imports.refusal (import, row, place, field, code, params) select $1, r.row, r.place, r.field, r.code, r.params from jsonb_to_recordset($2::jsonb) as r(row bigint, place int, field text, code text, params jsonb)', [id, JSON.stringify(rows)]);
};
export const refusals = async (tx: Tx, id: string, after: number, limit: number): Promise<RefusalRow[]> =>
  (await tx.query<Row<RefusalRow>>('select row, field, code, params from imports.refusal where import = $1 and row > $2 order by row, place limit $3', [id, after, limit])).rows;

/** Imports that nobody works on although they are to be done. */
export const orphans = async (database: Database): Promise<string[]> =>
  database.as(database.system, async (tx) => (await tx.query<{ id: string }>(`select id from imports.import where state in ('queued', 'running') and (runner is null or held_until < now()) and at < now() - interval '10 seconds' order by id limit 20`)).rows.map(({ id }) => id), { readOnly: true });

/** Tells whoever follows that an import wrote something: its register may hold the same entity twice now. A trial and one that wrote nothing tell nothing. */
export const tellDone = async (tx: Tx, id: string): Promise<void> => {
  await tx.query(`select events.append('import.done', i.id::text, jsonb_build_object('register', i.register, 'added', i.added, 'changed', i.changed, 'by', i.person_name))
    from imports.import i where i.id = $1 and not i.is_trial and i.added + i.changed > 0`, [id]);
};
