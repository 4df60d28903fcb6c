export { leaveDemo } from './demo-accounts.ts';
export { fromOf } from './entering.ts';
export { Identity } from './identity.ts';
export { loadAccounts, openAccounts, type NewAccount } from './loading.ts';
export { identityModule } from './module.ts';
export type { From } from './outcome.ts';
export type { Holder } from './outside-door.ts';
