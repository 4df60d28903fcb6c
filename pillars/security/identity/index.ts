export { leaveDemo } from './demo-accounts.ts';
export { Identity } from './identity.ts';
export { loadAccounts, openAccounts, type NewAccount } from './loading.ts';
export { identityModule } from './module.ts';
