import type { BodyOf, ResponseOf, listSignOnConsents, listSignOn, putSignOn } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

type Settings = ResponseOf<typeof putSignOn>;
type Listed = ResponseOf<typeof listSignOn>['items'][number];
type Consent = ResponseOf<typeof listSignOnConsents>['items'][number];

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;
const SETTINGS = `jsonb_build_object('clientId', c.client_id, 'redirectUris', c.redirect_uris, 'logoutUris', c.logout_uris, 'backchannelUri', c.backchannel_uri, 'method', c.method, 'keys', c.keys, 'institution', c.institution,
  'bound', c.bound, 'scopes', c.scopes, 'assurance', c.assurance, 'own', c.own, 'changedAt', to_char(c.changed_at at time zone 'utc', ${INSTANT}), 'changedBy', c.changed_by_name, 'version', c.version)`;

const values = async <T>(tx: Tx, name: string, text: string, given: readonly unknown[] = []): Promise<T[]> => (await tx.named<{ value: T }>(name, text, given)).rows.map((row) => row.value);

export const list = (tx: Tx): Promise<Listed[]> =>
  values(tx, 'sign-on.list', `select jsonb_build_object('clientId', a.client_id, 'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en), 'active', a.active, 'settings', case when c.client_id is not null then ${SETTINGS} end) as value
    from directory.application a left join sign_on.client c on c.client_id = a.client_id order by c.client_id is null, a.client_id limit 500`);
export const one = async (tx: Tx, clientId: string): Promise<Settings | null> => (await values<Settings>(tx, 'sign-on.one', `select ${SETTINGS} as value from sign_on.client c where c.client_id = $1`, [clientId]))[0] ?? null;
export const isApplication = async (tx: Tx, clientId: string): Promise<boolean> => (await tx.named('sign-on.application', 'select from directory.application where client_id = $1', [clientId])).rowCount === 1;

/** Version 0 enters the settings of an application that had none; false when somebody changed them since. */
export const put = async (tx: Tx, clientId: string, body: BodyOf<typeof putSignOn>, by: string): Promise<boolean> => {
  const given = [clientId, body.redirectUris, body.logoutUris, body.backchannelUri, body.method, body.keys && JSON.stringify(body.keys), body.institution, body.bound, body.scopes, body.assurance, body.own, by];
  const { rowCount } = body.version === 0
    ? await tx.named('sign-on.insert', `insert into sign_on.client (client_id, redirect_uris, logout_uris, backchannel_uri, method, keys, institution, bound, scopes, assurance, own, changed_by_name)
      values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12) on conflict do nothing`, given)
    : await tx.named('sign-on.update', `update sign_on.client set redirect_uris = $2, logout_uris = $3, backchannel_uri = $4, method = $5, keys = $6::jsonb, institution = $7, bound = $8, scopes = $9, assurance = $10, own = $11, changed_by_name = $12,
      changed_at = now(), version = version + 1 where client_id = $1 and version = $13`, [...given, body.version]);
  return rowCount === 1;
};
export const drop = async (tx: Tx, clientId: string): Promise<boolean> => (await tx.named('sign-on.drop-client', 'delete from sign_on.client where client_id = $1', [clientId])).rowCount === 1;

export const consents = (tx: Tx, account: string): Promise<Consent[]> =>
  values(tx, 'sign-on.consents', `select jsonb_build_object('clientId', c.client_id, 'name', jsonb_build_object('zh', a.name_zh, 'en', a.name_en), 'scopes', c.scopes, 'at', to_char(c.at at time zone 'utc', ${INSTANT})) as value
    from sign_on.consent c join directory.application a on a.client_id = c.client_id where c.account = $1 order by c.at desc limit 200`, [account]);
/** With what the application holds of this person. */
export const withdraw = async (tx: Tx, account: string, clientId: string): Promise<boolean> => {
  await tx.named('sign-on.withdraw-tokens', `delete from sign_on.artefact where account = $1 and client_id = $2`, [account, clientId]);
  return (await tx.named('sign-on.withdraw', 'delete from sign_on.consent where account = $1 and client_id = $2', [account, clientId])).rowCount === 1;
};
