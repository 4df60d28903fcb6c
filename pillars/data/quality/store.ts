import type { Tx } from '@zhengwu/database';
import type { QualityRule } from '@zhengwu/pack';

export interface Tally {
  judged: number;
  failing: number;
  /** Keys of the first records that break the rule. */
  samples: string[];
}

export interface RunRow {
  id: string;
  register: string;
  keeper: number | null;
  state: 'running' | 'done';
  position: string;
  rows: number;
  tallies: Record<string, Tally>;
  name: string | null;
  started_at: Date;
  finished_at: Date | null;
}

export interface ScoreRow extends Tally {
  register: string;
  dimension: QualityRule['kind'];
  rule: string;
  weight: number;
  score: number | null;
  measured_at: Date;
}

const runColumns = 'id, register, keeper, state, position, rows::float8 as rows, tallies, name, started_at, finished_at';

/** False when the register is being measured already. */
export const beginRun = async (tx: Tx, run: Pick<RunRow, 'id' | 'register' | 'keeper' | 'name' | 'started_at'>): Promise<boolean> =>
  (await tx.query('insert into quality.run (id, register, keeper, name, started_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [run.id, run.register, run.keeper, run.name, run.started_at])).rowCount === 1;

/** The run, held until the transaction ends. */
export const holdRun = async (tx: Tx, id: string): Promise<RunRow | undefined> =>
  (await tx.query<RunRow>(`select ${runColumns} from quality.run where id = $1 for update`, [id])).rows[0];

export const moveRun = async (tx: Tx, { id, position, rows, tallies }: Pick<RunRow, 'id' | 'position' | 'rows' | 'tallies'>): Promise<void> => {
  await tx.query('update quality.run set position = $2, rows = $3, tallies = $4::jsonb where id = $1', [id, position, rows, JSON.stringify(tallies)]);
};

export const endRun = async (tx: Tx, id: string, at: Date): Promise<void> => {
  await tx.query(`update quality.run set state = 'done', finished_at = $2, tallies = '{}', position = '' where id = $1`, [id, at]);
};

/** A run whose register or rules are gone. */
export const dropRun = async (tx: Tx, id: string): Promise<void> => {
  await tx.query('delete from quality.run where id = $1', [id]);
};

export const runningRuns = async (tx: Tx): Promise<Pick<RunRow, 'id' | 'register'>[]> =>
  (await tx.query<Pick<RunRow, 'id' | 'register'>>(`select id, register from quality.run where state = 'running' order by started_at`)).rows;

/** The newest run of each register, and the newest that has ended. */
export const latestRuns = async (tx: Tx): Promise<RunRow[]> =>
  (await tx.query<RunRow>(`select distinct on (register, state) ${runColumns} from quality.run order by register, state, started_at desc, id desc`)).rows;

export const insertScores = async (tx: Tx, run: RunRow, scores: readonly Omit<ScoreRow, 'register' | 'measured_at'>[], at: Date): Promise<void> => {
  await tx.query(`insert into quality.score (run, register, keeper, dimension, rule, weight, judged, failing, score, samples, measured_at)
    select $1, $2, $3, s.dimension, s.rule, s.weight, s.judged, s.failing, s.score, array(select jsonb_array_elements_text(s.samples)), $5
    from jsonb_to_recordset($4::jsonb) as s(dimension text, rule text, weight float8, judged bigint, failing bigint, score float8, samples jsonb)`,
  [run.id, run.register, run.keeper, JSON.stringify(scores), at]);
};

const scoreColumns = 's.register, s.dimension, s.rule, s.weight, s.judged::float8 as judged, s.failing::float8 as failing, s.score, s.samples, s.measured_at';

/** Scores of the newest measurement of each register. */
export const latestScores = async (tx: Tx, registers: readonly string[]): Promise<ScoreRow[]> =>
  (await tx.query<ScoreRow>(`select ${scoreColumns} from unnest($1::text[]) as asked(register)
    cross join lateral (select r.id from quality.run r where r.register = asked.register and r.state = 'done' order by r.finished_at desc, r.id desc limit 1) newest
    join quality.score s on s.run = newest.id order by s.register, s.dimension, s.rule`, [registers])).rows;

/** Scores of a register by dimension, weighted by its rules, of the newest measurement of each day; oldest first. */
export const trendOf = async (tx: Tx, register: string, days: number): Promise<{ day: string; dimension: QualityRule['kind']; score: number | null }[]> =>
  (await tx.query<{ day: string; dimension: QualityRule['kind']; score: number | null }>(`with newest as (
      select distinct on (1) (r.finished_at at time zone 'Asia/Shanghai')::date as day, r.id from quality.run r where r.register = $1 and r.state = 'done' order by 1 desc, r.finished_at desc, r.id desc limit $2)
    select n.day, s.dimension, sum(s.score * s.weight) / sum(s.weight) filter (where s.score is not null) as score
    from newest n join quality.score s on s.run = n.id group by 1, 2 order by 1, 2`, [register, days])).rows;

export const countOf = async (tx: Tx, departments: readonly number[]): Promise<number> =>
  (await tx.query<{ count: number }>('select count(distinct register)::int as count from quality.run where keeper = any ($1::int[])', [departments])).rows[0]?.count ?? 0;

export const moveDepartment = async (tx: Tx, from: number, to: number): Promise<number> => {
  const runs = await tx.query('update quality.run set keeper = $2 where keeper = $1', [from, to]);
  const scores = await tx.query('update quality.score set keeper = $2 where keeper = $1', [from, to]);
  return runs.rowCount + scores.rowCount;
};
