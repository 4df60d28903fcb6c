import { browserOf } from '@zhengwu/http';
import type { listAlerts, QueryOf, readAlert, ResponseOf, listSuppressions, Severity } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { rankOf, severityOf } from './severity.ts';
import { RULES } from './rules.ts';

type AlertView = ResponseOf<typeof listAlerts>['items'][number];
type Detail = ResponseOf<typeof readAlert>;
export type AlertState = AlertView['state'];

interface AlertRecord extends Record<string, unknown> {
  id: string; kind: string; severity: number; state: AlertState; subject: string; title: { zh: string; en: string }; detail: unknown;
  first_at: Date; last_at: Date; times: number; holder_name: string | null; version: number; active: number; subject_name: string | null;
}

const COLUMNS = `a.id, a.kind, a.severity, a.state, a.subject, a.title, a.detail, a.first_at, a.last_at, a.times, a.holder_name, a.version,
  (select count(*)::int from defence.response r where r.alert = a.id and r.undone_at is null and r.ends_at > now()) as active`;

const nameOfRule = (kind: string): { zh: string; en: string } | null => RULES.find(({ id }) => id === kind)?.text.name ?? null;

const viewOf = (row: AlertRecord, names: ReadonlyMap<string, string>): AlertView => ({
  id: row.id, kind: row.kind, rule: nameOfRule(row.kind), severity: severityOf(row.severity), state: row.state, subject: row.subject, subjectName: names.get(row.subject) ?? null,
  title: row.title, firstAt: row.first_at.toISOString(), lastAt: row.last_at.toISOString(), times: row.times, holder: row.holder_name, version: row.version, activeResponses: row.active,
});

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Names by account, and by person where an alert is about one. */
export const namesOf = async (tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> => {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null && UUID.test(id)))];
  if (wanted.length === 0) return new Map();
  return new Map((await tx.named<{ id: string; name: string }>('defence.names', 'select id, name from defence.names_of($1::uuid[])', [wanted])).rows.map(({ id, name }) => [id, name]));
};

/** "<time> <id>" of the last row seen; anything else begins at the newest. */
const cursorOf = (after: string | undefined): { at: Date | null; id: string | null } => {
  const [, time = '', id = ''] = /^(\S+) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after ?? '') ?? [];
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? { at: null, id: null } : { at, id };
};

export const alerts = async (tx: Tx, { state, severity, kind, after, limit = 20 }: QueryOf<typeof listAlerts>): Promise<ResponseOf<typeof listAlerts>> => {
  const { at, id } = cursorOf(after);
  const { rows } = await tx.named<AlertRecord>('defence.alerts', `select ${COLUMNS} from defence.alert a
    where ($1::text is null or a.state = $1) and ($2::int is null or a.severity = $2) and ($3::text is null or a.kind = $3) and ($4::timestamptz is null or (a.last_at, a.id) < ($4, $5::uuid))
    order by a.last_at desc, a.id desc limit $6`, [state ?? null, severity === undefined ? null : rankOf(severity as Severity), kind ?? null, at, id, limit + 1]);
  const page = rows.slice(0, limit);
  const names = await namesOf(tx, page.map(({ subject }) => subject));
  const open = (await tx.named<{ open: number }>('defence.open', `select count(*)::int as open from defence.alert where state in ('new', 'inHand')`)).rows[0]?.open ?? 0;
  const last = page.at(-1);
  return { items: page.map((row) => viewOf(row, names)), next: rows.length > limit && last ? `${last.last_at.toISOString()} ${last.id}` : null, open };
};

export const alertRow = async (tx: Tx, id: string): Promise<AlertRecord | null> => (await tx.named<AlertRecord>('defence.alert', `select ${COLUMNS} from defence.alert a where a.id = $1`, [id])).rows[0] ?? null;

type ObservationRecord = Omit<Detail['observations'][number], 'at' | 'accountName'> & { at: Date } & Record<string, unknown>;
export const evidenceOf = async (tx: Tx, alert: string): Promise<ObservationRecord[]> =>
  (await tx.named<ObservationRecord>('defence.evidence.of', `select o.seq, o.at, o.kind, o.address, o.account, o.session, o.operation, o.subject, o.request, coalesce(o.record, (
      select r.id from audit.record r where r.at between o.at - interval '5 seconds' and o.at + interval '5 seconds' and (r.request = o.request
        or (o.kind in ('sign-in', 'refused') and r.event = case o.kind when 'refused' then 'session.refused' else 'session.opened' end and r.address = o.address and (o.account is null or r.subject = o.account::text)))
      order by abs(extract(epoch from r.at - o.at)) limit 1)) as record, o.detail
    from defence.evidence e join defence.observation o on o.seq = e.seq where e.alert = $1 order by o.seq desc limit 200`, [alert])).rows;

const responsesOf = async (tx: Tx, alert: string) =>
  (await tx.named<{ id: string; kind: 'challenge' | 'block' | 'lock'; target: string; began_at: Date; ends_at: Date; name: string | null; undone_at: Date | null; undone_by: string | null; running: boolean }>(
    'defence.responses', 'select id, kind, target, began_at, ends_at, name, undone_at, undone_by, undone_at is null and ends_at > now() as running from defence.response where alert = $1 order by began_at desc limit 100', [alert])).rows;

