export { Checks, grade, type Check, type Reading } from './checks.ts';
export { Metrics } from './figures.ts';
export { openTraces, type Traces } from './tracing.ts';
export { traceDatabase, traceRequests } from './traced.ts';
export { monitoringModule } from './module.ts';
