export { labelsModule } from './module.ts';
