export { common } from './common.ts';
export { defineErrors, type Fail, type FailOptions } from './define.ts';
export { declaredErrors, errorsAsMarkdown, type DeclaredError, type ErrorEntry } from './registry.ts';
export { fillIn, type Params } from './message.ts';
export { isZhengwuError, toProblem } from './problem.ts';
export { ZhengwuError, type Issue } from './zhengwu-error.ts';
