import type { QualityRule, Register, RegisterField } from '@zhengwu/pack';
import { holdsInSql } from './store-holds.ts';

/** A rule as SQL over a record `r` (key, data, known_from): of which it is asked, and which break it. */
export interface Check {
  code: string;
  dimension: QualityRule['kind'];
  weight: number;
  applies: string;
  breaks: string;
  /** Of a rule of uniqueness: what its values hash to. */
  hash?: string;
}

interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
}

export const literal = (text: string): string => (text.includes('\\') ? ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${text.replaceAll("'", "''")}'`);
const json = (key: string): string => `r.data->${literal(key)}`;
const text = (key: string): string => `r.data->>${literal(key)}`;
const some = (conditions: readonly string[]): string => (conditions.length === 0 ? 'false' : conditions.map((one) => `(${one})`).join(' or '));
const every = (conditions: readonly string[]): string => (conditions.length === 0 ? 'true' : conditions.map((one) => `(${one})`).join(' and '));

const known = (key: string): string => `coalesce(jsonb_typeof(${json(key)}), 'null') <> 'null'`;
const blank = (key: string): string => `coalesce(btrim(${text(key)}), '') in ('', '[]', '{}')`;

const bounds: { [K in keyof Schema]?: (of: { value: string; length: string }, bound: number) => string } = {
  minLength: ({ length }, bound) => `${length} < ${bound}`, maxLength: ({ length }, bound) => `${length} > ${bound}`, minItems: ({ length }, bound) => `${length} < ${bound}`, maxItems: ({ length }, bound) => `${length} > ${bound}`,
  minimum: ({ value }, bound) => `${value} < ${bound}`, maximum: ({ value }, bound) => `${value} > ${bound}`, exclusiveMinimum: ({ value }, bound) => `${value} <= ${bound}`, exclusiveMaximum: ({ value }, bound) => `${value} >= ${bound}`,
};

const types: Record<string, string> = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', array: 'array', object: 'object', null: 'null' };

/** Of the parts of a schema, those that a value alone can break; of lists their length, of objects that they are objects. */
const breaksSchema = (key: string, schema: Schema): string => {
  if (schema.anyOf) return every(schema.anyOf.map((one) => breaksSchema(key, one)));
  const allowed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (allowed) return `not (${json(key)} = any (array[${allowed.map((one) => `${literal(JSON.stringify(one))}::jsonb`).join(', ')}]))`;
  const type = types[schema.type ?? ''];
  if (type === undefined) return 'false';
  const of = { value: `(${text(key)})::numeric`, length: type === 'array' ? `jsonb_array_length(${json(key)})` : `char_length(${text(key)})` };
  const parts = Object.entries(bounds).flatMap(([name, breaks]) => {
    const bound = schema[name as keyof Schema];
    return typeof bound === 'number' ? [breaks(of, bound)] : [];
  });
  if (schema.type === 'integer') parts.push(`${of.value} % 1 <> 0`);
  if (schema.pattern !== undefined) parts.push(`${text(key)} !~ ${literal(schema.pattern)}`);
  if (schema.format === 'date') parts.push(`not quality.is_day(${text(key)})`);
  return `case when jsonb_typeof(${json(key)}) is distinct from '${type}' then true else ${some(parts)} end`;
};

const identifiers = { citizenNumber: 'is_citizen_number', uscc: 'is_uscc', organisationCode: 'is_organisation_code', division: 'is_division' } as const;

/** A value is right by its schema, its check digit (GB 11643, GB 32100, GB 11714, GB/T 2260) and its code table. */
const breaksField = ({ schema }: Register, { key, identifier, values }: RegisterField): string => {
  const { properties = {} } = schema as { properties?: Record<string, Schema> };
  return every([known(key), some([
    breaksSchema(key, properties[key] ?? {}),
    ...(identifier ? [`not quality.${identifiers[identifier]}(${text(key)})`] : []),
    ...(values ? [`not (${text(key)} = any (array[${Object.keys(values).map(literal).join(', ')}]))`] : []),
  ])]);
};

const isDay = (register: Register, key: string): boolean => {
  const { format, anyOf = [] } = ((register.schema as { properties?: Record<string, Schema> }).properties ?? {})[key] ?? {};
  return format === 'date' || anyOf.some((one) => one.format === 'date');
};

/** Old is what was confirmed longer ago than the cycle: on the day that its field says, else when the city last heard of it. */
const timeliness = (register: Register, { fields, withinDays = 0 }: QualityRule, today: string): Pick<Check, 'applies' | 'breaks'> => {
  const since = `${literal(today)}::date - ${withinDays}`;
  const days = fields.filter((key) => isDay(register, key));
  if (days.length === 0) return { applies: 'true', breaks: `r.known_from < (${since})::timestamp at time zone 'Asia/Shanghai'` };
  return { applies: some(days.map((key) => `quality.is_day(${text(key)})`)), breaks: every(days.map((key) => `case when quality.is_day(${text(key)}) then (${text(key)})::date < ${since} else true end`)) };
};

/** What the city's other registers know: the value is a key there, and what `holds` says is true of both records. */
const consistency = (rule: QualityRule, holds: string | undefined): Pick<Check, 'applies' | 'breaks'> => {
  const { fields, register = '' } = rule;
  const other = (key: string): string => `registers.record o where o.register = ${literal(register)} and o.key = ${text(key)} and o.known_to is null and o.valid_to is null`;
  const applies = every(fields.map(known));
  if (holds === undefined) return { applies, breaks: some(fields.map((key) => `not exists (select from ${other(key)})`)) };
  if (rule.register === undefined) return { applies, breaks: `not coalesce(${holds}, false)` };
  const [key = ''] = fields;
  return { applies: `(${applies}) and exists (select from ${other(key)})`, breaks: `exists (select from ${other(key)} and not coalesce(${holds}, false))` };
};

const uniqueness = ({ fields }: QualityRule): Pick<Check, 'applies' | 'breaks' | 'hash'> => {
  const values = `jsonb_build_array(${fields.map(json).join(', ')})`;
  return { applies: every(fields.map(known)), breaks: 'false', hash: `hashtextextended(${values}::text, 7)` };
};

const conditions = (register: Register, rule: QualityRule, today: string, other: Register | undefined): Pick<Check, 'applies' | 'breaks' | 'hash'> => {
  const holds = rule.holds === undefined ? undefined : holdsInSql(rule.holds, { register, other, today });
  if (holds !== undefined && rule.kind !== 'consistency') return { applies: every(rule.fields.map(known)), breaks: `not coalesce(${holds}, false)` };
  switch (rule.kind) {
    case 'completeness': return { applies: 'true', breaks: some(rule.fields.map(blank)) };
    case 'validity': return { applies: some(rule.fields.map(known)), breaks: some(register.fields.filter(({ key }) => rule.fields.includes(key)).map((field) => breaksField(register, field))) };
    case 'timeliness': return timeliness(register, rule, today);
    case 'consistency': return consistency(rule, holds);
    case 'uniqueness': return uniqueness(rule);
  }
};

/** A rule of a register as SQL; `other` is the register that it names, `today` in Asia/Shanghai. Throws NotMeasurable where its condition cannot be said in SQL. */
export const checkOf = (register: Register, rule: QualityRule, today: string, other?: Register): Check => ({ code: rule.code, dimension: rule.kind, weight: rule.weight ?? 1, ...conditions(register, rule, today, other) });

/** Patterns that a rule of validity asks for; the database may not know all that a schema may say. */
export const patternsOf = ({ schema }: Register, { kind, fields }: QualityRule): string[] => {
  const { properties = {} } = schema as { properties?: Record<string, Schema> };
  const within = (one: Schema): string[] => [...(one.pattern === undefined ? [] : [one.pattern]), ...(one.anyOf ?? []).flatMap(within)];
  return kind === 'validity' ? fields.flatMap((key) => within(properties[key] ?? {})) : [];
};
