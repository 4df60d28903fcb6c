export { Alarms, type Alarm } from './alarms.ts';
export { Defence } from './defence.ts';
export { defenceModule } from './module.ts';
export { observation, type Observation } from './observation.ts';
