export { Directory, type DepartmentRef, type FoundColleague } from './directory.ts';
export { Permissions } from './permissions.ts';
export { loadMandates, loadOrganisation, type Organisation } from './loading.ts';
export { directoryModule } from './module.ts';
export type { NewPrincipal, Principal, Principals } from './principals.ts';
