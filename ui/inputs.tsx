import type { Language } from '@zhengwu/contracts';
import { describedBy, Field, FieldGroup, type FieldFrame } from './field.tsx';
import { say } from './words.ts';

export interface InputProps {
  frame: FieldFrame;
  name: string;
  value?: string;
  type?: 'text' | 'tel' | 'email' | 'password' | 'search';
  mode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  width?: 'w4' | 'w11' | 'w18' | 'w30';
  autocomplete?: string;
  readOnly?: boolean;
  required?: boolean;
  maxLength?: number;
}

const shared = (frame: FieldFrame, required?: boolean) => ({
  id: frame.id,
  'aria-describedby': describedBy(frame),
  'aria-invalid': frame.error ? (true as const) : undefined,
  'aria-required': required ? (true as const) : undefined,
});

export const TextInput = ({ frame, name, value, type = 'text', mode, width = 'w30', autocomplete, readOnly, required, maxLength }: InputProps) => (
  <Field frame={frame}>
    <input
      {...shared(frame, required)}
      name={name}
      type={type}
      inputMode={mode}
      defaultValue={value}
      autoComplete={autocomplete}
      readOnly={readOnly}
      maxLength={maxLength}
      className={mode === 'numeric' || mode === 'decimal' || mode === 'tel' ? `${width} number` : width}
      spellCheck={false}
    />
  </Field>
);

export const PhoneInput = (props: InputProps) => <TextInput {...props} type="tel" mode="tel" width="w11" autocomplete={props.autocomplete ?? 'tel'} />;
/** Citizen numbers end in X at times, so the keyboard stays alphanumeric. */
export const CitizenNumberInput = (props: InputProps) => <TextInput {...props} width="w18" autocomplete={props.autocomplete ?? 'off'} />;

export const TextArea = ({
  frame,
  name,
  value,
  required,
  rows = 5,
  maxLength,
}: {
  frame: FieldFrame;
  name: string;
  value?: string;
  required?: boolean;
  rows?: number;
  maxLength?: number;
}) => (
  <Field frame={frame}>
    <textarea {...shared(frame, required)} name={name} defaultValue={value} rows={rows} maxLength={maxLength} className="w30" />
  </Field>
);

export const MoneyInput = ({ frame, name, value, required, lang }: { frame: FieldFrame; name: string; value?: string; required?: boolean; lang: Language }) => (
  <Field frame={frame}>
    <div className="unit">
      <span aria-hidden="true">¥</span>
      <input {...shared(frame, required)} name={name} inputMode="decimal" className="number" defaultValue={value} aria-label={undefined} title={say('yuan', lang)} />
    </div>
  </Field>
);

export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

export const Select = ({
  frame,
  name,
  value,
  choices,
  required,
  lang,
}: {
  frame: FieldFrame;
  name: string;
  value?: string;
  choices: Choice[];
  required?: boolean;
  lang: Language;
}) => (
  <Field frame={frame}>
    <select {...shared(frame, required)} name={name} defaultValue={value ?? ''} className="w18">
      <option value="">{say('choose', lang)}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  </Field>
);

/** Id of the nth choice: the first one carries the field's id, so that the error summary reaches it. */
const choiceId = (id: string, index: number): string => (index === 0 ? id : `${id}-${index}`);

export const Radios = ({ frame, name, value, choices, inline }: { frame: FieldFrame; name: string; value?: string; choices: Choice[]; inline?: boolean }) => (
  <FieldGroup frame={frame}>
    <div className={inline ? 'choices inline' : 'choices'}>
      {choices.map((choice, index) => (
        <Pick key={choice.value} kind="radio" id={choiceId(frame.id, index)} name={name} choice={choice} checked={value === choice.value} />
      ))}
    </div>
  </FieldGroup>
);

export const Checkboxes = ({ frame, name, values, choices }: { frame: FieldFrame; name: string; values: string[]; choices: Choice[] }) => (
  <FieldGroup frame={frame}>
    <div className="choices">
      {choices.map((choice, index) => (
        <Pick key={choice.value} kind="checkbox" id={choiceId(frame.id, index)} name={name} choice={choice} checked={values.includes(choice.value)} />
      ))}
    </div>
  </FieldGroup>
);

