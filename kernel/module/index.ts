export { accessAudit } from './access-audit.ts';
export { assemble, policyOf, schemasOf, type AssembledSite, type Ground } from './assemble.ts';
export type { Dataset, DatasetColumn } from './dataset.ts';
export type { HeldSubject, Holding } from './holding.ts';
export { defineModule, key, type Key, type Module, type SealedColumn, type Site } from './module.ts';
export { definePolicy, eventsOf, type Policy, type Rule } from './policy.ts';
export { Datasets, Holdings, Rules } from './rules.ts';
export { createTestSite, type TestSite } from './test-site.ts';