const stepsOf = async (tx: Tx, alert: string) =>
  (await tx.named<{ at: Date; name: string | null; act: string; note: string | null }>('defence.steps', 'select at, name, act, note from defence.step where alert = $1 order by at desc limit 200', [alert])).rows;

const sessionsOf = async (tx: Tx, accounts: readonly string[]) =>
  (await tx.named<{ id: string; account: string; started_at: Date; seen_at: Date; address: string; agent: string }>('defence.sessions', 'select * from defence.sessions_of($1::uuid[])', [accounts])).rows;

/** One alert with the observations, responses, steps and living sessions behind it. */
export const alertDetail = async (tx: Tx, id: string): Promise<Detail | null> => {
  const row = await alertRow(tx, id);
  if (!row) return null;
  const [seen, responses, steps] = [await evidenceOf(tx, id), await responsesOf(tx, id), await stepsOf(tx, id)];
  const accounts = [...new Set(seen.map(({ account }) => account).filter((one) => one !== null))];
  const names = await namesOf(tx, [row.subject, ...accounts, ...responses.map(({ target }) => target)]);
  return {
    ...viewOf(row, names), detail: row.detail,
    observations: seen.map((one) => ({ ...one, at: one.at.toISOString(), accountName: one.account === null ? null : (names.get(one.account) ?? null) })),
    responses: responses.map((one) => ({
      id: one.id, kind: one.kind, target: one.target, targetName: names.get(one.target) ?? null, beganAt: one.began_at.toISOString(), endsAt: one.ends_at.toISOString(), by: one.name,
      undoneAt: one.undone_at?.toISOString() ?? null, undoneBy: one.undone_by, isActive: one.running,
    })),
    steps: steps.map(({ at, name, act, note }) => ({ at: at.toISOString(), by: name, act, note })),
    sessions: (await sessionsOf(tx, accounts)).map((one) => ({ id: one.id, account: one.account, startedAt: one.started_at.toISOString(), seenAt: one.seen_at.toISOString(), address: one.address, browser: browserOf(one.agent), agent: one.agent })),
  };
};

/** Moves an alert on from the version that was looked at; null when it is another. */
export const moveAlert = async (tx: Tx, id: string, version: number, state: AlertState, holder: { id: string | null; name: string | null } | null): Promise<number | null> =>
  (await tx.named<{ version: number }>('defence.alert.move', `update defence.alert set state = $3, holder = $4, holder_name = $5, version = version + 1 where id = $1 and version = $2 returning version`,
    [id, version, state, holder?.id ?? null, holder?.name ?? null])).rows[0]?.version ?? null;
export const addStep = async (tx: Tx, alert: string, by: { account: string | null; name: string | null }, act: string, note: string | null): Promise<void> => {
  await tx.named('defence.step', 'insert into defence.step (alert, account, name, act, note) values ($1, $2, $3, $4, $5)', [alert, by.account, by.name, act, note]);
};

/** An open alert of the same kind and subject, if another than this one is. */
export const openTwin = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.named('defence.twin', `select from defence.alert a join defence.alert b on b.kind = a.kind and b.subject = a.subject and b.id <> a.id and b.state in ('new', 'inHand') where a.id = $1`, [id])).rowCount > 0;

/** Widens the quiet about a kind and subject until then. */
export const suppress = async (tx: Tx, { kind, subject, hours, name, alert }: { kind: string; subject: string; hours: number; name: string; alert: string }): Promise<void> => {
  await tx.named('defence.suppress', `insert into defence.suppression (kind, subject, until, name, alert) values ($1, $2, now() + make_interval(hours => $3), $4, $5)`, [kind, subject, hours, name, alert]);
};
export const suppressions = async (tx: Tx): Promise<ResponseOf<typeof listSuppressions>['items']> => {
  const { rows } = await tx.named<{ id: string; kind: string; subject: string; until: Date; name: string; alert: string | null; held: number }>(
    'defence.suppressions', 'select id, kind, subject, until, name, alert, held from defence.suppression where until > now() order by until limit 200');
  const names = await namesOf(tx, rows.map(({ subject }) => subject));
  return rows.map(({ id, kind, subject, until, name, alert, held }) => ({
    id, kind, name: nameOfRule(kind) ?? { zh: kind, en: kind }, subject, subjectName: names.get(subject) ?? null, until: until.toISOString(), by: name, alert, held,
  }));
};
export const endSuppression = async (tx: Tx, id: string): Promise<{ kind: string; subject: string } | null> =>
  (await tx.named<{ kind: string; subject: string }>('defence.suppression.end', 'update defence.suppression set until = now() where id = $1 and until > now() returning kind, subject', [id])).rows[0] ?? null;

/** How many alerts each rule has raised in the last thirty days. */
export const alertsByKind = async (tx: Tx): Promise<Map<string, number>> =>
  new Map((await tx.named<{ kind: string; count: number }>('defence.byKind', `select kind, count(*)::int as count from defence.alert where last_at > now() - interval '30 days' group by kind`)).rows.map(({ kind, count }) => [kind, count]));
