import type { FieldLayout, FormStep } from '@zhengwu/contracts';
import { asked, entryFields, isRequired, itemOf, propertyOf, typeOf, type FormValues } from './shape.ts';

/** Full-width digits, letters and signs as typed by Chinese input methods become their ASCII forms. */
const plain = (text: string): string => text.normalize('NFKC').trim();
const compact = (text: string): string => plain(text).replace(/[\s-]/g, '');

const ungrouped = (raw: string): string => plain(raw).replace(/[\s,]/g, '');

const decodeNumber = (raw: string): number | string | undefined => {
  const text = ungrouped(raw);
  if (text === '') return undefined;
  const value = Number(text);
  return /^[+-]?\d+(\.\d+)?$/.test(text) && Number.isFinite(value) ? value : raw.trim();
};

/** Yuan as typed → fen, exact: no floating point on the way. What is not money stays text, so that the site names the field. */
export const decodeMoney = (raw: string): number | string | undefined => {
  const text = ungrouped(raw).replace(/^¥/, '');
  if (text === '') return undefined;
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : raw.trim();
};
/** Fen → yuan for an input, without grouping. */
export const encodeMoney = (fen: unknown): string =>
  typeof fen === 'number' && Number.isInteger(fen)
    ? `${Math.trunc(fen / 100)}${fen % 100 === 0 ? '' : `.${String(fen % 100).padStart(2, '0')}`}`
    : fen === undefined || fen === null
      ? ''
      : String(fen);

const decodeDate = (name: string, form: URLSearchParams): string | undefined => {
  const whole = form.get(name);
  if (whole) return plain(whole);
  const parts = ['y', 'm', 'd'].map((part) => plain(form.get(`${name}.${part}`) ?? ''));
  if (parts.every((part) => part === '')) return undefined;
  const [y = '', m = '', d = ''] = parts;
  return `${/^\d+$/.test(y) ? y.padStart(4, '0') : y}-${/^\d$/.test(m) ? `0${m}` : m}-${/^\d$/.test(d) ? `0${d}` : d}`;
};

const decodeAddress = (name: string, form: URLSearchParams): unknown => {
  const entries = ['division', 'street', 'detail'].flatMap((part) => {
    const value = plain(form.get(`${name}.${part}`) ?? '');
    return value ? [[part, value] as const] : [];
  });
  if (entries.length > 0) return Object.fromEntries(entries);
  return plain(form.get(name) ?? '') || undefined;
};

const typed = (text: string, type: string): unknown => {
  if (text === '') return undefined;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (type === 'integer' || type === 'number') return decodeNumber(text);
  return text;
};

/** Nothing ticked is an empty list where the schema wants a list, otherwise no answer. */
const decodeList = (ticked: string[], itemType: string, required: boolean): unknown[] | undefined => {
  const values = ticked.map((one) => typed(one, itemType)).filter((one) => one !== undefined);
  return values.length > 0 || required ? values : undefined;
};

/** Indexes of the entries of a `people` field that the form carries, in order. */
export const entryIndexes = (name: string, form: URLSearchParams): number[] => {
  const found = new Set<number>();
  for (const key of form.keys()) {
    const match = key.startsWith(`${name}.`) ? /^(\d{1,3})\./.exec(key.slice(name.length + 1)) : null;
    if (match) found.add(Number(match[1]));
  }
  return [...found].sort((a, b) => a - b);
};

const decodePeople = (field: FieldLayout, schema: unknown, name: string, form: URLSearchParams): unknown => {
  const entry = itemOf(propertyOf(schema, field.key));
  const people = entryIndexes(name, form)
    .map((index) => decodeFields(entryFields(field), entry, form, `${name}.${index}.`))
    .filter((person) => Object.values(person).some((value) => value !== false));
  return people.length > 0 ? people : undefined;
};

const decodeField = (field: FieldLayout, schema: unknown, form: URLSearchParams, name: string): unknown => {
  const property = propertyOf(schema, field.key);
  const raw = form.get(name) ?? '';
  switch (field.control) {
    case 'static':
      return undefined;
    case 'number':
      return decodeNumber(raw);
    case 'money':
      return decodeMoney(raw);
    case 'date':
      return decodeDate(name, form);
    case 'checkbox':
      return raw === 'true';
    case 'checkboxes':
      return decodeList(form.getAll(name), typeOf(itemOf(property)), isRequired(schema, field.key));
    case 'select':
    case 'radios':
    case 'division':
    case 'appointment':
      return typed(raw, typeOf(property));
    case 'phone':
    case 'citizenNumber':
    case 'uscc':
      return compact(raw).toUpperCase() || undefined;
    case 'address':
      return decodeAddress(name, form);
    case 'people':
      return decodePeople(field, schema, name, form);
    case 'paragraph':
      return raw.replace(/\r\n?/g, '\n').trim() || undefined;
    case 'email':
      return plain(raw) || undefined;
    default:
      return raw.trim() || undefined;
  }
};

const decodeFields = (layout: FieldLayout[], schema: unknown, form: URLSearchParams, prefix: string): FormValues => {
  const values: FormValues = {};
  for (const field of layout) {
    const value = decodeField(field, schema, form, prefix + field.key);
    if (value !== undefined) values[field.key] = value;
  }
  return values;
};

/**
 * HTML form fields → the JSON values that the step's schema describes: numbers, booleans, arrays, fen, dates as YYYY-MM-DD.
 * What was left empty is absent; what can't be read stays as typed, so that the site names it and the page shows it again.
 */
export const decodeForm = (step: Pick<FormStep, 'layout' | 'schema'>, form: URLSearchParams, visible?: readonly string[]): FormValues =>
  decodeFields(asked(step.layout, visible), step.schema, form, '');

/** The form fields that a browser would send for these values: the inverse of `decodeForm`. */
export const encodeForm = (step: Pick<FormStep, 'layout' | 'schema'>, values: FormValues, visible?: readonly string[]): URLSearchParams => {
  const form = new URLSearchParams();
  encodeFields(asked(step.layout, visible), values, form, '');
  return form;
};

const encodeFields = (layout: FieldLayout[], values: FormValues, form: URLSearchParams, prefix: string): void => {
  for (const field of layout) encodeField(field, values[field.key], form, prefix + field.key);
};

const encodeField = (field: FieldLayout, value: unknown, form: URLSearchParams, name: string): void => {
  if (value === undefined || value === null || (value === false && field.control === 'checkbox')) return;
  if (field.control === 'people' && Array.isArray(value)) {
    value.forEach((entry, index) => encodeFields(entryFields(field), entry as FormValues, form, `${name}.${index}.`));
  } else if (Array.isArray(value)) {
    for (const one of value) form.append(name, String(one));
  } else if (field.control === 'date') {
    String(value)
      .split('-')
      .forEach((part, index) => form.set(`${name}.${['y', 'm', 'd'][index] ?? 'd'}`, part));
  } else if (typeof value === 'object') {
    for (const [part, inner] of Object.entries(value)) form.set(`${name}.${part}`, String(inner));
  } else {
    form.set(name, field.control === 'money' ? encodeMoney(value) : String(value));
  }
};
