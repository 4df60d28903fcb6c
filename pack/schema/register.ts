import { Type, type Static } from 'typebox';
import { secrecyLevels, sharingClasses, Text } from '@zhengwu/contracts';
import { fieldClasses } from './codes.ts';
import { closed, DepartmentCode, Key, keysOf, Slug } from './parts.ts';

export const RegisterField = closed({
  key: Key,
  label: Text,
  /** Who may read it; anything above `internal` is masked and its reading audited. */
  class: keysOf(fieldClasses),
  /** For `sensitive`: the departments that may read it in clear, beside the person. */
  departments: Type.Optional(Type.Array(DepartmentCode)),
  /** How the value is checked: national identifiers by their check digit. */
  identifier: Type.Optional(
    Type.Unsafe<'citizenNumber' | 'uscc' | 'organisationCode' | 'division'>(
      Type.Enum(['citizenNumber', 'uscc', 'organisationCode', 'division']),
    ),
  ),
});
export type RegisterField = Static<typeof RegisterField>;

/** An authoritative data set with history. */
export const Register = closed({
  code: Slug,
  name: Text,
  /** JSON Schema (object) of one record. */
  schema: Type.Record(Type.String(), Type.Unknown()),
  /** The field that identifies a record. */
  key: Key,
  fields: Type.Array(RegisterField, { minItems: 1 }),
  /** Whom a record is about: its key is then that principal's identifier. */
  subject: Type.Unsafe<'person' | 'company' | 'none'>(Type.Enum(['person', 'company', 'none'])),
  /** Secrecy label 密级 of its records; internal unless said. Above the site's highest the pack is refused. */
  label: Type.Optional(keysOf(secrecyLevels)),
  /** The department that keeps it. */
  keeper: DepartmentCode,
  sharing: closed({
    class: keysOf(sharingClasses),
    condition: Type.Optional(Text),
    /** The law or policy; required for class 3. */
    basis: Type.Optional(Text),
  }),
});
export type Register = Static<typeof Register>;
