import type { CentreFigures, Consolidation, OldField, OldRow } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Static } from 'typebox';
import type { OldInventory } from './source.ts';

export type Figures = Static<typeof CentreFigures>;
export type State = Consolidation['state'];
export type Outcome = Static<typeof OldRow>['outcome'];
export type Detail = Static<typeof OldRow>['detail'];

export interface CentreRow {
  id: string;
  code: string;
  name: OldInventory['name'];
  figures: Figures;
  tables: OldInventory['tables'];
  state: State;
  taken_at: Date;
  migrated_at: Date | null;
  switched_at: Date | null;
  rolled_back_at: Date | null;
}
export interface MappingRow {
  table_name: string;
  register: string;
  key_column: string;
  fields: OldField[];
}
export interface RowRow {
  table_name: string;
  row_no: number;
  key: string;
  outcome: Outcome;
  detail: Detail;
  written: boolean;
}

export const insert = async (tx: Tx, row: Pick<CentreRow, 'id' | 'code' | 'name' | 'figures' | 'tables' | 'taken_at'>): Promise<boolean> =>
  (await tx.query(
    `insert into consolidation.centre (id, code, name, figures, tables, taken_at) values ($1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6) on conflict do nothing`,
    [row.id, row.code, JSON.stringify(row.name), JSON.stringify(row.figures), JSON.stringify(row.tables), row.taken_at],
  )).rowCount > 0;

export const list = async (tx: Tx): Promise<CentreRow[]> => (await tx.query<CentreRow & Record<string, unknown>>('select * from consolidation.centre order by taken_at desc limit 100')).rows;
export const find = async (tx: Tx, id: string): Promise<CentreRow | undefined> => (await tx.query<CentreRow & Record<string, unknown>>('select * from consolidation.centre where id = $1', [id])).rows[0];
export const mappings = async (tx: Tx, id: string): Promise<MappingRow[]> =>
  (await tx.query<MappingRow & Record<string, unknown>>('select table_name, register, key_column, fields from consolidation.mapping where centre = $1 order by table_name', [id])).rows;

/** The state, held until the transaction ends: nobody moves the centre on meanwhile. */
export const holdState = async (tx: Tx, id: string): Promise<State | undefined> => (await tx.query<{ state: State }>('select state from consolidation.centre where id = $1 for update', [id])).rows[0]?.state;

/** Moves a centre on, from one of these states only. */
export const move = async (tx: Tx, id: string, from: readonly State[], to: State, stamp?: 'migrated_at' | 'switched_at' | 'rolled_back_at'): Promise<boolean> =>
  (await tx.query(`update consolidation.centre set state = $3${stamp ? `, ${stamp} = now()` : ''} where id = $1 and state = any ($2)`, [id, from, to])).rowCount > 0;

export const keepMapping = async (tx: Tx, id: string, row: MappingRow, by: string): Promise<void> => void (await tx.query(
  `insert into consolidation.mapping (centre, table_name, register, key_column, fields, confirmed_by, confirmed_at) values ($1, $2, $3, $4, $5::jsonb, $6, now())
   on conflict (centre, table_name) do update set register = excluded.register, key_column = excluded.key_column, fields = excluded.fields, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at`,
  [id, row.table_name, row.register, row.key_column, JSON.stringify(row.fields), by],
));

/** Forgets an earlier comparison; what was written into registers is never forgotten. */
export const forgetRows = async (tx: Tx, id: string): Promise<void> => void (await tx.query('delete from consolidation.row where centre = $1 and not exists (select from consolidation.row w where w.centre = $1 and w.written)', [id]));

export const keepRows = async (tx: Tx, id: string, rows: readonly Omit<RowRow, 'written'>[]): Promise<void> => void (await tx.query(
  `insert into consolidation.row (centre, table_name, row_no, key, outcome, detail)
   select $1, r.table_name, r.row_no, r.key, r.outcome, r.detail from jsonb_to_recordset($2::jsonb) r(table_name text, row_no int, key text, outcome text, detail jsonb) on conflict do nothing`,
  [id, JSON.stringify(rows)],
));

/** The last row of a table that was compared; 0 before the first. */
export const lastCompared = async (tx: Tx, id: string, table: string): Promise<number> =>
  (await tx.query<{ last: number }>('select coalesce(max(row_no), 0) as last from consolidation.row where centre = $1 and table_name = $2', [id, table])).rows[0]?.last ?? 0;

/** Which of these keys earlier rows of the table had. */
export const keysBefore = async (tx: Tx, id: string, table: string, keys: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.query<{ key: string }>(`select distinct key from consolidation.row where centre = $1 and table_name = $2 and key = any ($3) and outcome <> 'refused'`, [id, table, keys])).rows.map(({ key }) => key));

export const unwritten = async (tx: Tx, id: string, table: string, most: number): Promise<RowRow[]> =>
  (await tx.query<RowRow & Record<string, unknown>>(`select * from consolidation.row where centre = $1 and table_name = $2 and outcome = 'added' and not written order by row_no limit $3 for update`, [id, table, most])).rows;

export const markWritten = async (tx: Tx, id: string, table: string, rows: readonly number[]): Promise<void> =>
  void (await tx.query('update consolidation.row set written = true where centre = $1 and table_name = $2 and row_no = any ($3)', [id, table, rows]));

export const written = async (tx: Tx, id: string, most: number): Promise<RowRow[]> =>
  (await tx.query<RowRow & Record<string, unknown>>('select * from consolidation.row where centre = $1 and written order by table_name, row_no limit $2 for update', [id, most])).rows;

/** What became of rows after all, when they were to be written or taken back. */
export const settle = async (tx: Tx, id: string, table: string, rows: readonly Pick<RowRow, 'row_no' | 'outcome' | 'detail'>[]): Promise<void> => void (await tx.query(
  `update consolidation.row r set written = false, outcome = s.outcome, detail = s.detail from jsonb_to_recordset($3::jsonb) s(row_no int, outcome text, detail jsonb)
   where r.centre = $1 and r.table_name = $2 and r.row_no = s.row_no`, [id, table, JSON.stringify(rows)],
));

export type Counts = Record<Outcome | 'written', number>;
export const counts = async (tx: Tx, id: string): Promise<Map<string, Counts>> => {
  const { rows } = await tx.query<Counts & { table_name: string }>(
    `select table_name, count(*) filter (where outcome = 'added')::int as added, count(*) filter (where outcome = 'same')::int as same, count(*) filter (where outcome = 'differs')::int as differs,
       count(*) filter (where outcome = 'refused')::int as refused, count(*) filter (where written)::int as written from consolidation.row where centre = $1 group by 1`, [id]);
  return new Map(rows.map(({ table_name: table, ...found }) => [table, found]));
};

export const page = async (tx: Tx, id: string, { table, outcome, after }: { table: string | null; outcome: string | null; after: number }, most: number): Promise<RowRow[]> =>
  (await tx.query<RowRow & Record<string, unknown>>(
    `select * from consolidation.row where centre = $1 and ($2::text is null or table_name = $2) and ($3::text is null or outcome = $3) order by table_name, row_no offset $4 limit $5`, [id, table, outcome, after, most])).rows;
