import { date, dateAndTime, duration, FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, time } from 'feelin';
import type { Scope } from '../feel/scope.ts';
import type { Runner, Tests } from '../feel/tests.ts';
import type { BaseType, FeelType } from './model.ts';
import type { ItemDefinition } from './xml.ts';

/** Names of FEEL's types, and those that editors before DMN 1.2 wrote. */
const BASES: Readonly<Record<string, BaseType>> = {
  Any: 'Any', number: 'number', integer: 'integer', long: 'integer', double: 'number', string: 'string', boolean: 'boolean', date: 'date', time: 'time',
  'date and time': 'date and time', dateTime: 'date and time', 'days and time duration': 'days and time duration',
  dayTimeDuration: 'days and time duration', 'years and months duration': 'years and months duration',
  yearMonthDuration: 'years and months duration', context: 'context', function: 'function',
};

export const anyType: FeelType = { base: 'Any', collection: false };

type CompileTests = (text: string, element: string) => Tests | undefined;

/** Finds types by name; `report` hears of unknown ones and of those that contain themselves. */
export const typeRegistry = (definitions: readonly ItemDefinition[], compileTests: CompileTests, report: (element: string, reason: string) => void) => {
  const made = new Map<string, FeelType | null>();
  const byName = new Map(definitions.map((definition) => [definition.name ?? '', definition]));

  const build = (definition: ItemDefinition): FeelType => {
    const element = definition.id ?? definition.name ?? '';
    const inner = definition.typeRef ? find(definition.typeRef, element) : anyType;
    const allowed = definition.allowedValues?.text ? compileTests(definition.allowedValues.text, element) : undefined;
    const fields = definition.itemComponent?.length
      ? Object.fromEntries(definition.itemComponent.map((component) => [component.name ?? '', build(component)]))
      : undefined;
    const type: FeelType = { ...inner, collection: inner.collection || definition.isCollection === true };
    if (fields) Object.assign(type, { base: 'context', fields });
    if (definition.functionItem) type.base = 'function';
    if (allowed) type.allowed = allowed;
    return type;
  };

  const find = (name: string | undefined, element: string): FeelType => {
    const key = name?.replace(/^feel:/, '').trim();
    if (!key) return anyType;
    const base = BASES[key];
    if (base) return { base, collection: false };
    const known = made.get(key);
    if (known) return known;
    const definition = byName.get(key);
    if (!definition || known === null) {
      report(element, known === null ? `the type ${key} contains itself` : `there is no type ${key}`);
      return anyType;
    }
    made.set(key, null);
    const type = build(definition);
    made.set(key, type);
    return type;
  };
  return { find };
};

/** A value of the type's shape, so that the parser knows names with spaces inside it. */
export const sampleOf = (type: FeelType): unknown => {
  const one = type.fields ? Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, sampleOf(field)])) : null;
  return type.collection ? [one] : one;
};

const isBase: Readonly<Record<BaseType, (value: unknown) => boolean>> = {
  Any: () => true,
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isSafeInteger(value),
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => value instanceof FeelDate,
  time: (value) => value instanceof FeelTime,
  'date and time': (value) => value instanceof FeelDateTime,
  'days and time duration': (value) => value instanceof FeelDuration && !value.yearsMonths,
  'years and months duration': (value) => value instanceof FeelDuration && value.yearsMonths,
  context: (value) => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype,
  function: (value) => isFunction(value) || typeof value === 'function',
};

const fromText: Partial<Record<BaseType, (text: string) => unknown>> = {
  date, time, 'date and time': dateAndTime, 'days and time duration': duration, 'years and months duration': duration,
};

/** Reads ISO 8601 text where the type wants a date, time or duration; a declared component that is absent is null. */
export const readInput = (value: unknown, type: FeelType): unknown => {
  if (Array.isArray(value)) return value.map((one) => readInput(one, { ...type, collection: false }));
  if (typeof value === 'string') return fromText[type.base] ? (fromText[type.base]?.(value) ?? value) : value;
  if (!type.fields || !isBase.context(value)) return value;
  const context = value as Record<string, unknown>;
  return { ...context, ...Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, readInput(context[name] ?? null, field)])) };
};

const fault = (value: unknown, type: FeelType, run: Runner): string | undefined => {
  if (value === null || value === undefined) return undefined;
  if (type.collection) {
    if (!Array.isArray(value)) return 'is not a list';
    return value.map((one) => fault(one, { ...type, collection: false }, run)).find((found) => found !== undefined);
  }
  if (!isBase[type.base](value)) return `is not of type ${type.base}`;
  if (type.allowed && !type.allowed(value, {}, run)) return 'is not among the allowed values';
  for (const [name, field] of Object.entries(type.fields ?? {})) {
    const found = fault((value as Scope)[name], field, run);
    if (found) return `${name} ${found}`;
  }
  return undefined;
};

/** Fits a value to its type (a list of one counts as the one, and the reverse); what does not fit becomes null and says why. */
export const fit = (value: unknown, type: FeelType, run: Runner): { value: unknown; fault?: string } => {
  let fitted = value;
  if (type.collection && !Array.isArray(value) && value !== null && value !== undefined) fitted = [value];
  if (!type.collection && type.base !== 'Any' && Array.isArray(value) && value.length === 1) fitted = value[0];
  const found = fault(fitted, type, run);
  return found ? { value: null, fault: found } : { value: fitted };
};
