import { Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { inLanguage, type FieldLayout, type Language, type Text } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';
import { Field, Group } from '../../parts/field.tsx';

interface Ask {
  field: FieldLayout;
  schema: unknown;
  value: unknown;
  set: (value: unknown) => void;
  error?: string;
  source?: Text;
  slots?: { value: string; label: Text }[];
  errorOf: (name: string) => string | undefined;
}

type Shape = Record<string, unknown>;
const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null && !Array.isArray(value);
const partOf = (schema: unknown, key: string): Shape => {
  const properties = isShape(schema) ? schema['properties'] : undefined;
  const part = isShape(properties) ? properties[key] : undefined;
  return isShape(part) ? part : {};
};

const optionsOf = (field: FieldLayout, property: Shape, lang: Language, yes: [string, string]): { value: string | boolean; label: string }[] => {
  const isFlag = property['type'] === 'boolean';
  if (field.options?.length) return field.options.map((one) => ({ value: isFlag ? one.value === 'true' : one.value, label: inLanguage(one.label, lang) }));
  if (isFlag) return [{ value: true, label: yes[0] }, { value: false, label: yes[1] }];
  return Array.isArray(property['enum']) ? property['enum'].map((one) => ({ value: String(one), label: String(one) })) : [];
};

const Address = ({ value, set, schema, label }: { value: unknown; set: (value: unknown) => void; schema: Shape; label: string }) => {
  const { t } = useSpeech();
  if (!isShape(schema['properties'])) return <Field label={label}><Input value={typeof value === 'string' ? value : ''} onChange={(event) => set(event.target.value)} /></Field>;
  const parts = isShape(value) ? value : {};
  return <Group legend={label}>{Object.keys(schema['properties']).map((key) => <Field key={key} label={key === 'division' ? t('intake.division') : key === 'detail' ? t('intake.detail') : key}><Input value={String(parts[key] ?? '')} onChange={(event) => set({ ...parts, [key]: event.target.value })} /></Field>)}</Group>;
};

const Entries = ({ field, schema, value, set, label, hint, errorOf, error }: Ask & { label: string; hint?: string }) => {
  const { t } = useSpeech();
  const entries = Array.isArray(value) && value.length > 0 ? value.map((one) => (isShape(one) ? one : {})) : [{} as Shape];
  const items = (field.items ?? []).filter((one): one is FieldLayout => isShape(one) && typeof one['key'] === 'string');
  const entrySchema = partOf(schema, field.key)['items'];
  return (
    <Group legend={label} hint={hint} error={error}>
      {entries.map((entry, index) => (
        <fieldset key={index} className="entry-form"><legend>{t('intake.entry', { number: index + 1 })}</legend>
          {items.map((item) => <FormField key={item.key} field={item} schema={entrySchema} value={entry[item.key]} errorOf={(name) => errorOf(`${field.key}.${index}.${name}`)} error={errorOf(`${field.key}.${index}.${item.key}`)} set={(part) => set(entries.map((one, at) => (at === index ? { ...one, [item.key]: part } : one)))} />)}
          {entries.length > 1 ? <Button size="small" onClick={() => set(entries.filter((_, at) => at !== index))}>{t('intake.removeEntry', { number: index + 1 })}</Button> : null}
        </fieldset>
      ))}
      <Button onClick={() => set([...entries, {}])}>{t('intake.addEntry')}</Button>
    </Group>
  );
};

/** One question of an application with Ant Design's controls. */
export const FormField = (ask: Ask) => {
  const { field, schema, value, set, error, source, slots } = ask;
  const { t, lang } = useSpeech();
  const property = partOf(schema, field.key);
  const label = inLanguage(field.question, lang);
  const hint = [field.hint ? inLanguage(field.hint, lang) : '', source ? t('intake.from', { source: inLanguage(source, lang) }) : ''].filter(Boolean).join(' ') || undefined;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const isRequired = isShape(schema) && Array.isArray(schema['required']) && schema['required'].includes(field.key);
  const frame = { label, hint, error, optional: isRequired ? undefined : t('optional') };
  const options = optionsOf(field, property, lang, [t('yes'), t('no')]);
  const isLocked = field.locked === true && source !== undefined;
  switch (field.control) {
    case 'static': return <p className="note plain">{label}</p>;
    case 'file': case 'portrait': return null;
    case 'paragraph': return <Field {...frame}><Input.TextArea rows={3} value={text} readOnly={isLocked} onChange={(event) => set(event.target.value)} /></Field>;
    case 'number': return <Field {...frame}><InputNumber value={typeof value === 'number' ? value : null} readOnly={isLocked} onChange={set} className="full" /></Field>;
    case 'money': return <Field {...frame}><InputNumber value={typeof value === 'number' ? value / 100 : null} precision={2} suffix={t('intake.yuan')} onChange={(yuan) => set(yuan === null ? undefined : Math.round(yuan * 100))} className="full" /></Field>;
    case 'date': return <Field {...frame}><Input type="date" className="day" value={text} readOnly={isLocked} onChange={(event) => set(event.target.value)} /></Field>;
    case 'select': case 'division': return options.length === 0 ? <Field {...frame}><Input value={text} onChange={(event) => set(event.target.value)} /></Field> : <Field {...frame}><Select showSearch optionFilterProp="label" value={text || undefined} onChange={set} options={options as { value: string; label: string }[]} className="full" /></Field>;
    case 'appointment': return <Field {...frame}><Select value={text || undefined} onChange={set} options={(slots ?? []).map((one) => ({ value: one.value, label: inLanguage(one.label, lang) }))} className="full" notFoundContent={t('intake.noSlots')} /></Field>;
    case 'radios': return <Group legend={label} hint={hint} error={error}><Radio.Group value={value} onChange={(event) => set(event.target.value)} options={options} /></Group>;
    case 'checkboxes': return <Group legend={label} hint={hint} error={error}><Checkbox.Group value={Array.isArray(value) ? (value as string[]) : []} onChange={set} options={options as { value: string; label: string }[]} /></Group>;
    case 'checkbox': return <div className="field">{error ? <p className="error">{error}</p> : null}<Checkbox checked={value === true} onChange={(event) => set(event.target.checked)}>{label}</Checkbox></div>;
    case 'address': return <Address value={value} set={set} schema={property} label={label} />;
    case 'people': return <Entries {...ask} label={label} hint={hint} />;
    default: return <Field {...frame}><Input value={text} readOnly={isLocked} inputMode={field.control === 'phone' ? 'tel' : undefined} onChange={(event) => set(event.target.value)} /></Field>;
  }
};
