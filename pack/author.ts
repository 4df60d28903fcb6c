import { Type, type TProperties, type TSchema } from 'typebox';
import type { FieldLayout, FormStep, Text } from '@zhengwu/contracts';

/** Wording in both languages. */
export const text = (zh: string, en: string): Text => ({ zh, en });

/** One question of a form: what is valid (TypeBox) beside how it is asked. */
export interface Question {
  schema: TSchema;
  layout: FieldLayout;
}

type Look = Omit<FieldLayout, 'key' | 'question' | 'control'>;

/** Declares a question. Wrap the schema in `Type.Optional` when it may stay empty. */
export const ask = (key: string, control: FieldLayout['control'], question: Text, schema: TSchema, look: Look = {}): Question => ({
  schema,
  layout: { key, question, control, ...look },
});

/** A closed set of answers: its enumeration and its options from one table. */
export const choices = <K extends string>(table: Record<K, Text>): { schema: TSchema; options: { value: string; label: Text }[] } => ({
  schema: Type.Enum(Object.keys(table)),
  options: Object.entries<Text>(table).map(([value, label]) => ({ value, label })),
});

/** A question whose answer is one of `table`; radios up to five, else a list. */
export const askOne = <K extends string>(key: string, question: Text, table: Record<K, Text>, look: Look = {}): Question => {
  const { schema, options } = choices(table);
  return ask(key, options.length > 5 ? 'select' : 'radios', question, schema, { options, ...look });
};

/** Yes or no; the answer is a boolean. */
export const askYesNo = (key: string, question: Text, look: Look = {}): Question => ask(key, 'checkbox', question, Type.Boolean(), look);

const propertiesOf = (questions: readonly Question[]): TProperties =>
  Object.fromEntries(questions.map((question) => [question.layout.key, question.schema]));

/** One page of the application, closed to unknown fields. */
export const step = (id: string, title: Text, questions: readonly Question[], hint?: Text): FormStep => ({
  id,
  title,
  ...(hint ? { hint } : {}),
  schema: Type.Object(propertiesOf(questions), { additionalProperties: false }),
  layout: questions.map((question) => question.layout),
});

/** The same for a pre-check: schema and questions. */
export const preCheck = (decision: string, questions: readonly Question[]): { decision: string; schema: Record<string, unknown>; questions: FieldLayout[] } => ({
  decision,
  schema: Type.Object(propertiesOf(questions), { additionalProperties: false }) as unknown as Record<string, unknown>,
  questions: questions.map((question) => question.layout),
});

/** Schemas that many forms share. Lengths are what registers keep. */
export const valid = {
  line: (maxLength = 100): TSchema => Type.String({ minLength: 1, maxLength, pattern: '\\S' }),
  paragraph: (maxLength = 1000): TSchema => Type.String({ minLength: 1, maxLength }),
  day: Type.String({ format: 'date' }) as TSchema,
  phone: Type.String({ pattern: '^(1\\d{10}|0\\d{2,3}-?\\d{7,8})$' }) as TSchema,
  email: Type.String({ format: 'email', maxLength: 120 }) as TSchema,
  citizenNumber: Type.String({ pattern: '^\\d{17}[\\dX]$' }) as TSchema,
  uscc: Type.String({ pattern: '^[0-9A-HJ-NP-RTUWXY]{18}$' }) as TSchema,
  division: Type.String({ pattern: '^\\d{6}$' }) as TSchema,
  postcode: Type.String({ pattern: '^\\d{6}$' }) as TSchema,
};
