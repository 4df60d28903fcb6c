export { Checks, grade, type Check, type Reading } from './checks.ts';
export { monitoringModule } from './module.ts';
