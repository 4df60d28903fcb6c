import { withClient } from './client.ts';
import type { Connection } from './database.ts';
import { allSchemas } from './migrate.ts';
import type { SchemaModule } from './schema-module.ts';

/** Each query answers lines in order; $1 is the list of schemas. */
const parts: readonly [string, string][] = [
  ['tables', `
    select format('table %I.%I%s%s', n.nspname, c.relname, case when c.relkind = 'p' then ' partitioned ' || pg_get_partkeydef(c.oid) end,
      case when c.relrowsecurity and c.relforcerowsecurity then ' row-level security' end) || coalesce(e'\\n' || (
        select string_agg(format('  %I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
          case when a.attidentity <> '' then ' identity' when a.attgenerated <> '' then ' generated ' || pg_get_expr(d.adbin, d.adrelid)
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) end,
          case when a.attcollation <> t.typcollation then ' collate ' || (select collname from pg_collation where oid = a.attcollation) end), e'\\n' order by a.attnum)
        from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '') as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition order by n.nspname, c.relname`],
  ['constraints', `
    select format('%s %s: %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace join pg_class c on c.oid = k.conrelid
    where n.nspname = any ($1) and k.contype <> 'n' and not c.relispartition order by n.nspname, c.relname, k.conname`],
  ['indexes', `
    select i.indexdef as line from pg_indexes i
    where i.schemaname = any ($1) and not exists (select from pg_constraint k join pg_namespace n on n.oid = k.connamespace where n.nspname = i.schemaname and k.conname = i.indexname)
      and not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = i.schemaname and c.relname = i.tablename and c.relispartition)
    order by i.schemaname, i.tablename, i.indexname`],
  ['policies', `
    select format('%I.%I %s for %s%s%s%s', schemaname, tablename, policyname, lower(cmd), case when permissive <> 'PERMISSIVE' then ' restrictive' end,
      e'\\n  using ' || qual, e'\\n  with check ' || with_check) as line
    from pg_policies where schemaname = any ($1) order by schemaname, tablename, policyname`],
  ['triggers', `
    select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and not t.tgisinternal order by n.nspname, c.relname, t.tgname`],
  ['views', `
    select format('%I.%I as%s', schemaname, viewname, e'\\n' || definition) as line from pg_views where schemaname = any ($1) order by schemaname, viewname`],
  ['types', `
    select format('%s: %s', t.oid::regtype, (select string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)) as line
    from pg_type t join pg_namespace n on n.oid = t.typnamespace where n.nspname = any ($1) and t.typtype = 'e' order by n.nspname, t.typname`],
  ['functions', `
    select format('%I.%I(%s) returns %s %s%s%s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid),
      case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end, case when p.prosecdef then ' security definer' end,
      ' md5 ' || md5(coalesce(p.prosrc, '') || coalesce(pg_get_function_sqlbody(p.oid), ''))) as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1) order by n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`],
  ['privileges', `
    select format('%s on %I.%I: %s', case when g.grantee = $2 then 'app' else 'relay' end, g.table_schema, g.table_name, string_agg(lower(g.privilege_type), ', ' order by g.privilege_type)) as line
    from information_schema.role_table_grants g where g.table_schema = any ($1) and g.grantee in ($2, $3)
    group by g.grantee, g.table_schema, g.table_name order by g.table_schema, g.table_name, g.grantee`],
];

/** The schemas as text: tables, constraints, indexes, policies, functions, privileges. The same schemas give the same text on every machine. */
export const dumpSchema = (connection: Connection, modules: readonly SchemaModule[]): Promise<string> =>
  withClient(connection, connection.owner, connection.database, async (client) => {
    await client.query(`set search_path = ''`);
    const schemas = allSchemas(modules).map(({ name }) => name);
    let text = '';
    for (const [title, query] of parts) {
      const values = title === 'privileges' ? [schemas, connection.app.user, connection.relay.user] : [schemas];
      const { rows } = await client.query<{ line: string }>(query, values);
      if (rows.length > 0) text += `-- ${title}\n${rows.map(({ line }) => line).join('\n')}\n\n`;
    }
    return text;
  });
