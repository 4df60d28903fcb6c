import type { ResponseOf, provisioningState } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

type State = ResponseOf<typeof provisioningState>;
const instant = (sql: string): string => `to_char(${sql} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** Applications that hold the permission, with their tokens of the last year and how many people they keep. */
export const clients = async (tx: Tx, permission: string): Promise<State['clients']> =>
  (await tx.named<{ value: State['clients'][number] }>('provisioning.clients', `select jsonb_build_object('clientId', a.client_id, 'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en), 'department', jsonb_build_object('zh', d.name_zh, 'en', d.name_en),
    'scope', a.scope, 'active', a.active and (a.ends_on is null or a.ends_on >= (now() at time zone 'Asia/Shanghai')::date), 'version', a.version,
    'people', (select count(*) from provisioning.record r where r.application = a.id and r.kind = 'user' and r.removed_at is null),
    'tokens', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'madeBy', t.made_by_name, 'madeAt', ${instant('t.made_at')}, 'endsAt', ${instant('t.ends_at')}, 'usedAt', ${instant('t.used_at')}, 'usedFrom', t.used_from,
      'institution', t.institution, 'live', t.ends_at > now()) order by t.made_at desc), '[]')
      from (select * from directory.application_token k where k.application = a.id order by k.made_at desc limit 20) t)) as value
    from directory.application a join directory.department d on d.id = a.department where $1 = any (a.permissions) order by a.client_id limit 200`, [permission])).rows.map(({ value }) => value);

export const clientId = async (tx: Tx, client: string, permission: string): Promise<string | null> =>
  (await tx.named<{ id: string }>('provisioning.client', 'select id from directory.application where client_id = $1 and active and $2 = any (permissions) for update', [client, permission])).rows[0]?.id ?? null;

/** Those before it end when the overlap is over, or earlier. */
export const insertToken = async (tx: Tx, row: { id: string; application: string; hash: string; institution: string | null; by: string; byName: string; endsAt: Date; othersEndAt: Date }): Promise<void> => {
  await tx.named('provisioning.overlap', 'update directory.application_token set ends_at = least(ends_at, $2) where application = $1 and ends_at > now()', [row.application, row.othersEndAt]);
  await tx.named('provisioning.insert', 'insert into directory.application_token (id, application, hash, institution, made_by, made_by_name, ends_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.application, row.hash, row.institution, row.by, row.byName, row.endsAt]);
};
export const closeToken = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.named<{ client: string }>('provisioning.close', 'update directory.application_token t set ends_at = now() from directory.application a where a.id = t.application and t.id = $1 and t.ends_at > now() returning a.client_id as client', [id])).rows[0]?.client ?? null;

/** Joiners over SCIM whose one-time password nobody has used yet. */
export const waiting = async (tx: Tx): Promise<State['waiting']> =>
  (await tx.named<{ value: State['waiting'][number] }>('provisioning.waiting', `select jsonb_build_object('id', p.id, 'name', p.name, 'account', p.account, 'since', ${instant('min(r.entered_at)')}) as value
    from provisioning.record r join directory.person p on p.id = r.resource join identity.account a on a.person = p.id and a.kind = 'official'
    where r.kind = 'user' and r.removed_at is null and p.active and a.must_change group by p.id order by min(r.entered_at) desc limit 200`)).rows.map(({ value }) => value);
export const isWaiting = async (tx: Tx, person: string): Promise<boolean> =>
  (await tx.named('provisioning.is_waiting', `select from directory.person p join identity.account a on a.person = p.id and a.kind = 'official' where p.id = $1 and p.active and a.must_change`, [person])).rowCount > 0;
