import type { FieldLayout, FormStep } from '@zhengwu/contracts';
import type { Issue } from '@zhengwu/errors';
import { compileSchema, type CheckSchema } from '@zhengwu/http';
import { holds, valueOf } from './feel.ts';
import type { FrozenService } from './frozen.ts';

type Answers = Readonly<Record<string, unknown>>;

const keysOf = (form: readonly FormStep[]): string[] => form.flatMap((step) => step.layout.map((field) => field.key));

/** The answers with every field of the form there, unanswered ones as null: what expressions and processes see. */
export const complete = (form: readonly FormStep[], answers: Answers): Record<string, unknown> =>
  Object.fromEntries(keysOf(form).map((key) => [key, answers[key] ?? null]));

const isShown = (field: FieldLayout, scope: Answers): boolean => field.showWhen === undefined || holds(field.showWhen, scope);

/** Keys of a step that are asked with these answers. */
export const visibleKeys = (form: readonly FormStep[], step: FormStep, answers: Answers): string[] => {
  const scope = complete(form, answers);
  return step.layout.filter((field) => isShown(field, scope)).map((field) => field.key);
};

interface StepSchema {
  properties: Record<string, unknown>;
  required?: string[];
}

const checks = new WeakMap<object, Map<string, CheckSchema>>();

/** The step's schema cut to the visible fields; compiled once for each combination. */
const checkOf = (step: FormStep, visible: readonly string[]): CheckSchema => {
  const made = checks.get(step) ?? new Map<string, CheckSchema>();
  checks.set(step, made);
  const name = visible.join(' ');
  const found = made.get(name);
  if (found) return found;
  const schema = step.schema as StepSchema;
  const properties = Object.fromEntries(visible.map((key) => [key, schema.properties[key]]));
  const required = (schema.required ?? []).filter((key) => visible.includes(key));
  const check = compileSchema({ type: 'object', additionalProperties: false, properties, required }, '/values');
  made.set(name, check);
  return check;
};

/** What is wrong with the answers of one step. Answers to questions that are not asked (now) are left out, unknown fields are issues. */
export const stepIssues = (form: readonly FormStep[], step: FormStep, values: Answers, answers: Answers): Issue[] => {
  const visible = visibleKeys(form, step, { ...answers, ...values });
  const hidden = step.layout.map((field) => field.key).filter((key) => !visible.includes(key));
  const asked = Object.fromEntries(Object.entries(values).filter(([key, value]) => !hidden.includes(key) && value !== undefined && value !== null && value !== ''));
  return checkOf(step, visible)(asked);
};

/** The answers that count: those to questions that are asked. */
export const asked = (form: readonly FormStep[], answers: Answers): Record<string, unknown> =>
  Object.fromEntries(form.flatMap((step) => visibleKeys(form, step, answers).map((key) => [key, answers[key]])).filter(([, value]) => value !== undefined));

type Rule = FrozenService['service']['rules'][number];

/** Rules about an answer of this step that speak of no answer asked later: what the step can already be held against. */
const rulesAt = ({ service: { form, rules } }: FrozenService, step: FormStep): Rule[] => {
  const own = new Set(step.layout.map((field) => field.key));
  const later = new Set(keysOf(form.slice(form.indexOf(step) + 1)));
  return rules.filter(({ path, must }) =>
    own.has(path.split('/')[1] ?? '') && ![...must.matchAll(/application\.(\w+)/g)].some(([, key]) => later.has(key ?? '')));
};

/** Whether what registers say must be read again for the answers of this step. */
export const readsFacts = (frozen: FrozenService, step: FormStep): boolean => rulesAt(frozen, step).some(({ must }) => /\bfacts\./.test(must));

/** Everything wrong with one step; its rules are asked once its answers are well formed. */
export const wholeStepIssues = (frozen: FrozenService, step: FormStep, values: Answers, answers: Answers, facts: Answers, today: string): Issue[] => {
  const found = stepIssues(frozen.service.form, step, values, answers);
  if (found.length > 0) return found;
  const given = asked(frozen.service.form, { ...answers, ...values });
  return ruleIssues(frozen, given, facts, today, rulesAt(frozen, step)).map(({ step: _step, ...issue }) => issue);
};

/** Rules across steps (and against registers) that do not hold, each with its step. */
export const ruleIssues = (frozen: FrozenService, answers: Answers, facts: Answers, today: string, rules = frozen.service.rules): (Issue & { step: string })[] => {
  const { form } = frozen.service;
  const scope = { application: complete(form, answers), applicant: facts.applicant ?? null, facts, today };
  return rules.flatMap((rule) => {
    const { value, warnings } = valueOf(rule.must, scope);
    if (value === true && warnings.length === 0) return [];
    const key = rule.path.replace(/^\//, '').split('/')[0] ?? '';
    const step = form.find((one) => one.layout.some((field) => field.key === key))?.id ?? form[0]?.id ?? '';
    return [{ step, path: `/values${rule.path}`, code: 'field.rule', message: rule.message }];
  });
};

/** Everything wrong with an application, each issue with its step. Rules are asked once every answer is well formed. */
export const allIssues = (frozen: FrozenService, answers: Answers, facts: Answers, today: string): (Issue & { step: string })[] => {
  const { form } = frozen.service;
  const found = form.flatMap((step) => {
    const own = Object.fromEntries(step.layout.map(({ key }) => [key, answers[key]]));
    return stepIssues(form, step, own, answers).map((issue) => ({ ...issue, step: step.id }));
  });
  return found.length > 0 ? found : ruleIssues(frozen, answers, facts, today);
};
