export { Checks, grade, type Check, type Reading } from './checks.ts';
export { Metrics } from './figures.ts';
export { monitoringModule } from './module.ts';
