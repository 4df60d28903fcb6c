import type { Register } from '@zhengwu/pack';

/** A condition that is outside the part of FEEL which becomes SQL; its rule is told and not measured. */
export class NotMeasurable extends Error {}

/** Whose fields a condition speaks of: the record `r`, and `other`, the record `o` that its field names in another register. */
export interface Spoken {
  register: Register;
  other?: Register | undefined;
  /** Day in Asia/Shanghai, for `today`. */
  today: string;
}

type Kind = 'text' | 'number' | 'truth' | 'null';
interface Part {
  sql: string;
  kind: Kind;
}

const FUNCTIONS = ['substring', 'string length', 'upper case', 'lower case', 'starts with', 'ends with', 'contains', 'matches', 'number', 'string', 'modulo', 'not'] as const;
type Called = (typeof FUNCTIONS)[number];
const TOKEN = new RegExp(`\\s*(?:"((?:[^"\\\\]|\\\\["\\\\])*)"|(\\d+(?:\\.\\d+)?)|(${FUNCTIONS.join('|')})(?=\\s*\\()|([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)?)|(<=|>=|!=|[=<>+*()\\-,]))`, 'y');
type Token = { is: 'text' | 'number' | 'called' | 'name' | 'sign'; value: string };
const groups = ['text', 'number', 'called', 'name', 'sign'] as const;

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    const group = found === null ? -1 : groups.findIndex((_, i) => found[i + 1] !== undefined);
    if (!found || group < 0) throw new NotMeasurable(`not understood at ${at}: ${text.slice(at, at + 20)}`);
    tokens.push({ is: groups[group] ?? 'sign', value: found[group + 1] ?? '' });
  }
  return tokens;
};

