export { Federation } from './federation.ts';
export { federationModule } from './module.ts';
