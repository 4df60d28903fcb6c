export { Directory, type DepartmentRef, type FoundColleague } from './directory.ts';
export type { AccountOpener, Belonging, Flow, Going } from './belongings.ts';
export { Permissions } from './permissions.ts';
export { loadMandates, loadOrganisation, type Organisation } from './loading.ts';
export { checkSheets } from './checking.ts';
export { emptySheets, readCsv, readJson, sheetNames, type SheetIssue, type Sheets } from './sheets.ts';
export { knownCodes, writeLists, type Changed } from './store-lists.ts';
export { directoryModule } from './module.ts';
export type { NewPrincipal, Principal, Principals } from './principals.ts';
