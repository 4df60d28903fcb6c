import type pg from 'pg';
import type { Connection } from './database.ts';
import type { SchemaModule } from './schema-module.ts';
import { StartError } from './start-error.ts';

interface Table {
  name: string;
  kind: string;
  is_protected: boolean;
  has_policy: boolean;
  is_reachable: boolean;
}

const tables = `
select n.nspname || '.' || c.relname as name, c.relkind as kind,
  c.relrowsecurity and c.relforcerowsecurity as is_protected,
  exists (select from pg_policy p where p.polrelid = c.oid) as has_policy,
  exists (select from unnest($2::text[]) role
    where has_any_column_privilege(role, c.oid, 'select, insert, update, references') or has_table_privilege(role, c.oid, 'delete, truncate')) as is_reachable
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1) and c.relkind in ('r', 'p', 'm', 'f')
order by 1`;

/** Functions that run as the owner but look names up where the caller says: whoever creates a like-named object would be run as the owner. */
const looseFunctions = `
select p.oid::regprocedure::text as name
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = any ($1) and p.prosecdef and not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%')
order by 1`;

const complaint = (table: Table, isInternal: boolean): string | null => {
  if (isInternal) return table.is_reachable ? `${table.name} is declared internal but the app or relay role has a privilege on it: revoke it` : null;
  if (table.kind === 'm' || table.kind === 'f') return `${table.name} is of a kind that row-level security does not protect: declare it internal or make it a table`;
  if (!table.is_protected) return `${table.name} has no row-level security: enable and force it`;
  return table.has_policy ? null : `${table.name} has no policy, so nobody can use it`;
};

/** Throws unless every table of these modules is under row-level security, or declared internal and out of reach, and no function lends the owner's rights loosely. */
export const checkProtection = async (client: pg.Client, connection: Connection, modules: readonly SchemaModule[]): Promise<void> => {
  const { rows } = await client.query<Table>(tables, [modules.map((module) => module.name), [connection.app.user, connection.relay.user]]);
  const internal = new Set(modules.flatMap((module) => module.internal ?? []));
  const loose = await client.query<{ name: string }>(looseFunctions, [modules.map((module) => module.name)]);
  const complaints = [
    ...rows.map((table) => complaint(table, internal.has(table.name))).filter((line) => line !== null),
    ...loose.rows.map(({ name }) => `${name} is SECURITY DEFINER without a fixed search_path: add set search_path = ''`),
  ];
  if (complaints.length > 0) throw new StartError(`the schema is not safe: ${complaints.join('; ')}`);
};
