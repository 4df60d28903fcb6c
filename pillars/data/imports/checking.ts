import type { Issue } from '@zhengwu/errors';
import { compileSchema } from '@zhengwu/http';
import { isCitizenNumber, isDivisionCode, isOrganisationCode, isUscc } from '@zhengwu/ids';
import type { Register } from '@zhengwu/pack';
import type { RawRow } from './rows/raw-row.ts';

/** Which column of the file fills which field of the register. */
export type Mapping = readonly { column: string; field: string }[];

export interface Checked {
  /** From 1, heads not counted. */
  row: number;
  key: string;
  data: Record<string, unknown>;
  issues: readonly Issue[];
}

interface PropertySchema {
  type?: string;
  format?: string;
  anyOf?: PropertySchema[];
}
interface RecordSchema {
  properties?: Record<string, PropertySchema>;
  required?: string[];
}

const identifiers = { citizenNumber: isCitizenNumber, uscc: isUscc, organisationCode: isOrganisationCode, division: isDivisionCode };
const LONGEST_KEY = 200;
const DAY_MS = 86_400_000;
/** Day 0 of the serial days of spreadsheets (ISO/IEC 29500-1 §18.17.4.1). */
const SERIAL_START = Date.UTC(1899, 11, 30);

type Read = (value: unknown) => unknown;

const asNumber: Read = (value) => (typeof value === 'string' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value.trim()) ? Number(value) : value);
const asBoolean: Read = (value) => ({ true: true, 1: true, 是: true, false: false, 0: false, 否: false })[String(value).toLowerCase()] ?? value;
const asJson: Read = (value) => {
  try {
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  } catch {
    return value;
  }
};
const asDay: Read = (value) => (typeof value === 'number' && value > 0 && value < 2_958_466 ? new Date(SERIAL_START + Math.floor(value) * DAY_MS).toISOString().slice(0, 10) : typeof value === 'string' ? value.trim() : value);
const asText: Read = (value) => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : value);
const readers: Readonly<Record<string, Read>> = { integer: asNumber, number: asNumber, boolean: asBoolean, array: asJson, object: asJson };

/** How a cell becomes a value of the field: text is read by the field's type, an empty cell is null where that is allowed and else missing. */
const readerOf = (property: PropertySchema): Read => {
  const branches = property.anyOf ?? [property];
  const main = branches.find(({ type }) => type !== 'null') ?? property;
  const read = readers[main.type ?? ''] ?? (main.format === 'date' ? asDay : asText);
  const empty = branches.some(({ type }) => type === 'null') ? null : undefined;
  return (value) => (value === '' || value === null || value === undefined ? empty : read(value));
};

const isKept = (value: unknown): boolean => {
  const text = typeof value === 'string' ? value : typeof value === 'object' && value !== null ? JSON.stringify(value) : '';
  return !text.includes('\0') && !text.includes('\\u0000') && text.isWellFormed();
};

/** Fields that cannot be filled, or are filled twice, by the mapping. */
export const mappingFaults = (register: Register, columns: readonly string[], mapping: Mapping): string[] => {
  const { properties = {}, required = [] } = register.schema as RecordSchema;
  const isTwice = (one: string, all: readonly string[]): boolean => all.filter((other) => other === one).length > 1;
  const fields = mapping.map(({ field }) => field);
  return [...new Set([
    ...mapping.filter(({ column, field }) => !columns.includes(column) || !Object.hasOwn(properties, field) || isTwice(field, fields) || isTwice(column, mapping.map((one) => one.column))).map(({ field }) => field),
    ...[...required, register.key].filter((field) => !fields.includes(field)),
  ])];
};

/** A mapping by equal names: a column is called as the field's key or one of its labels. */
export const guessMapping = (register: Register, columns: readonly string[]): Mapping => register.fields.flatMap(({ key, label }) => {
  const column = columns.find((name) => [key, label.zh, label.en].some((one) => one.toLowerCase() === name.trim().toLowerCase()));
  return column === undefined ? [] : [{ column, field: key }];
});

/** Checks rows against the register's schema and check digits, both compiled once. */
export const rowCheck = (register: Register, mapping: Mapping): ((raw: RawRow, row: number) => Checked) => {
  const check = compileSchema(register.schema as Record<string, unknown>);
  const properties = (register.schema as RecordSchema).properties ?? {};
  const parts = mapping.map(({ column, field }) => ({ column, field, read: readerOf(properties[field] ?? {}) }));
  const numbered = register.fields.filter(({ identifier }) => identifier !== undefined);
  return ({ cells, fault }, row) => {
    if (!cells) return { row, key: '', data: {}, issues: [{ path: '', code: fault ?? 'import.cells' }] };
    const data: Record<string, unknown> = {};
    const issues: Issue[] = [];
    for (const { column, field, read } of parts) {
      const value = read(Object.hasOwn(cells, column) ? cells[column] : undefined);
      if (!isKept(value)) issues.push({ path: `/${field}`, code: 'field.character' });
      else if (value !== undefined) data[field] = value;
    }
    issues.push(...check(data));
    for (const { key, identifier } of numbered) {
      const value = data[key];
      if (identifier && typeof value === 'string' && !identifiers[identifier](value)) issues.push({ path: `/${key}`, code: 'import.identifier' });
    }
    const key = String(data[register.key] ?? '');
    if (issues.length === 0 && (key.length === 0 || key.length > LONGEST_KEY)) issues.push({ path: `/${register.key}`, code: 'import.key' });
    return { row, key, data, issues };
  };
};
