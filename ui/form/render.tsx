import type { ReactNode } from 'react';
import { inLanguage, type FieldIssue, type FieldLayout, type FormStep, type Language, type Text } from '@zhengwu/contracts';
import { Button } from '../actions.tsx';
import { ErrorSummary, type FieldFrame } from '../field.tsx';
import {
  AddressInput,
  Checkbox,
  Checkboxes,
  CitizenNumberInput,
  DateInput,
  MoneyInput,
  PhoneInput,
  Radios,
  Select,
  TextArea,
  TextInput,
  type Choice,
} from '../inputs.tsx';
import { say } from '../words.ts';
import { encodeMoney } from './decode.ts';
import { asked, asList, asRecord, asText, entryFields, isRequired, itemOf, propertyOf, typeOf, type FormValues } from './shape.ts';

export interface FormContext {
  lang: Language;
  /** Keys to ask now; all of the layout when absent. */
  visible?: readonly string[];
  issues?: readonly FieldIssue[];
  prefilled?: readonly { key: string; source: Text; locked: boolean }[];
  slots?: Record<string, readonly { value: string; label: Text }[]>;
  /** Empty entries a `people` field shows beyond those given. */
  extraEntries?: Record<string, number>;
  /** The page has a heading of its own, even over a single question. */
  ownHeading?: boolean;
}

/** DOM id of a field from its form name. */
export const fieldId = (name: string): string => `f-${name.replaceAll('.', '-')}`;

