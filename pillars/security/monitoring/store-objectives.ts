import type { Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { NOTHING, type Counted, type Objective } from './objectives.ts';

export const objectives = async (tx: Tx): Promise<Objective[]> =>
  (await tx.query<{ id: string; name: Text; group: string; kind: Objective['kind']; target: number; withinMs: Objective['withinMs']; days: number }>('select id, name, "group", kind, target, within_ms as "withinMs", days from monitoring.objective order by id limit 100')).rows;

const COLUMNS = 'total, failed, within_100, within_500, within_1000, within_2500';

export const addRequests = async (tx: Tx, at: Date, figures: ReadonlyMap<string, Counted>): Promise<void> => {
  await tx.query(`insert into monitoring.requests as r ("group", step, at, ${COLUMNS})
    select "group", 60, date_trunc('minute', $1::timestamptz), total, failed, "within100", "within500", "within1000", "within2500"
    from jsonb_to_recordset($2::jsonb) f("group" text, total int, failed int, "within100" int, "within500" int, "within1000" int, "within2500" int)
    on conflict ("group", step, at) do update set total = r.total + excluded.total, failed = r.failed + excluded.failed, within_100 = r.within_100 + excluded.within_100,
      within_500 = r.within_500 + excluded.within_500, within_1000 = r.within_1000 + excluded.within_1000, within_2500 = r.within_2500 + excluded.within_2500`,
    [at, JSON.stringify([...figures].map(([group, counted]) => ({ group, ...counted })))]);
};

const SUMS = `coalesce(sum(total), 0)::int as total, coalesce(sum(failed), 0)::int as failed, coalesce(sum(within_100), 0)::int as "within100", coalesce(sum(within_500), 0)::int as "within500",
  coalesce(sum(within_1000), 0)::int as "within1000", coalesce(sum(within_2500), 0)::int as "within2500"`;

/** Answers of a group (`*`: all) in each of the last so many minutes. */
export const countOver = async (tx: Tx, now: Date, windows: readonly number[]): Promise<(group: string, minutes: number) => Counted> => {
  const { rows } = await tx.query<Counted & { group: string; minutes: number } & Record<string, unknown>>(`select w.minutes, r."group", ${SUMS}
    from unnest($2::int[]) w(minutes) join monitoring.requests r on r.step = 60 and r.at > $1::timestamptz - make_interval(mins => w.minutes) and r.at <= $1 group by grouping sets ((w.minutes, r."group"), (w.minutes))`, [now, windows]);
  const known = new Map(rows.map((row) => [`${row.minutes} ${row.group ?? '*'}`, row]));
  return (group, minutes) => known.get(`${minutes} ${group}`) ?? NOTHING;
};

/** Answers of a group over the last days: whole hours, and the minutes since. */
export const countDays = async (tx: Tx, now: Date, group: string, days: number): Promise<Counted> =>
  (await tx.query<Counted & Record<string, unknown>>(`select ${SUMS} from monitoring.requests where ($2 = '*' or "group" = $2)
    and ((step = 3600 and at > $1::timestamptz - make_interval(days => $3) and at < date_trunc('hour', $1::timestamptz)) or (step = 60 and at >= date_trunc('hour', $1::timestamptz)))`, [now, group, days])).rows[0] ?? NOTHING;

/** Sums minutes into hours and forgets minutes after four days, hours after thirty-six. Bears being repeated. */
export const rollRequests = async (tx: Tx, now: Date): Promise<void> => {
  await tx.query(`insert into monitoring.requests ("group", step, at, ${COLUMNS})
    select "group", 3600, date_trunc('hour', at), sum(total), sum(failed), sum(within_100), sum(within_500), sum(within_1000), sum(within_2500)
    from monitoring.requests where step = 60 and at >= date_trunc('hour', $1::timestamptz) - interval '2 hours' group by "group", 3
    on conflict ("group", step, at) do update set total = excluded.total, failed = excluded.failed, within_100 = excluded.within_100, within_500 = excluded.within_500,
      within_1000 = excluded.within_1000, within_2500 = excluded.within_2500`, [now]);
  await tx.query(`delete from monitoring.requests where (step = 60 and at < $1::timestamptz - interval '4 days') or at < $1::timestamptz - interval '36 days'`, [now]);
};
