import type { Health, Point, ReadingRow, Text, Unit } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { KEPT_DAYS, MOST_SERIES, STEPS, type Sample, type Step } from './series.ts';

/** The last word on a series. */
export interface Said {
  series: string;
  kind: ReadingRow['kind'];
  group: string;
  name: Text;
  state: Health;
  value: number | null;
  unit: Unit | null;
  note: Text;
  remedy: Text | null;
}

/** Adds measurements to their minute. */
export const addSamples = async (tx: Tx, at: Date, samples: readonly Sample[]): Promise<void> => {
  if (samples.length === 0) return;
  await tx.query(`insert into monitoring.sample (series, step, at, n, ok, low, high, total, figures)
    select series, 60, date_trunc('minute', $1::timestamptz), count(*), count(*) filter (where ok), min(value), max(value), coalesce(sum(value), 0), count(value)
    from jsonb_to_recordset($2::jsonb) s(series text, ok boolean, value double precision)
    where exists (select from monitoring.reading r where r.series = s.series) or (select count(*) from monitoring.reading) < ${MOST_SERIES}
    group by series
    on conflict (series, step, at) do update set n = monitoring.sample.n + excluded.n, ok = monitoring.sample.ok + excluded.ok, low = least(monitoring.sample.low, excluded.low),
      high = greatest(monitoring.sample.high, excluded.high), total = monitoring.sample.total + excluded.total, figures = monitoring.sample.figures + excluded.figures`, [at, JSON.stringify(samples)]);
};

/** Says how each series stands; `since` moves only when the state changes. */
export const sayReadings = async (tx: Tx, at: Date, readings: readonly Said[]): Promise<void> => {
  await tx.query(`insert into monitoring.reading as r (series, kind, "group", name, state, since, at, value, unit, note, remedy)
    select series, kind, "group", name, state, $1, $1, value, unit, note, nullif(remedy, 'null') from jsonb_to_recordset($2::jsonb)
      s(series text, kind text, "group" text, name jsonb, state text, value double precision, unit text, note jsonb, remedy jsonb)
    where exists (select from monitoring.reading o where o.series = s.series) or (select count(*) from monitoring.reading) < ${MOST_SERIES}
    on conflict (series) do update set kind = excluded.kind, "group" = excluded."group", name = excluded.name, at = excluded.at, value = excluded.value, unit = excluded.unit, note = excluded.note,
      remedy = excluded.remedy, state = excluded.state, since = case when r.state = excluded.state then r.since else excluded.since end`, [at, JSON.stringify(readings)]);
};

export const forgetSeries = async (tx: Tx, beginning: string): Promise<void> => {
  await tx.query('delete from monitoring.reading where starts_with(series, $1)', [beginning]);
};

type Raw<T> = T & Record<string, unknown>;
const pointOf = ({ at, n, ok, low, high, mean }: { at: Date; n: number; ok: number; low: number | null; high: number | null; mean: number | null }): Point => ({ at: at.toISOString(), n, ok, low, high, mean });
const POINT = 'at, n, ok, low, high, case when figures > 0 then total / figures end as mean';

/** Every reading, the worst first, each with its last hour by minutes. */
export const readings = async (tx: Tx): Promise<ReadingRow[]> => {
  type Row = Raw<Omit<ReadingRow, 'since' | 'at' | 'recent'> & { since: Date; at: Date }>;
  const { rows } = await tx.query<Row>(`select * from monitoring.reading order by array_position(array['bad', 'warning', 'unknown', 'good'], state), "group", series limit 500`);
  const points = await tx.query<Raw<{ series: string; at: Date; n: number; ok: number; low: number | null; high: number | null; mean: number | null }>>(
    `select series, ${POINT} from monitoring.sample where step = 60 and at > now() - interval '1 hour' and series = any ($1::text[]) order by series, at`, [rows.map(({ series }) => series)]);
  const recent = Map.groupBy(points.rows, ({ series }) => series);
  return rows.map((row) => ({ ...row, since: row.since.toISOString(), at: row.at.toISOString(), recent: (recent.get(row.series) ?? []).map(pointOf) }));
};

/** The last 200 points of a series in a step, oldest first. */
export const history = async (tx: Tx, series: string, step: Step): Promise<Point[]> => {
  const { rows } = await tx.query<Raw<{ at: Date; n: number; ok: number; low: number | null; high: number | null; mean: number | null }>>(
    `select * from (select ${POINT} from monitoring.sample where series = $1 and step = $2 order by at desc limit 200) newest order by at`, [series, STEPS[step]]);
  return rows.map(pointOf);
};

/** Share of good measurements of each series over the last hour, day and thirty days. */
export const shares = async (tx: Tx, beginning: string): Promise<Map<string, { hour: number | null; day: number | null; month: number | null }>> => {
  const { rows } = await tx.query<{ series: string; hour: number | null; day: number | null; month: number | null }>(`select series,
      sum(ok) filter (where step = 60 and at > now() - interval '1 hour')::float8 / nullif(sum(n) filter (where step = 60 and at > now() - interval '1 hour'), 0) as hour,
      sum(ok) filter (where step = 60 and at > now() - interval '1 day')::float8 / nullif(sum(n) filter (where step = 60 and at > now() - interval '1 day'), 0) as day,
      (coalesce(sum(ok) filter (where step = 3600), 0) + coalesce(sum(ok) filter (where step = 60 and at >= date_trunc('hour', now())), 0))::float8
        / nullif(coalesce(sum(n) filter (where step = 3600), 0) + coalesce(sum(n) filter (where step = 60 and at >= date_trunc('hour', now())), 0), 0) as month
    from monitoring.sample where starts_with(series, $1) and step in (60, 3600) and at > now() - interval '30 days' group by series limit 1000`, [beginning]);
  return new Map(rows.map(({ series, ...share }) => [series, share]));
};

const ROLL = `insert into monitoring.sample (series, step, at, n, ok, low, high, total, figures)
  select series, $2::int, to_timestamp(floor(extract(epoch from at) / $2) * $2), sum(n), sum(ok), min(low), max(high), sum(total), sum(figures)
  from monitoring.sample where step = $1 and at >= to_timestamp(floor(extract(epoch from $3::timestamptz) / $2) * $2 - 2 * $2) group by series, 3
  on conflict (series, step, at) do update set n = excluded.n, ok = excluded.ok, low = excluded.low, high = excluded.high, total = excluded.total, figures = excluded.figures`;

/** Works out the hours and days of late anew from what is finer, then forgets what is older than its step is kept. Bears being repeated. */
export const rollUp = async (tx: Tx, now: Date): Promise<void> => {
  await tx.query(ROLL, [STEPS.minute, STEPS.hour, now]);
  await tx.query(ROLL, [STEPS.hour, STEPS.day, now]);
  for (const step of ['minute', 'hour', 'day'] as const) {
    await tx.query(`delete from monitoring.sample where step = $1 and at < $2::timestamptz - make_interval(days => $3)`, [STEPS[step], now, KEPT_DAYS[step]]);
  }
  // What nobody speaks of any more for a week is no longer shown.
  await tx.query(`delete from monitoring.reading where at < $1::timestamptz - interval '7 days'`, [now]);
};
