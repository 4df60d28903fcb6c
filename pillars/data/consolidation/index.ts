export { consolidationModule } from './module.ts';
