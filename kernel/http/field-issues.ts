import type { ErrorObject } from 'ajv';
import type { Issue } from '@zhengwu/errors';
import './messages.ts';

const LIMIT = 100;
const COMPARISON: Readonly<Record<string, [zh: string, en: string]>> = {
  '>=': ['不小于', 'at least'],
  '>': ['大于', 'more than'],
  '<=': ['不大于', 'at most'],
  '<': ['小于', 'less than'],
};

const CODES: Readonly<Record<string, string>> = {
  required: 'field.required', dependentRequired: 'field.required',
  additionalProperties: 'field.unknown', unevaluatedProperties: 'field.unknown',
  type: 'field.type', minLength: 'field.too-short', maxLength: 'field.too-long',
  minimum: 'field.too-small', maximum: 'field.too-small', exclusiveMinimum: 'field.too-small', exclusiveMaximum: 'field.too-small',
  minItems: 'field.too-few', maxItems: 'field.too-many', minProperties: 'field.too-few', maxProperties: 'field.too-many',
  uniqueItems: 'field.repeated', pattern: 'field.pattern', format: 'field.format', enum: 'field.choice', const: 'field.choice',
  multipleOf: 'field.step', anyOf: 'field.alternative', oneOf: 'field.alternative',
};

const escaped = (name: unknown): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1');

const pathOf = (error: ErrorObject, part: string): string => {
  const name = error.params['missingProperty'] ?? error.params['additionalProperty'] ?? error.params['unevaluatedProperty'];
  return `${part}${error.instancePath}${name === undefined ? '' : `/${escaped(name)}`}`;
};

const issueOf = (error: ErrorObject, part: string): Issue => {
  const path = pathOf(error, part);
  const code = CODES[error.keyword] ?? 'field.invalid';
  if (error.keyword === 'minLength' && error.params['limit'] === 1) return { path, code: 'field.required' };
  const { limit, format, type, multipleOf, comparison } = error.params as Record<string, string | number | undefined>;
  if (code === 'field.too-small') {
    const [zh, en] = COMPARISON[String(comparison)] ?? ['符合', 'within'];
    return { path, code, message: { zh: `应${zh} ${limit}。`, en: `This must be ${en} ${limit}.` } };
  }
  return { path, code, params: { limit: limit ?? multipleOf ?? '', format: format ?? '', type: String(type ?? '') } };
};

const depth = (path: string): number => path.split('/').length;

/** Errors inside a failed `anyOf`: those of the one branch that got further than all others, or the `anyOf` alone. */
const collapse = (errors: readonly ErrorObject[], choice: ErrorObject): Set<ErrorObject> => {
  const inside = errors.filter((e) => e !== choice && e.schemaPath.startsWith(`${choice.schemaPath}/`));
  const branches = new Map<string, ErrorObject[]>();
  for (const error of inside) {
    const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const own = depth(choice.instancePath);
  const fits = [...branches.values()].filter((list) =>
    list.every((e) => !((e.keyword === 'type' && depth(e.instancePath) === own) || (e.keyword === 'const' && depth(e.instancePath) <= own + 1))),
  );
  const [only] = fits;
  const dropped = new Set(inside);
  if (fits.length !== 1 || only === undefined) return dropped;
  for (const error of only) dropped.delete(error);
  return dropped.add(choice);
};

/** All faults found by a schema as issues; `part` is `/body`, `/query` or `/params`. Values are never repeated. */
export const issuesOf = (errors: readonly ErrorObject[], part: string): Issue[] => {
  const dropped = new Set<ErrorObject>();
  for (const choice of errors) {
    if ((choice.keyword === 'anyOf' || choice.keyword === 'oneOf') && !dropped.has(choice)) for (const e of collapse(errors, choice)) dropped.add(e);
  }
  const seen = new Set<string>();
  return errors
    .filter((e) => !dropped.has(e))
    .map((e) => issueOf(e, part))
    .filter(({ path, code }) => !seen.has(`${path} ${code}`) && seen.add(`${path} ${code}`))
    .slice(0, LIMIT);
};
