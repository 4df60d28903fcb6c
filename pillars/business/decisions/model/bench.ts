import { compileFeel, type FeelCode } from '../feel/code.ts';
import { readExpression, unknownNames } from '../feel/names.ts';
import { FeelError, type Scope } from '../feel/scope.ts';
import { compileTests, type Tests } from '../feel/tests.ts';
import type { FeelType, Issue } from './model.ts';

/** What the compilation of one expression has at hand. */
export interface Bench {
  /** Id of the nearest element that has one. */
  element: string;
  /** Names in scope, with the shape of their values. */
  sample: Scope;
  typeOf(name: string | undefined, element: string): FeelType;
  report(rule: string, reason: string, element: string, severity?: Issue['severity']): void;
}

/** The same bench for a part of the element, with more names in scope. */
export const within = (bench: Bench, element: string | undefined, names: Scope = {}): Bench => ({
  ...bench,
  element: element ?? bench.element,
  sample: { ...bench.sample, ...names },
});

const feelOf = <T>(bench: Bench, text: string, make: () => T): T | undefined => {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    bench.report('feel', `${text}: ${error.message}`, bench.element);
    return undefined;
  }
};

/** Compiles an expression; what is wrong with it is reported and undefined answered. */
export const codeOf = (bench: Bench, text: string | undefined): FeelCode | undefined => {
  if (!text?.trim()) {
    bench.report('feel', 'the expression is empty', bench.element);
    return undefined;
  }
  return feelOf(bench, text, () => {
    const code = compileFeel(text, bench.sample);
    for (const name of unknownNames(readExpression(text, bench.sample), text, bench.sample)) {
      bench.report('name.unknown', `${text}: nothing here is called ${name}; is a requirement missing?`, bench.element, 'warning');
    }
    return code;
  });
};

/** Compiles unary tests; what is wrong with them is reported. */
export const testsOf = (bench: Bench, text: string | undefined): Tests | undefined =>
  feelOf(bench, text ?? '', () => compileTests(text ?? '', bench.sample));
