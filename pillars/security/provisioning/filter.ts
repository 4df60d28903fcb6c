import { parse, type Filter } from 'scim2-parse-filter';
import { fail } from './errors.ts';
import { isJson, type Json } from './resource.ts';

/** How an attribute is compared: text without regard to case, exactly, as true or false, as a moment. */
export interface Column {
  sql: string;
  as: 'text' | 'exact' | 'boolean' | 'instant';
}
/** An attribute of several values: rows of a subquery `v`, by the names of their parts in lower case. */
export interface Rows {
  from: string;
  parts: Readonly<Record<string, Column>>;
}
/** Attribute in lower case → what the database knows of it. */
export type Columns = Readonly<Record<string, Column | Rows>>;

type Comparison = Extract<Filter, { compValue: unknown }>;
const MOST_PARTS = 100;
const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

const refuse = (why: string): never => {
  throw fail('scim.filter', { why });
};

const sizeOf = (filter: Filter): number => {
  if ('filters' in filter) return filter.filters.reduce((sum, one) => sum + sizeOf(one), 1);
  if ('filter' in filter) return 1 + sizeOf(filter.filter);
  return 'valFilter' in filter ? 1 + sizeOf(filter.valFilter) : 1;
};

/** Reads a filter (RFC 7644 §3.4.2.2). Throws `scim.filter`. */
export const readFilter = (text: string): Filter => {
  let filter: Filter;
  try {
    filter = parse(text);
  } catch (error) {
    return refuse(error instanceof Error ? error.message.slice(0, 200) : 'syntax');
  }
  return sizeOf(filter) > MOST_PARTS ? refuse(`more than ${MOST_PARTS} parts`) : filter;
};

const ORDER = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

/** SQL of one comparison; values go to `values` as parameters. */
const comparison = ({ op, compValue, attrPath }: Comparison, { sql, as }: Column, values: unknown[]): string => {
  if (compValue === null) return op === 'eq' ? `(${sql} is null)` : op === 'ne' ? `(${sql} is not null)` : refuse(`${attrPath} ${op} null`);
  const type = as === 'boolean' ? 'boolean' : 'string';
  if (typeof compValue !== type) refuse(`${attrPath} is compared with a ${type}`);
  if (as === 'boolean' && op !== 'eq' && op !== 'ne') refuse(`${attrPath} ${op}`);
  const isInstant = as === 'instant';
  if (isInstant && (op === 'co' || op === 'sw' || op === 'ew' || !INSTANT.test(String(compValue)) || Number.isNaN(Date.parse(String(compValue))))) refuse(`${attrPath} ${op} ${String(compValue)}`);
  const left = as === 'text' ? `lower(${sql})` : sql;
  const given = `$${values.push(compValue)}::${isInstant ? 'timestamptz' : as === 'boolean' ? 'boolean' : 'text'}`;
  const right = as === 'text' ? `lower(${given})` : given;
  switch (op) {
    case 'eq': return `coalesce(${left} = ${right}, false)`;
    case 'ne': return `(${left} is distinct from ${right})`;
    case 'co': return `coalesce(position(${right} in ${left}) > 0, false)`;
    case 'sw': return `coalesce(starts_with(${left}, ${right}), false)`;
    case 'ew': return `coalesce(right(${left}, length(${right})) = ${right} or ${right} = '', false)`;
    default: return `coalesce(${left} ${ORDER[op]} ${right}${isInstant ? '' : ' collate "C"'}, false)`;
  }
};

const isRows = (found: Column | Rows | undefined): found is Rows => found !== undefined && 'from' in found;
/** An attribute by its path; of several values, with the part meant: the value unless said. */
const lookUp = (path: string, columns: Columns): { rows: Rows; part: string | null } | Column => {
  const name = path.toLowerCase();
  const found = columns[name];
  if (isRows(found)) return { rows: found, part: null };
  if (found) return found;
  const dot = name.lastIndexOf('.');
  const outer = dot > 0 ? columns[name.slice(0, dot)] : undefined;
  return isRows(outer) && Object.hasOwn(outer.parts, name.slice(dot + 1)) ? { rows: outer, part: name.slice(dot + 1) } : refuse(`no attribute ${path}`);
};

const present = ({ sql, as }: Column): string => (as === 'text' || as === 'exact' ? `coalesce(${sql} <> '', false)` : `(${sql} is not null)`);

const condition = (filter: Extract<Filter, { attrPath: string }>, columns: Columns, values: unknown[]): string => {
  const found = lookUp(filter.attrPath, columns);
  if ('valFilter' in filter) return 'rows' in found && found.part === null ? `exists (select from ${found.rows.from} where ${filterSql(filter.valFilter, found.rows.parts, values)})` : refuse(`${filter.attrPath}[]`);
  const one = (column: Column): string => ('compValue' in filter ? comparison(filter, column, values) : present(column));
  if (!('rows' in found)) return one(found);
  if (filter.op === 'pr' && found.part === null) return `exists (select from ${found.rows.from})`;
  const part = found.rows.parts[found.part ?? 'value'] ?? refuse(filter.attrPath);
  return `exists (select from ${found.rows.from} where ${one(part)})`;
};

/** SQL that is true or false as the filter says; what is not in `columns` is refused, so that nothing is guessed by it. */
export const filterSql = (filter: Filter, columns: Columns, values: unknown[]): string => {
  if ('filters' in filter) return `(${filter.filters.map((one) => filterSql(one, columns, values)).join(` ${filter.op} `)})`;
  return 'filter' in filter ? `(not ${filterSql(filter.filter, columns, values)})` : condition(filter, columns, values);
};

const compare = ({ op, compValue }: Comparison, value: unknown): boolean => {
  const [a, b] = [value ?? null, compValue].map((one) => (typeof one === 'string' ? one.toLowerCase() : one));
  if (op === 'eq' || op === 'ne') return (a === b) === (op === 'eq');
  if (typeof a !== 'string' || typeof b !== 'string') return refuse(`${op} takes texts`);
  const verdicts = { co: a.includes(b), sw: a.startsWith(b), ew: a.endsWith(b), gt: a > b, ge: a >= b, lt: a < b, le: a <= b };
  return verdicts[op];
};

/** Whether one value of several is meant by the filter of a path: `emails[type eq "work"]`. */
export const matches = (filter: Filter, value: unknown): boolean => {
  if ('filters' in filter) return filter.op === 'and' ? filter.filters.every((one) => matches(one, value)) : filter.filters.some((one) => matches(one, value));
  if ('filter' in filter) return !matches(filter.filter, value);
  if ('valFilter' in filter || !isJson(value)) return refuse('a filter of values');
  const found = Object.entries(value as Json).find(([name]) => name.toLowerCase() === filter.attrPath.toLowerCase())?.[1];
  return 'compValue' in filter ? compare(filter, found) : found !== undefined && found !== null && found !== '';
};
