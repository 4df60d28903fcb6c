import type { FetchedView, Text } from '@zhengwu/contracts';
import type { Register } from '@zhengwu/pack';
import type { Registers } from '@zhengwu/registers';
import type { Fetched, FetchedSource } from './known.ts';

type Field = FetchedView['sources'][number]['fields'][number];

const yesNo = (value: boolean): Text => (value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' });

/** A value of a register as people read it. */
const valueText = (field: Register['fields'][number], value: unknown): Text => {
  if (typeof value === 'boolean') return yesNo(value);
  const plain = Array.isArray(value) ? value.map(String).join('、') : String(value);
  return field.values?.[plain] ?? { zh: plain, en: plain };
};

const fieldsOf = (register: Register, fact: Readonly<Record<string, unknown>>): Field[] =>
  register.fields.filter(({ key }) => key !== register.key && fact[key] !== null && fact[key] !== undefined)
    .map((field) => ({ key: field.key, label: field.label, value: valueText(field, fact[field.key]) }));

const sourceView = (registers: Registers, facts: Readonly<Record<string, unknown>>, source: FetchedSource): FetchedView['sources'][number] => {
  const { register: code, name, keeper, found, own, validFrom, fact } = source;
  const register = registers.definition(code);
  const content = fact === null ? undefined : (facts[fact] as Record<string, unknown> | undefined);
  return { register: code, name, keeper, found, own, validFrom, fields: own && found && register && content ? fieldsOf(register, content) : [] };
};

/** What was looked up for an application, as its applicant may read it; null for cases from before it was kept. */
export const fetchedView = (registers: Registers, facts: Readonly<Record<string, unknown>>): FetchedView | null => {
  const fetched = facts['fetched'] as Fetched | undefined;
  if (!fetched) return null;
  return { at: fetched.at, needs: fetched.needs, sources: fetched.sources.map((source) => sourceView(registers, facts, source)) };
};
