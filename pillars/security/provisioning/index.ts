export { withApplications } from './client.ts';
export { provisioningModule } from './module.ts';
