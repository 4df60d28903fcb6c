import { fail } from '../errors.ts';
import { compileFeel, type FeelCode } from './code.ts';
import { FeelError, messageOf, type Scope } from './scope.ts';
import { compileTests, type Runner } from './tests.ts';
import { fromCaller, toValue, type Value } from './values.ts';

export interface Evaluated<T = Value> {
  value: T;
  /** What FEEL turned into null on the way. A caller that must not guess treats any as a failure. */
  warnings: readonly string[];
}

export interface CompiledExpression {
  readonly text: string;
  /** Names it looks up. */
  readonly names: readonly string[];
  evaluate(context: Readonly<Record<string, unknown>>): Evaluated;
}

export interface CompiledUnaryTest {
  readonly text: string;
  /** True when the value passes the tests. */
  test(value: unknown, context?: Readonly<Record<string, unknown>>): Evaluated<boolean>;
}

export interface Feel {
  /** Throws `decision.expression` for text that is no FEEL or calls now() or today(). A leading `=` is dropped. */
  compileExpression(text: string): CompiledExpression;
  /** Throws `decision.expression` likewise. */
  compileUnaryTest(text: string): CompiledUnaryTest;
}

const CACHED = 5000;

const cached = <T>(make: (text: string) => T): ((text: string) => T) => {
  const made = new Map<string, T>();
  return (text) => {
    let one = made.get(text);
    if (one === undefined) {
      if (made.size >= CACHED) made.clear();
      made.set(text, (one = make(text)));
    }
    return one;
  };
};

/** Runs something that may complain in several pieces of code, and gathers the complaints. */
const gathered = <T>(work: (run: Runner) => T, otherwise: T): Evaluated<T> => {
  const touched = new Set<FeelCode>();
  const failed: string[] = [];
  let value = otherwise;
  try {
    value = work((code, scope) => {
      if (!touched.has(code)) code.warnings.length = 0;
      touched.add(code);
      return code.run(scope);
    });
  } catch (error) {
    failed.push(messageOf(error));
  }
  return { value, warnings: [...[...touched].flatMap((code) => code.warnings.map((warning) => warning.message)), ...failed] };
};

const refusing = <T>(text: string, make: () => T): T => {
  try {
    return make();
  } catch (error) {
    if (error instanceof FeelError) throw fail('decision.expression', { text, reason: error.message });
    throw error;
  }
};

const scopeOf = (context: Readonly<Record<string, unknown>>, names: readonly string[]): Scope =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(context, name)).map((name) => [name, fromCaller(context[name])]));

const expressionOf = (text: string): CompiledExpression => {
  const code = refusing(text, () => compileFeel(text.replace(/^\s*=/, '')));
  return { text, names: code.names, evaluate: (context) => gathered((run) => toValue(run(code, scopeOf(context, code.names))), null) };
};

const unaryTestOf = (text: string): CompiledUnaryTest => {
  const tests = refusing(text, () => compileTests(text));
  return {
    text,
    test: (value, context = {}) => gathered((run) => tests(fromCaller(value), scopeOf(context, Object.keys(context)), run), false),
  };
};

/** FEEL for conditions and small calculations: parses each text once and keeps it. */
export const createFeel = (): Feel => ({ compileExpression: cached(expressionOf), compileUnaryTest: cached(unaryTestOf) });
