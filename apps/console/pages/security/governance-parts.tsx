import { Input, InputNumber } from 'antd';
import type { NodeView, RegisterView } from '@zhengwu/contracts';
import { Link } from 'react-router';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { catalogue, type Word } from '../../words/words.ts';

export type Values = Record<string, unknown>;
type FieldView = RegisterView['fields'][number];
const TONES = { met: 'good', holds: 'good', tested: 'run', passed: 'good', partly: 'wait', unmet: 'off', fails: 'off', failed: 'off', na: 'plain' } as const;

/** A state of a control or of its evidence: word and colour. */
export const Mark = ({ state }: { state: keyof typeof TONES }) => {
  const { t } = useSpeech();
  return <span className={`tag state-${TONES[state]}`}>{state === 'tested' ? t('gov.kind.test') : t(`gov.${state}`)}</span>;
};

/** A phrase that may be missing: links and acts of later versions are shown by their code. */
export const useKnown = () => {
  const { t } = useSpeech();
  return (word: string, otherwise: string): string => (Object.hasOwn(catalogue, word) ? t(word as Word) : otherwise);
};

export const nodePath = (node: string, trail: readonly string[] = []): string => `/security/chain?node=${encodeURIComponent(node)}${trail.map((one) => `&by=${encodeURIComponent(one)}`).join('')}`;

/** Links of one direction. */
export const Links = ({ title, items, trail }: { title: string; items: readonly { kind: string; to: NodeView }[]; trail?: readonly string[] }) => {
  const { t, say } = useSpeech();
  const known = useKnown();
  return (
    <section className="gov-part">
      <h2>{title}</h2>
      {items.length === 0 ? <p className="soft">{t('gov.none')}</p> : (
        <ul className="plain-list">{items.map(({ kind, to }) => <li key={`${kind} ${to.node}`}><span className="tag">{known(`gov.kind.${kind}`, kind)}</span> <Link to={nodePath(to.node, trail)}>{say(to.title)}</Link></li>)}</ul>
      )}
    </section>
  );
};

const Control = ({ field, value, change, ...rest }: { field: FieldView; value: unknown; change: (value: unknown) => void }) => {
  const { t, say } = useSpeech();
  const words = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'text': return <Input.TextArea {...rest} rows={4} maxLength={4000} value={words} onChange={(event) => change(event.target.value)} />;
    case 'number': return <InputNumber {...rest} min={0} max={1_000_000_000} value={typeof value === 'number' ? value : null} onChange={change} />;
    case 'date': return <Input {...rest} type="date" value={words} onChange={(event) => change(event.target.value)} />;
    case 'choice': return <select {...rest} className="plain-select" value={words} onChange={(event) => change(event.target.value)}><option value="">{t('gov.choose')}</option>{field.options.map((one) => <option key={one.value} value={one.value}>{say(one.label)}</option>)}</select>;
    case 'flag': return <select {...rest} className="plain-select" value={value === true ? 'yes' : 'no'} onChange={(event) => change(event.target.value === 'yes')}><option value="no">{t('gov.no')}</option><option value="yes">{t('gov.yes')}</option></select>;
    default: return <Input {...rest} maxLength={200} value={words} onChange={(event) => change(event.target.value)} />;
  }
};

/** A form drawn from the fields that a register declares. */
export const FieldsForm = ({ fields, values, change, errors }: { fields: readonly FieldView[]; values: Values; change: (values: Values) => void; errors: ReadonlyMap<string, string> }) => {
  const { t, say } = useSpeech();
  return <>{fields.map((field) => (
    <Field key={field.name} label={say(field.label)} optional={field.required ? undefined : t('gov.optional')} error={errors.get(`/fields/${field.name}`)}>
      <Control field={field} value={values[field.name]} change={(value) => change({ ...values, [field.name]: value ?? undefined })} />
    </Field>
  ))}</>;
};

/** What an entry says, as words. */
export const useValue = () => {
  const { t, say } = useSpeech();
  return (field: FieldView, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'gov.yes' : 'gov.no');
    const option = field.options.find((one) => one.value === value);
    if (option) return say(option.label);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
};
