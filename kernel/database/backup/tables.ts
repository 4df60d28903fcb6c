import type pg from 'pg';

export interface Table {
  /** Quoted `schema.table`. */
  name: string;
  columns: string;
  owner: string;
  /** Row-level security would hide rows from the platform itself. */
  hides: boolean;
}

const list = `
select format('%I.%I', n.nspname, c.relname) as name, pg_get_userbyid(c.relowner) as owner,
  (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
  c.relrowsecurity and c.relforcerowsecurity and not exists (select from pg_policy p
    where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('*', 'r')
      and pg_get_expr(p.polqual, p.polrelid) ~ '^true$|is_system\\(\\)|reaches_all\\(\\)|''system''|kind\\(\\).* IS NOT NULL') as hides
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = any ($1) and c.relkind = 'r'
order by n.nspname, c.relname`;

/** Tables with content of their own, partitions instead of their parents. */
export const tablesOf = async (client: pg.Client, schemas: readonly string[]): Promise<Table[]> => (await client.query<Table>(list, [schemas])).rows;

/** Schemas outside the modules' that hold state of the site. */
export const numberSchema = 'kernel_number';
export const queueSchema = 'graphile_worker';
