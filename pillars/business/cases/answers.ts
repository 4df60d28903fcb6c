import { inLanguage, type FieldLayout, type FormStep, type Text } from '@zhengwu/contracts';
import { maskCitizenNumber, maskEmail, maskPhone } from '@zhengwu/ids';
import { slotOf } from './slots.ts';

export interface Answered {
  key: string;
  question: Text;
  display: Text;
  personal: boolean;
}

const same = (value: string): Text => ({ zh: value || '—', en: value || '—' });

const MASKS: Partial<Record<FieldLayout['control'], (value: string) => string>> = {
  citizenNumber: maskCitizenNumber, phone: maskPhone, email: maskEmail,
};

/** Numbers by which a person is found or reached are masked; a name or an address is what the official has to read. */
const isPersonal = (field: Pick<FieldLayout, 'control'>): boolean => field.control in MASKS;

const labelOf = (field: FieldLayout, value: unknown): Text =>
  field.options?.find((option) => option.value === value)?.label ?? same(String(value));

const listOf = (parts: Text[]): Text => ({
  zh: parts.map((part) => part.zh).join('、') || '—',
  en: parts.map((part) => inLanguage(part, 'en')).join(', ') || '—',
});

const CITIZEN_NUMBER = /^\d{17}[\dX]$/i;

const masked = (field: Pick<FieldLayout, 'control'>, value: string): string =>
  CITIZEN_NUMBER.test(value) ? maskCitizenNumber(value) : (MASKS[field.control] ?? String)(value);

/** One entry of a list (a shareholder, an address) on one line; a citizen number in it is masked whatever the field is called. */
const entryText = (field: FieldLayout, entry: unknown, clear: boolean): string => {
  if (!entry || typeof entry !== 'object') return clear ? String(entry) : masked(field, String(entry));
  const inner = new Map(((field.items ?? []) as FieldLayout[]).map((item) => [item.key, item]));
  return Object.entries(entry).map(([key, value]) => (clear ? String(value) : masked(inner.get(key) ?? field, String(value)))).join(' ');
};

const shownOf = (field: FieldLayout, value: unknown, clear: boolean): Text => {
  const shown = clear ? String(value) : masked(field, String(value));
  return shown === String(value) ? labelOf(field, value) : same(shown);
};

/** One answer as a person reads it; a personal value is masked unless `clear` says that the policy allows it. */
export const displayOf = (field: FieldLayout, value: unknown, clear: boolean): Text => {
  if (value === undefined || value === null || value === '') return same('');
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' };
  if (field.control === 'money') return same(`¥${(Number(value) / 100).toFixed(2)}`);
  if (Array.isArray(value)) return listOf(value.map((one) => (typeof one === 'string' ? shownOf(field, one, clear) : same(entryText(field, one, clear)))));
  if (typeof value === 'object') return same(entryText(field, value, clear));
  if (field.control === 'appointment') return slotOf(String(value))?.label ?? same(String(value));
  return shownOf(field, value, clear);
};

export interface Section {
  step: string;
  title: Text;
  answers: Answered[];
}

/** The answers in the order of the form; unanswered fields that were never asked are left out. */
export const sectionsOf = (form: readonly FormStep[], answers: Record<string, unknown>, clear = false): Section[] =>
  form.map((step) => ({
    step: step.id,
    title: step.title,
    answers: step.layout
      .filter((field) => field.control !== 'static' && answers[field.key] !== undefined)
      .map((field) => ({ key: field.key, question: field.question, display: displayOf(field, answers[field.key], clear), personal: isPersonal(field) })),
  })).filter((section) => section.answers.length > 0);

/** The layout of one field of a service's form. */
export const fieldOf = (form: readonly FormStep[], key: string): FieldLayout | undefined => {
  for (const step of form) {
    const field = step.layout.find((one) => one.key === key);
    if (field) return field;
  }
  return undefined;
};

