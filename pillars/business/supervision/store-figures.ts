import type { After, Taken } from '@zhengwu/services';
import type { Database, Tx } from '@zhengwu/database';

/** What happened on one day in one department with one service. */
export interface DayFigure {
  day: string;
  department: number;
  service: string;
  received: number;
  closed: number;
  on_time: number;
  late: number;
  working_days: number;
  clerk_seconds: number;
  applicant_seconds: number;
  rated: number;
  satisfied: number;
}

export interface OpenFigure {
  department: number;
  service: string;
  open: number;
  overdue: number;
}

export interface CardFigure {
  department: number;
  yellow: number;
  red: number;
}

export const selectDays = async (tx: Tx, from: string, to: string): Promise<DayFigure[]> =>
  (await tx.named<DayFigure>('supervision.figures', 'select *, working_days::float8 as working_days from supervision.figures($1, $2)', [from, to])).rows;

export const selectOpen = async (tx: Tx, today: string): Promise<OpenFigure[]> => (await tx.named<OpenFigure>('supervision.open', 'select * from cases.open_now($1)', [today])).rows;

export const selectCardCounts = async (tx: Tx, from: Date, to: Date): Promise<CardFigure[]> =>
  (await tx.named<CardFigure>('supervision.card-counts', `select department, count(*) filter (where kind = 'yellow') as yellow, count(*) filter (where kind = 'red') as red
    from supervision.card where issued_at >= $1 and issued_at < $2 group by department`, [from, to])).rows;

export const selectNames = async (tx: Tx, services: readonly string[]): Promise<{ service: string; service_zh: string; service_en: string }[]> =>
  (await tx.named<{ service: string; service_zh: string; service_en: string }>('supervision.names', 'select * from cases.service_names($1::text[])', [services])).rows;

export const countUntil = async (tx: Tx, day: string): Promise<void> => void (await tx.named('supervision.count', 'select supervision.count_until($1)', [day]));

/** Forgets the counted days, so that they are counted again: after history was imported. */
export const recount = (database: Database): Promise<void> =>
  database.as(database.system, async (tx) => {
    await tx.query('delete from supervision.day_figure');
    await tx.query('delete from supervision.counted');
  });

interface Measured extends After {
  service: string;
  taken: Taken;
}

export const selectMeasured = async (tx: Tx): Promise<Map<string, { after: After; taken: Taken }>> => {
  const { rows } = await tx.named<Measured>('supervision.measured', `select service, cases, round(steps, 1)::float8 as steps, round(papers, 1)::float8 as papers, round(visits, 1)::float8 as visits,
    round(hands, 1)::float8 as hands, round(days, 1)::float8 as days, round(clerk_minutes, 1)::float8 as "clerkMinutes", round(applicant_minutes, 1)::float8 as "applicantMinutes",
    jsonb_build_object('spared', all_spared, 'papers', all_papers, 'visits', all_visits, 'days', all_days) as taken from cases.measured()`);
  return new Map(rows.map(({ service, taken, ...after }) => [service, { after, taken }]));
};

export const selectOpenCases = async (tx: Tx): Promise<Map<string, number>> =>
  new Map((await tx.named<{ service: string; cases: number }>('supervision.open-cases', 'select * from cases.open_by_service()')).rows.map(({ service, cases }) => [service, cases]));

export interface BadRating {
  case_id: string;
  number: string;
  service_zh: string;
  service_en: string;
  level: number;
  comment: string | null;
  rated_at: Date;
  due_on: string;
  rectified: string | null;
}

export const selectBadRatings = async (tx: Tx, at: string, id: string, most: number): Promise<BadRating[]> =>
  (await tx.named<BadRating>('supervision.bad-ratings', 'select * from cases.bad_ratings($1, $2, $3)', [at, id, most])).rows;

export const setRectified = async (tx: Tx, caseId: string, text: string, at: Date): Promise<'done' | 'already' | null> =>
  (await tx.named<{ done: 'done' | 'already' | null }>('supervision.rectify', 'select cases.rectify($1, $2, $3) as done', [caseId, text, at])).rows[0]?.done ?? null;