const literal = (text: string): string => (text.includes('\\') ? ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${text.replaceAll("'", "''")}'`);

interface Typed {
  type?: string;
  enum?: unknown[];
  anyOf?: Typed[];
}
const kindOf = ({ type, enum: values = [], anyOf = [] }: Typed): Kind | null => {
  if (anyOf.length > 0) return kindOf(anyOf.find((one) => one.type !== 'null') ?? {});
  if (type === 'string' || (values.length > 0 && values.every((one) => typeof one === 'string'))) return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'truth' : null;
};

const fieldPart = (alias: 'r' | 'o', { code, schema }: Register, key: string): Part => {
  const property = (schema as { properties?: Record<string, Typed> }).properties?.[key];
  const kind = property ? kindOf(property) : null;
  if (kind === null) throw new NotMeasurable(`${code} has no plain field ${key}`);
  const value = `${alias}.data->>${literal(key)}`;
  const type = { text: 'string', number: 'number', truth: 'boolean', null: 'null' }[kind];
  const cast = { text: '', number: '::numeric', truth: '::boolean', null: '' }[kind];
  return { sql: `case when jsonb_typeof(${alias}.data->${literal(key)}) = '${type}' then (${value})${cast} end`, kind };
};

const wanted = (part: Part | undefined, kind: Kind): string => {
  if (part?.kind !== kind) throw new NotMeasurable(`a ${kind} is wanted, not a ${part?.kind ?? 'nothing'}`);
  return `(${part.sql})`;
};

const NUMERAL = "^-?\\d+(\\.\\d+)?$";
const calls: Record<Called, (given: readonly Part[]) => Part> = {
  substring: ([text, from, length]) => {
    if (!/^[1-9]\d*$/.test(from?.sql ?? '')) throw new NotMeasurable('substring begins at a place that is written out, counted from 1');
    return { kind: 'text', sql: `substr(${wanted(text, 'text')}, ${from?.sql ?? ''}${length ? `, greatest(0, ${wanted(length, 'number')}::int)` : ''})` };
  },
  'string length': ([text]) => ({ kind: 'number', sql: `char_length(${wanted(text, 'text')})` }),
  'upper case': ([text]) => ({ kind: 'text', sql: `upper(${wanted(text, 'text')})` }),
  'lower case': ([text]) => ({ kind: 'text', sql: `lower(${wanted(text, 'text')})` }),
  'starts with': ([text, part]) => ({ kind: 'truth', sql: `starts_with(${wanted(text, 'text')}, ${wanted(part, 'text')})` }),
  'ends with': ([text, part]) => ({ kind: 'truth', sql: `right(${wanted(text, 'text')}, char_length(${wanted(part, 'text')})) = ${wanted(part, 'text')}` }),
  contains: ([text, part]) => ({ kind: 'truth', sql: `strpos(${wanted(text, 'text')}, ${wanted(part, 'text')}) > 0` }),
  matches: ([text, pattern]) => ({ kind: 'truth', sql: `${wanted(text, 'text')} ~ ${wanted(pattern, 'text')}` }),
  number: ([text]) => ({ kind: 'number', sql: `case when ${wanted(text, 'text')} ~${literal(NUMERAL)} then ${wanted(text, 'text')}::numeric end` }),
  string: ([value]) => ({ kind: 'text', sql: value?.kind === 'text' ? value.sql : `${wanted(value, 'number')}::text` }),
  modulo: ([value, by]) => ({ kind: 'number', sql: `mod(${wanted(value, 'number')}, nullif(${wanted(by, 'number')}, 0))` }),
  not: ([value]) => ({ kind: 'truth', sql: `not ${wanted(value, 'truth')}` }),
};

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='];
const compare = (sign: string, left: Part, right: Part): Part => {
  const isEqual = sign === '=' || sign === '!=';
  if (left.kind === 'null' || right.kind === 'null') {
    if (!isEqual) throw new NotMeasurable('nothing is more or less than null');
    return { kind: 'truth', sql: `(${left.kind === 'null' ? right.sql : left.sql}) is ${sign === '=' ? '' : 'not '}null` };
  }
  const [one, two] = [wanted(left, left.kind), wanted(right, left.kind)];
  // Days and codes are told apart by their characters, whatever the language of the database.
  if (isEqual) return { kind: 'truth', sql: `${one} ${sign === '=' ? '=' : '<>'} ${two}` };
  return { kind: 'truth', sql: `${one}${left.kind === 'text' ? ' collate "C"' : ''} ${sign} ${two}` };
};

const joined = (sign: string, left: Part, right: Part): Part => {
  if (sign === '+' && left.kind === 'text') return { kind: 'text', sql: `${wanted(left, 'text')} || ${wanted(right, 'text')}` };
  return { kind: 'number', sql: `${wanted(left, 'number')} ${sign} ${wanted(right, 'number')}` };
};

/** A condition in FEEL as SQL that is true of a record which keeps it: comparisons, and, or, not, + - *, text functions, fields. */
export const holdsInSql = (text: string, spoken: Spoken): string => {
  const tokens = tokensOf(text);
  let at = 0;
  const next = (value: string): boolean => tokens[at]?.value === value && tokens[at]?.is !== 'text' && (at++, true);
  const insist = (value: string): void => {
    if (!next(value)) throw new NotMeasurable(`${value} is wanted before ${tokens[at]?.value ?? 'the end'}`);
  };
  const nameOf = (name: string): Part => {
    if (name === 'null') return { sql: 'null', kind: 'null' };
    if (name === 'true' || name === 'false') return { sql: name, kind: 'truth' };
    if (name === 'today') return { sql: literal(spoken.today), kind: 'text' };
    const [whose, key] = name.split('.');
    if (key === undefined) return fieldPart('r', spoken.register, name);
    if (whose !== 'other' || !spoken.other) throw new NotMeasurable(`${name} is not a field of the record or of the other`);
    return fieldPart('o', spoken.other, key);
  };
  const primary = (): Part => {
    const token = tokens[at++];
    if (token?.is === 'text') return { sql: literal(token.value.replaceAll(/\\(["\\])/g, '$1')), kind: 'text' };
    if (token?.is === 'number') return { sql: token.value, kind: 'number' };
    if (token?.is === 'name') return nameOf(token.value);
    if (token?.is === 'called') return called(token.value as Called);
    if (token?.value === '-') return { sql: `-${wanted(primary(), 'number')}`, kind: 'number' };
    if (token?.value !== '(') throw new NotMeasurable(`not understood: ${token?.value ?? 'the end'}`);
    const inner = either();
    insist(')');
    return { ...inner, sql: `(${inner.sql})` };
  };
  const called = (name: Called): Part => {
    insist('(');
    const given = [either()];
    while (next(',')) given.push(either());
    insist(')');
    return calls[name](given);
  };
  const chain = (signs: readonly string[], inner: () => Part, join: (sign: string, left: Part, right: Part) => Part): Part => {
    let left = inner();
    for (let sign = signs.find(next); sign !== undefined; sign = signs.find(next)) left = join(sign, left, inner());
    return left;
  };
  const product = (): Part => chain(['*'], primary, joined);
  const sum = (): Part => chain(['+', '-'], product, joined);
  const comparison = (): Part => {
    const left = sum();
    const sign = COMPARISONS.find(next);
    return sign === undefined ? left : compare(sign, left, sum());
  };
  const logic = (sign: string, left: Part, right: Part): Part => ({ kind: 'truth', sql: `${wanted(left, 'truth')} ${sign} ${wanted(right, 'truth')}` });
  const both = (): Part => chain(['and'], comparison, logic);
  const either = (): Part => chain(['or'], both, logic);
  const whole = either();
  if (at < tokens.length) throw new NotMeasurable(`not understood: ${tokens[at]?.value ?? ''}`);
  return wanted(whole, 'truth');
};
