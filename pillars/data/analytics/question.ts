import type { Question } from '@zhengwu/contracts';
import type { Dataset, DatasetColumn } from '@zhengwu/module';
import type { Indicator, RowCondition } from '@zhengwu/pack';
import { fail } from './errors.ts';
import type { Task } from './engine/task.ts';

/** Which rows of a data set somebody reaches: all, or those of these departments. */
export type Reach = 'all' | readonly number[];

interface Places {
  sql: string;
  values: Task['values'];
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const numeric = ['number'];
const temporal = ['day', 'instant'];
const any = ['text', 'day', 'instant', 'number', 'truth'];

const columnOf = (dataset: Dataset, name: string, types: readonly string[]): DatasetColumn => {
  const found = dataset.columns.find((column) => column.name === name);
  if (!found || !types.includes(found.type)) throw fail('analytics.column-unknown', { dataset: dataset.code, column: name });
  return found;
};

const signs = { equal: '=', unequal: '<>', atLeast: '>=', atMost: '<=' } as const;
const kinds = { text: 'varchar', day: 'date', instant: 'timestamp', number: 'double', truth: 'boolean' } as const;

/** A value that can't be read as the column's type makes the condition unknown, and the row does not count. */
const placeFor = (column: DatasetColumn): string => `try_cast(? as ${kinds[column.type]})`;

const conditionOf = (dataset: Dataset, condition: RowCondition): Places => {
  const column = columnOf(dataset, condition.column, any);
  const name = quoted(column.name);
  if ('values' in condition) return { sql: `${name} in (${condition.values.map(() => placeFor(column)).join(', ')})`, values: condition.values };
  if (!('value' in condition)) return { sql: `${name} is ${condition.is === 'known' ? 'not null' : 'null'}`, values: [] };
  return { sql: `${name} ${signs[condition.is]} ${placeFor(column)}`, values: [condition.value] };
};

const allOf = (dataset: Dataset, conditions: readonly RowCondition[]): Places => {
  const parts = conditions.map((one) => conditionOf(dataset, one));
  return { sql: parts.map(({ sql }) => sql).join(' and ') || 'true', values: parts.flatMap(({ values }) => values) };
};

const measureOf = (dataset: Dataset, measure: Indicator['measure']): Places => {
  if (measure.kind === 'count') return { sql: 'count(*)::double', values: [] };
  if (measure.kind === 'share') {
    const { sql, values } = allOf(dataset, measure.where);
    return { sql: `(count(*) filter (where ${sql}))::double / count(*)`, values };
  }
  const name = quoted(columnOf(dataset, measure.of, numeric).name);
  return { sql: { sum: `sum(${name})`, mean: `avg(${name})`, median: `median(${name})` }[measure.kind], values: [] };
};

const reachOf = (dataset: Dataset, reach: Reach): Places => {
  if (reach === 'all' || dataset.shared === true) return { sql: 'true', values: [] };
  if (dataset.department === null) return { sql: 'false', values: [] };
  return { sql: `${quoted(dataset.department)} in (${reach.map(() => '?').join(', ') || 'null'})`, values: [...reach] };
};

const periodOf = (dataset: Dataset, period: NonNullable<Question['period']>): string => `date_trunc('${period.grain}', ${quoted(columnOf(dataset, period.column, temporal).name)})::date::varchar`;

/** A member of a group as text; whole numbers without a point. */
const memberOf = (dataset: Dataset, name: string): string => {
  const { type } = columnOf(dataset, name, any);
  return type === 'number' ? `case when ${quoted(name)} = trunc(${quoted(name)}) then ${quoted(name)}::bigint::varchar else ${quoted(name)}::varchar end` : `${quoted(name)}::varchar`;
};

/**
 * The statement that answers a question over a snapshot: groups first, then the value, then how many rows stand behind it. Names are
 * taken from the data set's own columns and values are bound, so that nothing that was asked becomes part of the text.
 */
export const statementOf = (dataset: Dataset, file: string, question: Omit<Question, 'dataset'>, reach: Reach): Task => {
  const groups = [...(question.period ? [periodOf(dataset, question.period)] : []), ...question.by.map((name) => memberOf(dataset, name))];
  const measure = measureOf(dataset, question.measure);
  const rows = [allOf(dataset, question.where), reachOf(dataset, reach)];
  const order = groups.map((_, i) => String(i + 1)).join(', ');
  const sql = [
    `select ${[...groups, `${measure.sql} as "value"`, 'count(*)::double as "n"'].join(', ')} from read_parquet(?)`,
    `where ${[...rows.map((one) => one.sql), ...(question.period ? [`${quoted(question.period.column)} is not null`] : [])].join(' and ')}`,
    order === '' ? 'having count(*) > 0' : `group by ${order} order by ${order}`,
    `limit ${String((question.limit ?? 5000) + 1)}`,
  ].join('\n');
  return { sql, values: [...measure.values, file, ...rows.flatMap((one) => one.values)] };
};
