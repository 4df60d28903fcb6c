import { evaluate, FeelFunction, isFunction, isRange, parseExpression } from 'feelin';
import { mayTakeLong, refuseLongLoops, withinTime } from '@zhengwu/decisions';
import type { Json } from './model.ts';

/** An expression failed: a warning, an unknown variable, a value that JSON can't hold. Never turned into null. */
export class Incident extends Error {}

/** A name that is not there (yet). */
export class UnknownVariable extends Incident {}

export type Lookup = (name: string) => unknown;
export type Expression = (lookup: Lookup, now: string) => Json;

const cache = new Map<string, Expression>();
/** The clock is the step's, never the machine's, so these names are given instead of `now()` and `today()`. */
const CLOCK = new Set(['currentTime', 'currentDate']);

/** Parses once per text and process; throws `Incident` on a syntax error. A leading `=` is dropped. */
export function feel(text: string): Expression {
  let expression = cache.get(text);
  if (!expression) cache.set(text, (expression = compileFeel(text.replace(/^\s*=\s*/, ''))));
  return expression;
}

function compileFeel(text: string): Expression {
  const whole = interpreted(text);
  return comparison(text, whole) ?? whole;
}

/**
 * feelin parses on each call, so the expression is wrapped in a function of its free names, parsed once and invoked.
 * Names that are not there arrive as undefined, for which feelin warns.
 */
function interpreted(text: string): Expression {
  let made;
  let long = false;
  const names = freeNames(text);
  try {
    const tree = parseExpression(text, {}, undefined);
    refuseLongLoops(tree, text);
    long = mayTakeLong(tree, text);
    made = evaluate(`function(${names.join(', ')}) ${text}`, {});
  } catch (error) {
    throw new Incident(`${text}: ${message(error)}`);
  }
  const { value, warnings } = made;
  if (!(value instanceof FeelFunction)) throw new Incident(`${text}: not an expression`);
  return (lookup, now) => {
    warnings.length = 0;
    let result: unknown;
    try {
      const given = names.map((name) => (CLOCK.has(name) ? clock(name, now) : lookup(name)));
      result = long ? withinTime(() => value.invoke(given) as unknown) : value.invoke(given);
    } catch (error) {
      throw new Incident(`${text}: ${message(error)}`);
    }
    const [warning] = warnings;
    if (warning) throw new (warning.type === 'NO_VARIABLE_FOUND' ? UnknownVariable : Incident)(`${text}: ${warning.message}`);
    return toJson(result, text);
  };
}

const COMPARISON = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*(=|!=|<=|>=|<|>)\s*("[^"\\]*"|-?\d+(?:\.\d+)?|true|false)\s*$/u;

/** `name = "x"` and the like without the interpreter; anything but equal types goes the long way. */
function comparison(text: string, whole: Expression): Expression | undefined {
  const match = COMPARISON.exec(text);
  if (!match) return undefined;
  const [, name = '', operator = '', literal = ''] = match;
  if (CLOCK.has(name)) return undefined;
  const right = JSON.parse(literal) as string | number | boolean;
  const type = typeof right;
  if (type === 'boolean' && operator !== '=' && operator !== '!=') return undefined;
  return (lookup, now) => {
    const left = lookup(name);
    if (typeof left === type) return compare(left as string, operator, right as string);
    // feelin says false, without a warning, when text is compared with a number.
    if (left !== undefined && operator.match(/[<>]/)) throw new Incident(`${text}: ${JSON.stringify(left)} can't be compared with ${literal}`);
    return whole(lookup, now);
  };
}

function compare(left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    default: return left >= right;
  }
}

function freeNames(text: string): string[] {
  const names = new Set<string>();
  parseExpression(text, {}, undefined).iterate({
    enter(node) {
      if (node.name !== 'VariableName') return;
      const name = text.slice(node.from, node.to);
      const called = text.slice(node.to).trimStart().startsWith('(');
      if (called && (name === 'now' || name === 'today')) throw new Incident(`${text}: use currentTime or currentDate instead of ${name}()`);
      if (!called && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) names.add(name);
    },
  });
  return [...names];
}

// Parsed once; a process asks for the day at most of its steps.
const parsed = (text: string): FeelFunction => evaluate(text, {}).value as FeelFunction;
const instantOf = parsed('function(at) date and time(at)');
const dayOf = parsed('function(at) date(date and time(at))');

function clock(name: string, now: string): unknown {
  return (name === 'currentTime' ? instantOf : dayOf).invoke([now]);
}

function toJson(value: unknown, text: string): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string': case 'boolean': return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      break;
    case 'object':
      if (Array.isArray(value)) return value.map((item) => toJson(item, text));
      if (isFunction(value) || isRange(value)) break;
      if (Object.getPrototypeOf(value) !== Object.prototype) return String(value);
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item, text)]));
  }
  throw new Incident(`${text}: the result is not a value that a process can keep`);
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));
