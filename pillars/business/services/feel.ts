import { createFeel } from '@zhengwu/decisions';

export const feel = createFeel();

/** The value of an expression, or null with what went wrong in `warnings`. Parsed once. */
export const valueOf = (expression: string, scope: Readonly<Record<string, unknown>>): { value: unknown; warnings: readonly string[] } =>
  feel.compileExpression(expression).evaluate(scope);

/** True only when the expression says so without a warning. */
export const holds = (expression: string, scope: Readonly<Record<string, unknown>>): boolean => {
  const { value, warnings } = valueOf(expression, scope);
  return value === true && warnings.length === 0;
};
