import type { Tx } from '@zhengwu/database';

const names = async (tx: Tx, text: string, values: readonly unknown[] = []): Promise<string[]> => (await tx.query<{ name: string }>(text, values)).rows.map(({ name }) => name);

/** Tables of the platform; `kernel` holds no rows of people. */
export const tables = (tx: Tx): Promise<string[]> => names(tx, 'select name from governance.tables()');
/** Tables without forced row-level security that the application's role could read. */
export const unforced = (tx: Tx): Promise<string[]> => names(tx, `select name from governance.tables() where not forced and has_table_privilege(current_user, name, 'select') limit 20`);
export const unclassified = (tx: Tx): Promise<string[]> => names(tx, `select t.name from governance.tables() t where not exists (select from governance.entry e where e.register = 'asset' and e.state = 'classified' and e.fields ->> 'place' = t.name) order by 1 limit 200`);
/** People who hold two of the three administrators' roles. */
export const sharedOfficers = (tx: Tx): Promise<string[]> => names(tx, `select d.name from directory.person d join directory.holding h on h.person = d.id and h.until is null join directory.post p on p.id = h.post
  cross join lateral unnest(p.roles) r (code) where r.code in ('administrator', 'security', 'auditor') group by d.id, d.name having count(distinct r.code) > 1 limit 20`);
/** Minutes since the oldest audit record of the last day that the signed log has not. */
export const unloggedMinutes = async (tx: Tx): Promise<number> =>
  (await tx.query<{ n: number }>(`select coalesce(extract(epoch from clock_timestamp() - min(r.at)) / 60, 0)::int as n from audit.record r where r.at > clock_timestamp() - interval '1 day' and not exists (select from trail.entry e where e.record = r.id)`)).rows[0]?.n ?? 0;
export const lastProof = async (tx: Tx, kind: string, since: string): Promise<string | null> =>
  (await tx.query<{ at: string }>(`select to_char(at, 'YYYY-MM-DD') as at from governance.proof where kind = $1 and outcome = 'passed' and at > $2::date order by at desc limit 1`, [kind, since])).rows[0]?.at ?? null;

export interface DrillRow {
  number: string;
  title: string;
  outcome: string;
  measured: number | null;
  target: number | null;
  at: Date;
}
export const drills = async (tx: Tx, limit: number): Promise<DrillRow[]> =>
  (await tx.query<DrillRow & Record<string, unknown>>(`select e.number, e.title, p.outcome, (p.detail ->> 'seconds')::float8 as measured, (p.detail ->> 'target')::float8 as target, p.at
    from governance.proof p join governance.entry e on e.id = p.entry where p.kind = 'drill' order by p.at desc limit $1`, [limit])).rows;
export const lastDrill = async (tx: Tx): Promise<DrillRow | null> => (await drills(tx, 1))[0] ?? null;

export interface FindingCount {
  severity: string;
  open: number;
  overdue: number;
}
export const findings = async (tx: Tx, open: readonly string[], today: string): Promise<FindingCount[]> =>
  (await tx.query<FindingCount & Record<string, unknown>>(`select fields ->> 'severity' as severity, count(*)::int as open, count(*) filter (where due_at < $2::date)::int as overdue
    from governance.entry where register in ('finding', 'vulnerability') and register || '/' || state = any ($1::text[]) group by 1 order by array_position(array['critical', 'high', 'medium', 'low'], fields ->> 'severity')`, [open, today])).rows;

export interface UrgentRow {
  id: string;
  number: string;
  title: string;
}
/** What is overdue, the longest first. */
export const urgent = async (tx: Tx, open: readonly string[], today: string, limit: number): Promise<UrgentRow[]> =>
  (await tx.query<UrgentRow & Record<string, unknown>>(`select id, number, title from governance.entry where register || '/' || state = any ($1::text[]) and due_at < $2::date order by due_at, number limit $3`, [open, today, limit])).rows;

/** Registers with an entry in order: those by which a control can be shown to live. */
export const keptRegisters = (tx: Tx): Promise<string[]> => names(tx, 'select distinct register as name from governance.entry');