/** Form name that a JSON pointer of an issue points at: `/body/values/people/0/name` → `people.0.name`. */
export const issueName = (path: string): string => {
  const parts = path
    .replace(/^#?\/?(?:body(?=\/))?/, '')
    .split(/[/.]/)
    .filter(Boolean);
  return (parts[0] === 'values' ? parts.slice(1) : parts).join('.');
};

const errorOf = (context: FormContext, name: string): string | undefined => {
  const exact = context.issues?.find((issue) => issueName(issue.path) === name);
  return exact?.message;
};
/** Composite controls also show what is wrong with a part of them. */
const errorWithin = (context: FormContext, name: string): string | undefined =>
  errorOf(context, name) ?? context.issues?.find((issue) => issueName(issue.path).startsWith(`${name}.`))?.message;

const choicesOf = (field: FieldLayout, property: Record<string, unknown>, lang: Language): Choice[] => {
  if (field.options?.length)
    return field.options.map((option) => ({ value: option.value, label: inLanguage(option.label, lang), hint: option.hint ? inLanguage(option.hint, lang) : undefined }));
  if (typeOf(property) === 'boolean')
    return [
      { value: 'true', label: say('yes', lang) },
      { value: 'false', label: say('no', lang) },
    ];
  return asList(property.enum).map((value) => ({ value: String(value), label: String(value) }));
};

const frameOf = (field: FieldLayout, name: string, schema: unknown, context: FormContext, asHeading: boolean): FieldFrame => {
  const held = context.prefilled?.find((one) => one.key === name);
  return {
    id: fieldId(name),
    label: inLanguage(field.question, context.lang),
    hint: field.hint ? inLanguage(field.hint, context.lang) : undefined,
    error: ['date', 'address', 'checkboxes'].includes(field.control) ? errorWithin(context, name) : errorOf(context, name),
    asHeading,
    optional: !isRequired(schema, field.key) && !['checkbox', 'checkboxes', 'static', 'people'].includes(field.control),
    source: held ? inLanguage(held.source, context.lang) : undefined,
    lang: context.lang,
  };
};

interface Ask {
  field: FieldLayout;
  name: string;
  value: unknown;
  schema: unknown;
  context: FormContext;
  asHeading: boolean;
}

const Locked = ({ frame, value, display }: { frame: FieldFrame; value: string; display: string }) => (
  <div className="field">
    <p className="label">{frame.asHeading ? <h1>{frame.label}</h1> : frame.label}</p>
    {frame.hint ? <p className="hint">{frame.hint}</p> : null}
    <p id={frame.id}>{display || value}</p>
    {frame.source ? <p className="source">{say('fromSource', frame.lang, { source: frame.source })}</p> : null}
  </div>
);

const People = ({ ask }: { ask: Ask }) => {
  const { field, name, schema, context } = ask;
  const given = asList(ask.value).map(asRecord);
  const rows = [...given, ...Array.from({ length: Math.max(given.length === 0 ? 1 : 0, context.extraEntries?.[name] ?? 0) }, () => ({}) as FormValues)];
  const entry = itemOf(propertyOf(schema, field.key));
  const error = errorOf(context, name);
  return (
    <fieldset className={error ? 'field bad' : 'field'} id={fieldId(name)}>
      <legend>{ask.asHeading ? <h1>{inLanguage(field.question, context.lang)}</h1> : inLanguage(field.question, context.lang)}</legend>
      {field.hint ? <p className="hint">{inLanguage(field.hint, context.lang)}</p> : null}
      {error ? <p className="error">{error}</p> : null}
      {rows.map((row, index) => (
        <fieldset className="people" key={index}>
          <legend>{say('entry', context.lang, { n: index + 1 })}</legend>
          {entryFields(field).map((inner) => (
            <Question key={inner.key} ask={{ field: inner, name: `${name}.${index}.${inner.key}`, value: row[inner.key], schema: entry, context, asHeading: false }} />
          ))}
          {rows.length > 1 ? (
            <Button kind="quiet" name="_remove" value={`${name}.${index}`} formNoValidate>
              {say('removeEntry', context.lang, { n: index + 1 })}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <Button kind="quiet" name="_add" value={name} formNoValidate>
        {say('addEntry', context.lang)}
      </Button>
    </fieldset>
  );
};

const Appointment = ({ ask, frame }: { ask: Ask; frame: FieldFrame }) => {
  const slots = ask.context.slots?.[ask.name] ?? [];
  if (slots.length === 0 && !ask.field.options?.length)
    return (
      <div className="field">
        <p className="label">{frame.label}</p>
        <p id={frame.id}>{say('noSlots', ask.context.lang)}</p>
      </div>
    );
  const choices =
    slots.length > 0 ? slots.map((slot) => ({ value: slot.value, label: inLanguage(slot.label, ask.context.lang) })) : choicesOf(ask.field, {}, ask.context.lang);
  return <Radios frame={frame} name={ask.name} value={asText(ask.value)} choices={choices} />;
};

const Choices = ({ ask, frame, property }: { ask: Ask; frame: FieldFrame; property: Record<string, unknown> }): ReactNode => {
  const { field, name, value, context } = ask;
  const choices = choicesOf(field, property, context.lang);
  if (field.control === 'checkboxes') return <Checkboxes frame={frame} name={name} values={asList(value).map(String)} choices={choices} />;
  if (field.control === 'radios')
    return (
      <Radios frame={frame} name={name} value={asText(value)} choices={choices} inline={choices.length === 2 && choices.every((choice) => choice.label.length < 6)} />
    );
  return <Select frame={frame} name={name} value={asText(value)} choices={choices} required={!frame.optional} lang={context.lang} />;
};

/** The control of one question. */
const Question = ({ ask }: { ask: Ask }): ReactNode => {
  const { field, name, value, schema, context } = ask;
  const { lang } = context;
  const property = propertyOf(schema, field.key);
  const frame = frameOf(field, name, schema, context, ask.asHeading);
  const required = isRequired(schema, field.key);
  const text = asText(value);
  const limit = typeof property.maxLength === 'number' ? property.maxLength : undefined;
  const input = { frame, name, value: text, required, maxLength: limit, autocomplete: field.autocomplete };
  if (field.control === 'static')
    return (
      <p className="field">
        {inLanguage(field.question, lang)}
        {field.hint ? <span className="hint">{inLanguage(field.hint, lang)}</span> : null}
      </p>
    );
  if (isLocked(ask)) return <Locked frame={frame} value={text} display={displayOf(field, property, value, lang)} />;
  switch (field.control) {
    case 'people':
      return <People ask={ask} />;
    case 'appointment':
      return <Appointment ask={ask} frame={frame} />;
    case 'select':
    case 'radios':
    case 'checkboxes':
      return <Choices ask={ask} frame={frame} property={property} />;
    case 'division':
      return field.options?.length ? <Choices ask={ask} frame={frame} property={property} /> : <TextInput {...input} width="w18" />;
    case 'checkbox':
      return <Checkbox frame={frame} name={name} checked={value === true} />;
    case 'paragraph':
      return <TextArea frame={frame} name={name} value={text} required={required} maxLength={limit} />;
    case 'date':
      return <DateInput frame={frame} name={name} value={text} lang={lang} birthday={field.autocomplete === 'bday'} />;
    case 'money':
      return <MoneyInput frame={frame} name={name} value={encodeMoney(value)} required={required} lang={lang} />;
    case 'phone':
      return <PhoneInput {...input} maxLength={undefined} />;
    case 'citizenNumber':
    case 'uscc':
      return <CitizenNumberInput {...input} maxLength={undefined} />;
    case 'number':
      return <TextInput {...input} mode="decimal" width="w11" maxLength={undefined} />;
    case 'email':
      return <TextInput {...input} type="email" mode="email" autocomplete={field.autocomplete ?? 'email'} />;
    case 'address':
      return typeOf(property) === 'object' ? (
        <AddressInput frame={frame} name={name} value={asRecord(value)} divisions={choicesOf(field, {}, lang)} lang={lang} />
      ) : (
        <TextInput {...input} autocomplete={field.autocomplete ?? 'street-address'} />
      );
    default:
      return <TextInput {...input} />;
  }
};

const isLocked = ({ name, field, context, value }: Ask): boolean =>
  value !== undefined && value !== null && (context.prefilled?.some((one) => one.key === name && one.locked) ?? field.locked ?? false);

/** An answer in words: the option's label, yuan, yes or no. */
export const displayOf = (field: FieldLayout, property: Record<string, unknown>, value: unknown, lang: Language): string => {
  if (field.control === 'money') return `¥${encodeMoney(value)}`;
  const labels = choicesOf(field, property, lang);
  const label = (one: unknown): string => labels.find((choice) => choice.value === String(one))?.label ?? asText(one);
  if (Array.isArray(value)) return value.map(label).join(lang === 'en' ? ', ' : '、');
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .filter((part) => typeof part === 'string')
      .join(' ');
  return label(value);
};

/** The questions of one step, errors first. A step of one question makes it the page's heading. */
export const renderForm = (step: FormStep, values: FormValues, context: FormContext): ReactNode => {
  const fields = asked(step.layout, context.visible);
  const single = !context.ownHeading && fields.filter((field) => field.control !== 'static').length === 1;
  return (
    <>
      {fields.map((field) => (
        <Question
          key={field.key}
          ask={{
            field,
            name: field.key,
            value: values[field.key],
            schema: step.schema,
            context,
            asHeading: single && field.control !== 'checkbox' && field.control !== 'static',
          }}
        />
      ))}
    </>
  );
};

/** Error summary of a step: every issue, linked to its field where the page has it. */
export const renderIssues = (step: FormStep, issues: readonly FieldIssue[], lang: Language): ReactNode => {
  const linked = (issue: FieldIssue): { href?: string; message: string } => {
    const name = issueName(issue.path);
    const field = step.layout.find((one) => one.key === name.split('.')[0]);
    if (!field) return { message: issue.message };
    // Several fields may miss the same thing: the line says which.
    const question = inLanguage(field.question, lang).replace(/[？?：:]$/, '');
    return { href: `#${fieldId(field.control === 'people' ? name : field.key)}`, message: `${question}${lang === 'en' ? ': ' : '：'}${issue.message}` };
  };
  return <ErrorSummary lang={lang} issues={issues.map(linked)} />;
};

/** Whether the step's only question is already the page's H1. */
export const asksOneThing = (step: FormStep, visible?: readonly string[]): boolean => {
  const questions = asked(step.layout, visible).filter((field) => field.control !== 'static');
  return questions.length === 1 && questions[0]?.control !== 'checkbox';
};
