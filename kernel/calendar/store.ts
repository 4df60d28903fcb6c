import type { CalendarYear } from '@zhengwu/clock';
import type { Acting, Database, Tx } from '@zhengwu/database';

export interface KeptYear extends CalendarYear {
  version: number;
}

interface Row extends Record<string, unknown> {
  year: number;
  source: string;
  version: number;
  days: { day: string; working: boolean; name: string }[];
}

const YEARS = `
  select y.year, y.source, coalesce(v.version, 1) as version,
    coalesce((select jsonb_agg(jsonb_build_object('day', d.day, 'working', d.working, 'name', d.name_zh) order by d.day) from kernel.calendar_day d where d.year = y.year), '[]') as days
  from kernel.calendar_year y left join calendar.version v on v.year = y.year order by y.year`;

/** The years kept, each with its exceptions. */
export const readYears = (database: Database, actor: Acting): Promise<KeptYear[]> =>
  database.as(actor, async (tx) => {
    const { rows } = await tx.named<Row>('calendar.years', YEARS);
    return rows.map(({ year, source, version, days }) => ({
      year, source, version, days: days.map(({ day, working, name }) => ({ day, kind: working ? ('workday' as const) : ('holiday' as const), name })),
    }));
  }, { readOnly: true });

const writeDays = async (tx: Tx, { year, days }: CalendarYear): Promise<void> => {
  await tx.query('delete from kernel.calendar_day where year = $1', [year]);
  await tx.query(
    `insert into kernel.calendar_day (day, working, name_zh, name_en) select d.day, d.kind = 'workday', coalesce(d.name, ''), coalesce(d.name, '')
     from jsonb_to_recordset($1::jsonb) as d (day date, kind text, name text)`,
    [JSON.stringify(days)],
  );
};

/** Writes a year whole over the version that was read (null: new); answers the new version, or null when somebody was faster. */
export const writeYear = async (tx: Tx, entry: CalendarYear, read: number | null, by: string): Promise<number | null> => {
  await tx.query(`insert into kernel.calendar_year (year, source) values ($1, $2) on conflict (year) do update set source = excluded.source, changed_at = now()`, [entry.year, entry.source]);
  const { rows } = await tx.query<{ version: number }>(
    `insert into calendar.version (year, version, changed_by) values ($1, 1, $3)
     on conflict (year) do update set version = calendar.version.version + 1, changed_by = excluded.changed_by, changed_at = now()
     where calendar.version.version = $2 returning version`,
    [entry.year, read ?? 0, by],
  );
  if (!rows[0]) return null;
  await writeDays(tx, entry);
  return rows[0].version;
};
