export { createFeel, type CompiledExpression, type CompiledUnaryTest, type Evaluated, type Feel } from './feel/feel.ts';
export { mayTakeLong, refuseLongLoops, withinTime } from './feel/bounds.ts';
export type { Value } from './feel/values.ts';
export { compileDecisions, type CompiledDecisions } from './model/compile.ts';
export { evaluate, type Outcome } from './model/evaluate.ts';
export type { DecisionModel, DecisionWarning, Issue } from './model/model.ts';
export { isFen } from './money.ts';
