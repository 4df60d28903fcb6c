export { Indicators, type Reckoned } from './indicators.ts';
export { analyticsModule } from './module.ts';
export { refreshSoon } from './refresh.ts';
