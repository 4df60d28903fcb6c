export { identitySourcesModule } from './module.ts';
