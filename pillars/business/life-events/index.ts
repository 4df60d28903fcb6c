export { lifeEventsModule } from './module.ts';
