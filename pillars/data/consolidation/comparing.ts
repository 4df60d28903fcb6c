import type { Register } from '@zhengwu/pack';
import { recordIssues } from '@zhengwu/pack';
import { checks } from '@zhengwu/registers';
import { readRow } from './reading.ts';
import type { OldRecord } from './source.ts';
import type { Detail, MappingRow, Outcome } from './store.ts';

export interface Compared {
  key: string;
  outcome: Outcome;
  detail: Detail;
  /** What the city would be told. */
  data: Record<string, unknown>;
}

const told = (value: unknown): string | null => (value === null || value === undefined ? null : Array.isArray(value) ? value.join('、') : String(value));
const why = (zh: string, en: string, field = ''): Detail => [{ field, old: null, city: null, why: { zh, en } }];

const differences = (data: Readonly<Record<string, unknown>>, city: Readonly<Record<string, unknown>>): Detail =>
  Object.entries(data).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(city[field] ?? null)).map(([field, value]) => ({ field, old: told(value), city: told(city[field]), why: null }));

/**
 * What an old row is to the city: the same, different, new, or not fit to be taken in. What the city knows is never changed by it. `isRepeated`: an
 * earlier row of the table had the same key.
 */
export const compareRow = (register: Register, mapping: Pick<MappingRow, 'fields' | 'key_column'>, cells: OldRecord, city: Readonly<Record<string, unknown>> | null, isRepeated: boolean): Compared => {
  const { data, unreadable } = readRow(cells, mapping.fields);
  const key = told(data[register.key]) ?? '';
  const refused = (detail: Detail): Compared => ({ key, outcome: 'refused', detail, data });
  if (key === '') return refused(why('没有标识号码', 'It has no identifying number', register.key));
  if (isRepeated) return refused(why('旧库中重复，以第一行为准', 'A second row of the same number; the first one counts', register.key));
  if (city) {
    const detail = [...differences(data, city), ...unreadable.flatMap((field) => why('旧值不能识别', 'The old value cannot be read', field))];
    return { key, outcome: detail.length > 0 ? 'differs' : 'same', detail, data };
  }
  if (unreadable.length > 0) return refused(unreadable.flatMap((field) => why('旧值不能识别', 'The old value cannot be read', field)));
  const issues = recordIssues(register, data, checks);
  return issues.length > 0 ? refused(issues.flatMap((issue) => why(`不合格：${issue}`, `Not valid: ${issue}`))) : { key, outcome: 'added', detail: [], data };
};
