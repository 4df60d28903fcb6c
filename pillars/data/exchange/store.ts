import type { Tx } from '@zhengwu/database';
import type { Right } from './rights.ts';

const all = async <R>(tx: Tx, name: string, text: string, values: readonly unknown[] = []): Promise<R[]> => (await tx.named<R>(name, text, values)).rows;

/* ---- who this node is ---- */
export interface IdentityRow {
  kid: string;
  purpose: 'signing' | 'tls';
  certificate: string;
}
export const identities = (tx: Tx): Promise<IdentityRow[]> => all<IdentityRow>(tx, 'exchange.identities', 'select kid, purpose, certificate from exchange.identity where retired_at is null');
export const putIdentity = async (tx: Tx, { kid, purpose, certificate }: IdentityRow): Promise<void> => {
  await tx.query('update exchange.identity set retired_at = now() where purpose = $1 and retired_at is null and kid <> $2', [purpose, kid]);
  await tx.query('insert into exchange.identity (kid, purpose, certificate) values ($1, $2, $3) on conflict (kid) do update set certificate = excluded.certificate, retired_at = null', [kid, purpose, certificate]);
};

/* ---- membership ---- */
export const lastMembership = async (tx: Tx, instance: string): Promise<{ document: string; receivedAt: Date } | undefined> =>
  (await all<{ document: string; receivedAt: Date }>(tx, 'exchange.membership.last', 'select document, received_at as "receivedAt" from exchange.membership where instance = $1 order by version desc limit 1', [instance]))[0];
export const putMembership = async (tx: Tx, row: { instance: string; version: number; document: string; expiresAt: string }): Promise<void> => {
  await tx.query('insert into exchange.membership (instance, version, document, expires_at) values ($1, $2, $3, $4) on conflict do nothing', [row.instance, row.version, row.document, row.expiresAt]);
};

/* ---- subsystems and services ---- */
export interface SubsystemRow {
  id: string;
  name: string;
  connection: 'tls' | 'plain';
  addresses: string[];
  certificates: string[];
  version: number;
}
export interface ServiceRow {
  subsystem: string;
  code: string;
  name: string;
  kind: 'OPENAPI' | 'REST';
  address: string;
  openapi: Record<string, unknown> | null;
  timeout_seconds: number;
  ca: string | null;
  is_on: boolean;
  version: number;
}
export const subsystems = (tx: Tx): Promise<SubsystemRow[]> => all<SubsystemRow>(tx, 'exchange.subsystems', 'select id, name, connection, array(select host(a) || case when masklen(a) = case family(a) when 4 then 32 else 128 end then \'\' else \'/\' || masklen(a) end from unnest(addresses) a) as addresses, certificates, version from exchange.subsystem order by id limit 1000');
export const putSubsystem = async (tx: Tx, { id, name, connection, addresses, certificates }: Omit<SubsystemRow, 'version'>): Promise<void> => {
  await tx.query(`insert into exchange.subsystem (id, name, connection, addresses, certificates) values ($1, $2, $3, $4::inet[], $5)
    on conflict (id) do update set name = excluded.name, connection = excluded.connection, addresses = excluded.addresses, certificates = excluded.certificates, version = exchange.subsystem.version + 1, changed_at = now()`, [id, name, connection, addresses, certificates]);
};
export const services = (tx: Tx): Promise<ServiceRow[]> => all<ServiceRow>(tx, 'exchange.services', 'select subsystem, code, name, kind, address, openapi, timeout_seconds, ca, is_on, version from exchange.service order by subsystem, code limit 5000');
export const putService = async (tx: Tx, row: Omit<ServiceRow, 'version'>): Promise<void> => {
  await tx.query(`insert into exchange.service (subsystem, code, name, kind, address, openapi, timeout_seconds, ca, is_on) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9)
    on conflict (subsystem, code) do update set name = excluded.name, kind = excluded.kind, address = excluded.address, openapi = excluded.openapi, timeout_seconds = excluded.timeout_seconds, ca = excluded.ca, is_on = excluded.is_on,
      version = exchange.service.version + 1, changed_at = now()`, [row.subsystem, row.code, row.name, row.kind, row.address, row.openapi === null ? null : JSON.stringify(row.openapi), row.timeout_seconds, row.ca, row.is_on]);
};
export const dropService = async (tx: Tx, subsystem: string, code: string): Promise<boolean> => (await tx.query('delete from exchange.service where subsystem = $1 and code = $2', [subsystem, code])).rowCount > 0;

/* ---- rights ---- */
export type RightRow = Right & { id: string; source: string; givenAt: Date; givenBy: string };
export const rights = (tx: Tx): Promise<RightRow[]> => all<RightRow>(tx, 'exchange.rights', 'select id, kind, subject, provider, service, method, path, until, source, given_at as "givenAt", given_by as "givenBy" from exchange.access_right where withdrawn_at is null order by provider, service, subject limit 20000');
/** Gives a right; given again from the same source it only gets the new end. Answers its id. */
export const giveRight = async (tx: Tx, { kind, subject, provider, service, method, path, until }: Right, source: string, by: string): Promise<string> =>
  (await tx.query<{ id: string }>(`insert into exchange.access_right (kind, subject, provider, service, method, path, until, source, given_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (kind, subject, provider, service, method, path, source) where withdrawn_at is null do update set until = excluded.until returning id`, [kind, subject, provider, service, method, path, until, source, by])).rows[0]?.id as string;
export const withdrawRight = async (tx: Tx, id: string, by: string): Promise<RightRow | undefined> =>
  (await tx.query<RightRow>('update exchange.access_right set withdrawn_at = now(), withdrawn_by = $2 where id = $1 and withdrawn_at is null returning id, kind, subject, provider, service, method, path, until, source, given_at as "givenAt", given_by as "givenBy"', [id, by])).rows[0];
/** Withdraws what one source gave to a subject. */
export const withdrawFrom = async (tx: Tx, source: string, subject: string, by: string): Promise<number> =>
  (await tx.query('update exchange.access_right set withdrawn_at = now(), withdrawn_by = $3 where source = $1 and subject = $2 and withdrawn_at is null', [source, subject, by])).rowCount;

/* ---- local groups ---- */
export interface GroupRow {
  provider: string;
  code: string;
  name: string;
  members: string[];
}
export const groups = (tx: Tx): Promise<GroupRow[]> => all<GroupRow>(tx, 'exchange.groups', 'select provider, code, name, array(select client from exchange.group_member m where m.provider = g.provider and m.code = g.code order by client) as members from exchange.local_group g order by provider, code limit 1000');
export const putGroup = async (tx: Tx, { provider, code, name, members }: GroupRow): Promise<void> => {
  await tx.query('insert into exchange.local_group (provider, code, name) values ($1, $2, $3) on conflict (provider, code) do update set name = excluded.name', [provider, code, name]);
  await tx.query('delete from exchange.group_member where provider = $1 and code = $2 and client <> all ($3::text[])', [provider, code, members]);
  await tx.query('insert into exchange.group_member (provider, code, client) select $1, $2, unnest($3::text[]) on conflict do nothing', [provider, code, members]);
};
