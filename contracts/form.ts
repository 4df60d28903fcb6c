import { Type, type Static } from 'typebox';
import { Text } from './text.ts';

/** How a field is shown; the schema says what is valid, the control only how it is asked. */
export const Control = Type.Enum([
  'text', 'paragraph', 'number', 'money', 'date', 'select', 'radios', 'checkbox', 'checkboxes', 'phone', 'email',
  'citizenNumber', 'uscc', 'address', 'division', 'file', 'portrait', 'people', 'appointment', 'static',
]);

export const FieldOption = Type.Object({ value: Type.String(), label: Text, hint: Type.Optional(Text) });

export const FieldLayout = Type.Object({
  /** Key of the field in the step's schema. */
  key: Type.String(),
  question: Text,
  hint: Type.Optional(Text),
  control: Control,
  options: Type.Optional(Type.Array(FieldOption)),
  /** FEEL over the answers so far; the field is asked only when true. */
  showWhen: Type.Optional(Type.String()),
  /** FEEL over `account`, `principal`, `facts`, `licences`: an answer already held, never asked again. */
  prefill: Type.Optional(Type.String()),
  /** Where the prefilled answer comes from, for the applicant to read. */
  prefillSource: Type.Optional(Text),
  /** The prefilled answer is shown and can't be edited. */
  locked: Type.Optional(Type.Boolean()),
  /** Personal data: masked where the policy of the operation does not say otherwise. */
  personal: Type.Optional(Type.Boolean()),
  autocomplete: Type.Optional(Type.String()),
  /** For `people`: the fields of one entry. */
  items: Type.Optional(Type.Array(Type.Unknown())),
});
export type FieldLayout = Static<typeof FieldLayout>;

/** One page of an application: a JSON Schema for its answers and the layout beside it. */
export const FormStep = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
  title: Text,
  hint: Type.Optional(Text),
  schema: Type.Unknown({ description: 'JSON Schema (object) of the answers' }),
  layout: Type.Array(FieldLayout),
});
export type FormStep = Static<typeof FormStep>;

export const Form = Type.Object({ steps: Type.Array(FormStep, { minItems: 1 }) });
export type Form = Static<typeof Form>;
