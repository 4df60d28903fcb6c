export { supervisionModule, type SupervisionOptions } from './module.ts';
export { usualKinds, type Finding, type Kind, type Kinds, type Rule } from './rules.ts';
export { recount } from './store-figures.ts';
export type { CaseActs } from './watch.ts';
