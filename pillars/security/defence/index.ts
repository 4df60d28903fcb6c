export { Alarms, type Alarm } from './alarms.ts';
export { openBlocks, type Blocks } from './blocks.ts';
export { Defence } from './defence.ts';
export { defenceModule } from './module.ts';
export { observation, type Observation } from './observation.ts';
export { openQueue, type Queue } from './queue.ts';
export { fromRefusal } from './signals.ts';
