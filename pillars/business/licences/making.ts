import { randomBytes } from 'node:crypto';
import type { Text } from '@zhengwu/contracts';
import { addDays, dayOf, isDay } from '@zhengwu/clock';
import { createFeel, type CompiledExpression } from '@zhengwu/decisions';
import { composeLicenceId } from '@zhengwu/ids';
import type { LicenceType } from '@zhengwu/pack';
import { fail } from './errors.ts';
import type { LicenceField, LicenceRow, UnsignedRow } from './licence.ts';

/** What a licence is made of: its type itself, or the type's code in a frozen pack. */
export interface LicenceInput {
  licenceType?: LicenceType;
  type?: string;
  packHash?: string;
  holder: string;
  holderKind: 'person' | 'institution';
  holderName: string;
  caseId: string | null;
  department: number;
  fields: Record<string, unknown>;
  /** Day, or null: by the licence type's own rule. */
  validUntil: string | null;
  /** sha256 of the holder's portrait in files. */
  portrait?: string | null;
  now: Date;
}

/** A licence not yet signed. */
export interface LicenceDraft {
  id: string;
  name: Text;
  row: UnsignedRow;
}

/** A signed licence: commit `row` by `licences.write`. */
export interface LicenceMade extends LicenceDraft {
  row: LicenceRow;
}

const feel = createFeel();
const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** Rules of validity, compiled once. */
const rules = new Map<string, CompiledExpression>();
const ruleOf = (expression: string): CompiledExpression => {
  const known = rules.get(expression) ?? feel.compileExpression(expression);
  rules.set(expression, known);
  return known;
};
/** Crockford's alphabet: nothing that is misread from paper. */
const READABLE = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkCode = (): string => [...randomBytes(8)].map((byte) => READABLE[byte & 31]).join('');
/** A check code as people type it: with the printed dash, small letters, O for 0. */
export const readCheckCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

const printed = (value: unknown, format: LicenceField['format']): string => {
  if (value === null || value === undefined) return '';
  if (format === 'money' && typeof value === 'number') return `¥${money.format(value / 100)}`;
  if (Array.isArray(value)) return value.map((one) => printed(one, format)).join('；');
  if (typeof value === 'object') return 'zh' in value ? String(value.zh) : JSON.stringify(value);
  return String(value as string | number | boolean);
};

const fieldsOf = (type: LicenceType, given: Record<string, unknown>): LicenceField[] => {
  const fields = type.fields.map(({ key, label, format, personal }) => ({ key, label, format, personal, value: printed(given[key], format) }));
  const missing = type.fields.filter((one, index) => one.required && fields[index]?.value === '');
  if (missing.length > 0) throw fail('licence.field-missing', { type: type.name.zh, fields: missing.map((one) => one.label.zh).join('、') });
  return fields;
};

/** Last day of validity: told, or by the type's FEEL rule, or so many years less a day; null: no end. */
const lastDay = (type: LicenceType, input: LicenceInput): string | null => {
  const told = input.validUntil ?? (type.validity.until ? ruleOf(type.validity.until).evaluate({ fields: input.fields }).value : null);
  if (typeof told === 'string' && isDay(told)) return told;
  if (told !== null && told !== undefined) throw fail('licence.validity-unclear', { type: type.name.zh });
  if (type.validity.years === undefined) return null;
  const today = dayOf(input.now);
  const [month, day] = [today.slice(5, 7), today.slice(8)];
  const year = Number(today.slice(0, 4)) + type.validity.years;
  return addDays(month === '02' && day === '29' && !isDay(`${year}-02-29`) ? `${year}-03-01` : `${year}-${month}-${day}`, -1);
};

/** Makes a licence to be signed, without the database; `serial` must be new unless `version` counts on. */
export const makeLicence = (type: LicenceType, input: LicenceInput, serial: string, version = 1): LicenceDraft => {
  const row: UnsignedRow = {
    id: composeLicenceId({ type: type.typeCode, issuer: type.issuer.uscc, serial, version }),
    type: type.code, name_zh: type.name.zh, name_en: type.name.en, serial, version,
    holder: input.holder, holder_kind: input.holderKind, holder_name: input.holderName,
    issuer_zh: type.issuer.name.zh, issuer_en: type.issuer.name.en, issuer_uscc: type.issuer.uscc,
    department: input.department, case_id: input.caseId, fields: fieldsOf(type, input.fields), given: input.fields, template: type.template,
    portrait: input.portrait ?? null, replaces: type.replaces,
    issued_at: input.now.toISOString(), issued_on: dayOf(input.now), valid_until: lastDay(type, input), status: 'valid', check_code: checkCode(),
  };
  return { id: row.id, name: type.name, row };
};

/** Serials of one process: the day, the process's own number, a running one; unique without asking the database each time. */
export const serials = (processNumber: number): ((now: Date) => string) => {
  const run = processNumber.toString(36).toUpperCase().padStart(4, '0');
  let count = 0;
  return (now) => `${dayOf(now).replaceAll('-', '')}${run}${(++count).toString(36).toUpperCase().padStart(5, '0')}`;
};
