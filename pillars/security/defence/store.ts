import type { Place, RuleSettings, Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import type { Kept, Kind, Observation } from './observation.ts';

const one = async <R extends Record<string, unknown>>(tx: Tx, name: string, text: string, values: readonly unknown[] = []): Promise<R | undefined> => (await tx.named<R>(name, text, values)).rows[0];
const all = async <R extends Record<string, unknown>>(tx: Tx, name: string, text: string, values: readonly unknown[] = []): Promise<R[]> => (await tx.named<R>(name, text, values)).rows;

export interface WatchRow {
  auditFrom: string;
  judged: number;
}

/** Holds the watch until the transaction ends; a new one begins now. */
export const holdWatch = async (tx: Tx): Promise<WatchRow> => {
  await tx.named('defence.watch.begin', 'insert into defence.watch (audit_from) select clock_timestamp() where not exists (select from defence.watch) on conflict do nothing');
  return (await one<WatchRow & Record<string, unknown>>(tx, 'defence.watch.hold', 'select audit_from::text as "auditFrom", judged from defence.watch for update')) as WatchRow;
};
export const saveWatch = async (tx: Tx, { auditFrom, judged }: WatchRow): Promise<void> => {
  await tx.named('defence.watch.save', 'update defence.watch set audit_from = $1::timestamptz, judged = $2', [auditFrom, judged]);
};

export interface RecordRow {
  id: string;
  at: Date;
  until: string;
  account: string | null;
  person: string | null;
  address: string | null;
  request: string | null;
  event: string;
  subject: string;
  detail: Record<string, unknown>;
}

/** Audit records of these events since `from` less five seconds, within which what was written late is committed, that are not observed yet. */
export const newRecords = (tx: Tx, from: string, events: readonly string[], limit: number): Promise<RecordRow[]> =>
  all<RecordRow & Record<string, unknown>>(tx, 'defence.records', `select id, at, at::text as until, account, person, address, request, event, subject, detail from audit.record r
    where r.at >= $1::timestamptz - interval '5 seconds' and r.event = any ($2::text[]) and not exists (select from defence.observation o where o.record = r.id) order by r.at limit $3`, [from, events, limit]);
export const databaseTime = async (tx: Tx): Promise<string> => (await one<{ now: string }>(tx, 'defence.now', 'select clock_timestamp()::text as now'))?.now ?? '';

/** Enters observations in their order; answers their numbers. */
export const insertObservations = async (tx: Tx, list: readonly Observation[]): Promise<Kept[]> => {
  const rows = await all<{ seq: number; n: number }>(tx, 'defence.observe', `with given as (
      select * from jsonb_to_recordset($1::jsonb) as o(n int, at double precision, kind text, address text, account uuid, person uuid, tried text, session uuid, operation text, subject text, request text, record uuid, detail jsonb)),
    entered as (
      insert into defence.observation (at, kind, address, account, person, tried, session, operation, subject, request, record, detail)
      select to_timestamp(at / 1000), kind, address, account, person, tried, session, operation, left(subject, 200), request, record, coalesce(detail, '{}') from given order by n returning seq)
    select seq, (row_number() over (order by seq) - 1)::int as n from entered order by seq`, [JSON.stringify(list.map((each, n) => ({ ...each, n })))]);
  return rows.map(({ seq, n }) => ({ ...(list[n] as Observation), seq }));
};

/** Observations after `seq`, in their order. */
export const observationsAfter = (tx: Tx, seq: number, limit: number): Promise<Kept[]> =>
  all<Kept & Record<string, unknown>>(tx, 'defence.unjudged', `select ${OBSERVED} from defence.observation o where o.seq > $1 order by o.seq limit $2`, [seq, limit]);

const OBSERVED = `o.seq, (extract(epoch from o.at) * 1000)::double precision as at, o.kind, o.address, o.account, o.person, o.tried, o.session, o.operation, o.subject, o.request, o.record, o.detail`;

/** Observations of these kinds since `from` (ms), up to a number, oldest first; of more than `limit`, the newest. */
export const observations = (tx: Tx, kinds: readonly Kind[], from: number, upTo: number, limit: number): Promise<Kept[]> =>
  all<Kept & Record<string, unknown>>(tx, 'defence.observations', `select * from (select ${OBSERVED} from defence.observation o
    where o.kind = any ($1::text[]) and o.at >= to_timestamp($2::double precision / 1000) and o.seq <= $3 order by o.seq desc limit $4) newest order by seq`, [kinds, from, upTo, limit]);

/** Counts different files opened by account and day. */
export const countReads = async (tx: Tx, reads: readonly { account: string; day: string; reads: number }[]): Promise<void> => {
  if (reads.length > 0) await tx.named('defence.usual.count', `insert into defence.usual select account, day, reads from jsonb_to_recordset($1::jsonb) r(account uuid, day date, reads int)
    on conflict (account, day) do update set reads = defence.usual.reads + excluded.reads`, [JSON.stringify(reads)]);
};
/** Average of an account's days with reads before `day`, of those accounts that have five such days or more. */
export const usualReads = async (tx: Tx, accounts: readonly string[], day: string): Promise<Map<string, number>> =>
  new Map((await all<{ account: string; reads: number }>(tx, 'defence.usual', `select account, avg(reads)::double precision as reads from defence.usual
    where account = any ($1::uuid[]) and day < $2::date and day >= $2::date - 30 group by account having count(*) >= 5`, [accounts, day])).map(({ account, reads }) => [account, reads]));

export interface RuleRow {
  id: string;
  version: number;
  settings: RuleSettings;
  at: Date;
  name: string;
}
export const ruleVersions = (tx: Tx): Promise<RuleRow[]> => all<RuleRow & Record<string, unknown>>(tx, 'defence.rules', 'select distinct on (id) id, version, settings, at, name from defence.rule order by id, version desc');
/** Enters the version after `version`; false when another was entered meanwhile. */
export const insertRule = async (tx: Tx, id: string, version: number, settings: RuleSettings, by: { reason: string; account: string | null; name: string }): Promise<boolean> =>
  (await tx.named('defence.rule.insert', `insert into defence.rule (id, version, settings, reason, account, name) select $1, $2 + 1, $3::jsonb, $4, $5, $6
    where $2 = coalesce((select max(version) from defence.rule where id = $1), 0) on conflict do nothing`, [id, version, JSON.stringify(settings), by.reason, by.account, by.name])).rowCount > 0;

export const places = async (tx: Tx): Promise<Place[]> =>
  (await all<{ range: string; name_zh: string; name_en: string; latitude: number; longitude: number }>(tx, 'defence.places', 'select range::text, name_zh, name_en, latitude, longitude from defence.place order by range limit 5000'))
    .map(({ range, name_zh, name_en, latitude, longitude }) => ({ range, name: { zh: name_zh, en: name_en }, latitude, longitude }));
export const replacePlaces = async (tx: Tx, list: readonly Place[]): Promise<void> => {
  await tx.query('delete from defence.place');
  await tx.query(`insert into defence.place select distinct on (range) range::cidr, zh, en, latitude, longitude
    from jsonb_to_recordset($1::jsonb) p(range text, zh text, en text, latitude double precision, longitude double precision)`,
    [JSON.stringify(list.map(({ range, name, latitude, longitude }) => ({ range, ...name, latitude, longitude })))]);
};

export interface NewAlert {
  kind: string;
  ruleVersion: number | null;
  severity: number;
  subject: string;
  title: Text;
  detail: Record<string, unknown>;
  at: number;
}

/** Raises an alert or counts up in the open one of its kind and subject; null while it is suppressed. `isNew` tells the first. */
export const raiseAlert = async (tx: Tx, alert: NewAlert): Promise<{ id: string; isNew: boolean } | null> => {
  const held = await tx.named('defence.suppression.hold', 'update defence.suppression set held = held + 1 where kind = $1 and subject = $2 and until > now()', [alert.kind, alert.subject]);
  if (held.rowCount > 0) return null;
  const row = await one<{ id: string; times: number }>(tx, 'defence.alert.raise', `insert into defence.alert (id, kind, rule_version, severity, subject, title, detail, first_at, last_at)
    values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, to_timestamp($8::double precision / 1000), to_timestamp($8::double precision / 1000))
    on conflict (kind, subject) where state in ('new', 'inHand') do update
      set times = defence.alert.times + 1, last_at = greatest(defence.alert.last_at, excluded.last_at), severity = greatest(defence.alert.severity, excluded.severity), detail = excluded.detail
    returning id, times`, [uuidv7(), alert.kind, alert.ruleVersion, alert.severity, alert.subject, JSON.stringify(alert.title), JSON.stringify(alert.detail), alert.at]);
  return row ? { id: row.id, isNew: row.times === 1 } : null;
};

/** Lays observations behind an alert, up to 500 in all. */
export const addEvidence = async (tx: Tx, alert: string, numbers: readonly number[]): Promise<void> => {
  await tx.named('defence.evidence', `insert into defence.evidence select $1, seq from unnest($2::bigint[]) seq
    where (select count(*) from defence.evidence e where e.alert = $1) < 500 on conflict do nothing`, [alert, numbers]);
};

/** Observations that are older than this many days and stand behind no alert are forgotten; so is what was usual. */
export const forget = async (tx: Tx, days: number): Promise<void> => {
  await tx.query(`delete from defence.observation o where o.at < now() - make_interval(days => $1) and not exists (select from defence.evidence e where e.seq = o.seq)`, [days]);
  await tx.query('delete from defence.usual where day < current_date - 60');
};

export const accountsOfPersons = async (tx: Tx, persons: readonly string[]): Promise<Map<string, string>> =>
  new Map((await all<{ person: string; account: string }>(tx, 'defence.accounts', 'select person, account from defence.accounts_of_persons($1::uuid[])', [persons])).map(({ person, account }) => [person, account]));
