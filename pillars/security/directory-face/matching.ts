import { isDnValued, normalDn } from './names.ts';
import type { Filter } from './filter.ts';

/** Attribute in lower case → SQL for its value: text, null without one, or text[] where it may have several. */
export type Columns = ReadonlyMap<string, { sql: string; many: boolean }>;

const escaped = (value: string): string => value.replaceAll(/[\\%_]/g, '\\$&');
const patternOf = ({ initial, any, final }: Extract<Filter, { op: 'substring' }>): string => [initial, ...any, final].map(escaped).join('%');
/** Names are compared as names; everything else without regard to case. */
const assertion = (attribute: string, value: string): string => (isDnValued(attribute) ? (normalDn(value) ?? value) : value);

/**
 * SQL that is true, false or null as the filter is TRUE, FALSE or Undefined; SQL and LDAP share the three-valued logic. Values go to `values`
 * as parameters and never into the text. What is not in `columns` is Undefined, so that nothing can be guessed about what one may not read.
 */
export const filterSql = (filter: Filter, columns: Columns, values: unknown[]): string => {
  const parameter = (value: unknown): string => `$${values.push(value)}::text`;
  switch (filter.op) {
    case 'and': return filter.of.length === 0 ? 'true' : `(${filter.of.map((one) => filterSql(one, columns, values)).join(' and ')})`;
    case 'or': return filter.of.length === 0 ? 'false' : `(${filter.of.map((one) => filterSql(one, columns, values)).join(' or ')})`;
    case 'not': return `(not ${filterSql(filter.of, columns, values)})`;
    case 'unknown': return 'null::boolean';
    default: break;
  }
  const column = columns.get(filter.attribute);
  if (!column) return 'null::boolean';
  if (filter.op === 'present') return column.many ? `(cardinality(${column.sql}) > 0)` : `(${column.sql} is not null)`;
  const test = filter.op === 'equal' ? `= lower(${parameter(assertion(filter.attribute, filter.value))})` : `like lower(${parameter(patternOf(filter))})`;
  return column.many ? `exists (select from unnest(${column.sql}) v where lower(v) ${test})` : `coalesce(lower(${column.sql}) ${test}, false)`;
};

const substringMatches = ({ initial, any, final }: Extract<Filter, { op: 'substring' }>, value: string): boolean => {
  const [head, tail] = [initial.toLowerCase(), final.toLowerCase()];
  if (!value.startsWith(head)) return false;
  let at = head.length;
  for (const part of any) {
    const found = value.indexOf(part.toLowerCase(), at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - tail.length >= at && value.endsWith(tail);
};

/** The same for an entry in memory, attributes in lower case; null is Undefined. */
export const evaluate = (filter: Filter, entry: ReadonlyMap<string, readonly string[]>): boolean | null => {
  switch (filter.op) {
    case 'and':
    case 'or': {
      const deciding = filter.op === 'or';
      const verdicts = filter.of.map((one) => evaluate(one, entry));
      return verdicts.includes(deciding) ? deciding : verdicts.includes(null) ? null : !deciding;
    }
    case 'not': {
      const inner = evaluate(filter.of, entry);
      return inner === null ? null : !inner;
    }
    case 'unknown': return null;
    default: break;
  }
  const values = entry.get(filter.attribute);
  if (!values) return null;
  if (filter.op === 'present') return values.length > 0;
  if (filter.op === 'substring') return values.some((value) => substringMatches(filter, value.toLowerCase()));
  const wanted = assertion(filter.attribute, filter.value).toLowerCase();
  return values.some((value) => value.toLowerCase() === wanted);
};
