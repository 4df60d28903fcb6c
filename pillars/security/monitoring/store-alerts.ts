import type { RuleBody, Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Match, OpenAlert, Rule, Seen } from './alerting.ts';

export const rules = async (tx: Tx): Promise<(Rule & { version: number })[]> =>
  (await tx.query<{ id: string; body: RuleBody; version: number }>('select id, body, version from monitoring.rule order by id limit 200')).rows.map(({ id, body, version }) => ({ ...body, id, version }));
/** The new version; null when another was entered meanwhile. */
export const putRule = async (tx: Tx, id: string, seen: number, body: RuleBody): Promise<number | null> =>
  (await tx.query<{ version: number }>(`insert into monitoring.rule as r (id, body, version) select $1, $3::jsonb, 1 where $2 = 0 or exists (select from monitoring.rule where id = $1)
    on conflict (id) do update set body = excluded.body, version = r.version + 1 where r.version = $2 returning version`, [id, seen, JSON.stringify(body)])).rows[0]?.version ?? null;

export const seenNow = async (tx: Tx): Promise<Seen[]> => (await tx.query<Seen & Record<string, unknown>>('select series, name, state, value, note, at from monitoring.reading limit 5000')).rows;
export type Held = OpenAlert & { name: Text; severity: string; note: Text; subject: Text };
export const openAlerts = async (tx: Tx): Promise<Held[]> =>
  (await tx.query<Held & Record<string, unknown>>(`select id, rule, series, state, since, name, severity, note, subject from monitoring.alert where state <> 'resolved' for update`)).rows;

export const beginAlert = async (tx: Tx, rule: Rule, match: Match & { state: string }, now: Date): Promise<void> => {
  await tx.query(`insert into monitoring.alert (id, rule, series, subject, name, severity, state, since, note, value) values ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7, $8, $9::jsonb, $10)
    on conflict do nothing`, [uuidv7(), rule.id, match.series, JSON.stringify(match.subject), JSON.stringify(rule.name), rule.severity, match.state, now, JSON.stringify(match.note), match.value]);
};
export const updateAlert = async (tx: Tx, { id, note, value }: Match & { id: string }): Promise<void> => {
  await tx.query('update monitoring.alert set note = $2::jsonb, value = $3 where id = $1', [id, JSON.stringify(note), value]);
};
export const fireAlerts = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.query(`update monitoring.alert set state = 'firing' where id = any ($1::uuid[]) and state = 'pending'`, [ids]);
};
export const resolveAlerts = async (tx: Tx, ids: readonly string[], now: Date): Promise<void> => {
  await tx.query(`update monitoring.alert set state = 'resolved', resolved_at = $2 where id = any ($1::uuid[]) and state <> 'resolved'`, [ids, now]);
};
export const forgetPending = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.query(`delete from monitoring.alert where id = any ($1::uuid[]) and state = 'pending'`, [ids]);
};
export const acknowledge = async (tx: Tx, id: string, name: string): Promise<boolean> =>
  (await tx.query(`update monitoring.alert set state = 'acknowledged', acknowledged_by = $2 where id = $1 and state in ('firing', 'acknowledged')`, [id, name])).rowCount > 0;
/** Resolved alerts end by age. */
export const forgetAlerts = async (tx: Tx, now: Date): Promise<void> => {
  await tx.query(`delete from monitoring.alert where state = 'resolved' and resolved_at < $1::timestamptz - interval '1095 days'`, [now]);
  await tx.query(`delete from monitoring.silence where until_at < $1::timestamptz - interval '1095 days'`, [now]);
};

export const toldOf = async (tx: Tx, alerts: readonly string[]): Promise<Map<string, { role: string; at: Date }[]>> =>
  Map.groupBy((await tx.query<{ alert: string; role: string; at: Date }>('select alert, role, at from monitoring.told where alert = any ($1::uuid[]) order by at', [alerts])).rows, ({ alert }) => alert);
export const noteTold = async (tx: Tx, alert: string, role: string, at: Date): Promise<void> => {
  await tx.query('insert into monitoring.told (alert, role, at) values ($1, $2, $3) on conflict do nothing', [alert, role, at]);
};

export interface Silence {
  id: string;
  series: string;
  reason: string;
  from: Date;
  until: Date;
  by: string;
}
export const silences = async (tx: Tx, limit = 100): Promise<Silence[]> =>
  (await tx.query<Silence & Record<string, unknown>>('select id, series, reason, from_at as "from", until_at as until, by_name as by from monitoring.silence order by until_at desc limit $1', [limit])).rows;
export const insertSilence = async (tx: Tx, { id, series, reason, from, until, by }: Silence): Promise<void> => {
  await tx.query('insert into monitoring.silence values ($1, $2, $3, $4, $5, $6)', [id, series, reason, from, until, by]);
};
export const endSilence = async (tx: Tx, id: string, now: Date): Promise<boolean> => (await tx.query('update monitoring.silence set until_at = greatest(from_at, $2) where id = $1 and until_at > $2', [id, now])).rowCount > 0;

export interface AlertRowKept extends Omit<Held, 'state'> {
  state: 'firing' | 'acknowledged' | 'resolved';
  resolvedAt: Date | null;
  acknowledgedBy: string | null;
  value: number | null;
}
/** Alerts that fired, open ones first, each part newest first; `after` is `<0|1>:<id>` of the last one shown. */
export const alerts = async (tx: Tx, state: string | null, after: { part: number; id: string } | null, limit: number): Promise<AlertRowKept[]> =>
  (await tx.query<AlertRowKept & Record<string, unknown>>(`select id, rule, series, state, since, name, severity, note, subject, value, resolved_at as "resolvedAt", acknowledged_by as "acknowledgedBy" from monitoring.alert a
    where state <> 'pending' and ($1::text is null or state = $1)
      and ($2::int is null or (state = 'resolved')::int > $2 or ((state = 'resolved')::int = $2 and id < $3::uuid)) order by (state = 'resolved'), id desc limit $4`, [state, after?.part ?? null, after?.id ?? null, limit])).rows;
export const openCount = async (tx: Tx): Promise<number> => (await tx.query<{ n: number }>(`select count(*)::int as n from monitoring.alert where state in ('firing', 'acknowledged')`)).rows[0]?.n ?? 0;
