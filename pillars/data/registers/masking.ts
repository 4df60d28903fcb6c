import { maskCitizenNumber, maskName } from '@zhengwu/ids';
import type { Register, RegisterField } from '@zhengwu/pack';

/** Who reads a record: the person it is about, an official of some departments, or anybody. */
export interface Reader {
  own: boolean;
  official: boolean;
  /** Codes of the departments the official works in. */
  departments: readonly string[];
  /** People's numbers stay masked whatever the class allows, until one is asked for by itself. */
  withoutNumbers?: boolean;
}

const masked = (field: RegisterField, value: unknown): string => {
  if (field.identifier === 'citizenNumber') return maskCitizenNumber(String(value));
  if (field.key === 'name') return maskName(String(value));
  return '＊＊＊';
};

/** Whether this reader may see the field in clear (个人信息保护法 §6: no more than needed). */
export const maySee = (field: RegisterField, reader: Reader): boolean => {
  if (reader.own) return true;
  if (reader.withoutNumbers && field.identifier === 'citizenNumber') return false;
  if (field.class === 'public') return true;
  if (!reader.official || field.class === 'personal') return false;
  if (field.class === 'internal') return true;
  return (field.departments ?? []).some((code) => reader.departments.some((mine) => mine === code || mine.startsWith(`${code}-`)));
};

/** The record as this reader may see it: what is above their class is masked, never left out silently. */
export const maskRecord = (register: Register, record: Record<string, unknown>, reader: Reader): Record<string, unknown> =>
  Object.fromEntries(
    register.fields.map((field) => {
      const value = record[field.key] ?? null;
      return [field.key, value === null || maySee(field, reader) ? value : masked(field, value)];
    }),
  );