/** One radio or checkbox with its label. */
export const Pick = ({
  kind,
  id,
  name,
  choice,
  checked,
  describedBy: described,
  invalid,
}: {
  kind: 'radio' | 'checkbox';
  id: string;
  name: string;
  choice: Choice;
  checked: boolean;
  describedBy?: string;
  invalid?: boolean;
}) => (
  <div className="choice">
    <input
      type={kind}
      id={id}
      name={name}
      value={choice.value}
      defaultChecked={checked}
      aria-invalid={invalid ? true : undefined}
      aria-describedby={[choice.hint ? `${id}-hint` : '', described ?? ''].filter(Boolean).join(' ') || undefined}
    />
    <label htmlFor={id}>
      {choice.label}
      {choice.hint ? (
        <span className="hint" id={`${id}-hint`}>
          <br />
          {choice.hint}
        </span>
      ) : null}
    </label>
  </div>
);

export const Checkbox = ({ frame, name, checked }: { frame: FieldFrame; name: string; checked: boolean }) => (
  <div className={frame.error ? 'field bad' : 'field'}>
    {frame.error ? (
      <p className="error" id={`${frame.id}-error`}>
        {frame.error}
      </p>
    ) : null}
    <Pick
      kind="checkbox"
      id={frame.id}
      name={name}
      choice={{ value: 'true', label: String(frame.label), hint: frame.hint ? String(frame.hint) : undefined }}
      checked={checked}
      invalid={Boolean(frame.error)}
      describedBy={frame.error ? `${frame.id}-error` : undefined}
    />
  </div>
);

/** A date as three short fields (`name.y`, `.m`, `.d`), which no browser or screen reader gets wrong. */
export const DateInput = ({ frame, name, value = '', lang, birthday }: { frame: FieldFrame; name: string; value?: string; lang: Language; birthday?: boolean }) => {
  const [year = '', month = '', day = ''] = value.split('-');
  const part = (key: 'y' | 'm' | 'd', word: 'year' | 'month' | 'day', given: string, auto: string) => (
    <div className={key}>
      <label htmlFor={key === 'y' ? frame.id : `${frame.id}-${key}`}>{say(word, lang)}</label>
      <input
        id={key === 'y' ? frame.id : `${frame.id}-${key}`}
        name={`${name}.${key}`}
        inputMode="numeric"
        className="number"
        defaultValue={given}
        maxLength={4}
        autoComplete={birthday ? auto : undefined}
        aria-invalid={frame.error ? true : undefined}
      />
    </div>
  );
  return (
    <FieldGroup frame={frame}>
      <div className="date">
        {part('y', 'year', year, 'bday-year')}
        {part('m', 'month', month, 'bday-month')}
        {part('d', 'day', day, 'bday-day')}
      </div>
    </FieldGroup>
  );
};

export interface AddressValue {
  division?: string;
  street?: string;
  detail?: string;
}
export const AddressInput = ({ frame, name, value, divisions, lang }: { frame: FieldFrame; name: string; value: AddressValue; divisions: Choice[]; lang: Language }) => {
  const inner = (key: keyof AddressValue): FieldFrame => ({ id: key === 'division' ? frame.id : `${frame.id}-${key}`, label: say(key, lang), lang });
  return (
    <FieldGroup frame={frame}>
      {divisions.length > 0 ? (
        <Select frame={inner('division')} name={`${name}.division`} value={value.division} choices={divisions} lang={lang} />
      ) : (
        <TextInput frame={inner('division')} name={`${name}.division`} value={value.division} width="w18" autocomplete="address-level3" />
      )}
      <TextInput frame={inner('street')} name={`${name}.street`} value={value.street} autocomplete="address-line1" />
      <TextInput frame={inner('detail')} name={`${name}.detail`} value={value.detail} autocomplete="address-line2" />
    </FieldGroup>
  );
};

export const FileInput = ({ frame, name, accept, data }: { frame: FieldFrame; name: string; accept: string[]; data?: Record<`data-${string}`, string> }) => (
  <Field frame={frame}>
    <input {...shared(frame)} type="file" name={name} accept={accept.join(',')} {...data} />
  </Field>
);

export const Hidden = ({ fields }: { fields: Record<string, string> }) => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
  </>
);
