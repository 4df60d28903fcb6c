import { Type, type Static } from 'typebox';
import { secrecyLevels, sharingClasses, Text } from '@zhengwu/contracts';
import { fieldClasses } from './codes.ts';
import { closed, DepartmentCode, Expression, Key, keysOf, Slug } from './parts.ts';

export const RegisterField = closed({
  key: Key,
  label: Text,
  /** Who may read it; anything above `internal` is masked and its reading audited. */
  class: keysOf(fieldClasses),
  /** For `sensitive`: the departments that may read it in clear, beside the person. */
  departments: Type.Optional(Type.Array(DepartmentCode)),
  /** What coded values are called. */
  values: Type.Optional(Type.Record(Type.String(), Text)),
  /** How the value is checked: national identifiers by their check digit. */
  identifier: Type.Optional(
    Type.Unsafe<'citizenNumber' | 'uscc' | 'organisationCode' | 'division'>(
      Type.Enum(['citizenNumber', 'uscc', 'organisationCode', 'division']),
    ),
  ),
});
export type RegisterField = Static<typeof RegisterField>;

/** What a register is, among the base registers 基础库. */
export const registerCategories = ['population', 'legal', 'geography', 'economy', 'credit', 'licence'] as const;

/** A rule that records should keep; what share of them does is a score. `holds` is FEEL over the record's fields, for rules that need more than their kind; with `register`, `other.x` is a field of the record that the first field names there. */
export const QualityRule = closed({
  code: Slug,
  name: Type.Optional(Text),
  kind: Type.Unsafe<'completeness' | 'validity' | 'uniqueness' | 'timeliness' | 'consistency'>(
    Type.Enum(['completeness', 'validity', 'uniqueness', 'timeliness', 'consistency']),
  ),
  fields: Type.Array(Key, { minItems: 1 }),
  holds: Type.Optional(Expression),
  /** Timeliness: days within which a record is looked at again. */
  withinDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
  /** Consistency: the register in which the field's value is a key. */
  register: Type.Optional(Slug),
  /** Share in the register's score; 1 unless said. */
  weight: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
});
export type QualityRule = Static<typeof QualityRule>;

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
  category: Type.Optional(Type.Unsafe<(typeof registerCategories)[number]>(Type.Enum([...registerCategories]))),
  /** Where its records come from. */
  sources: Type.Optional(Type.Array(Text, { maxItems: 50 })),
  quality: Type.Optional(Type.Array(QualityRule, { maxItems: 100 })),
  /** How long versions that no longer hold are kept, and by what rule. */
  retention: Type.Optional(closed({ years: Type.Union([Type.Integer({ minimum: 1, maximum: 200 }), Type.Literal('permanent')]), basis: Text })),
  /** Working days within which a challenged value is answered 校核纠错; 10 unless said. */
  correctionDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
});
export type Register = Static<typeof Register>;
