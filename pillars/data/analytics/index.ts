export { Indicators } from './indicators.ts';
export { analyticsModule } from './module.ts';
export { refreshSoon } from './refresh.ts';
