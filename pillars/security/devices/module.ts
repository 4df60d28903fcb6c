import { defineModule } from '@zhengwu/module';
import { Devices, openDevices } from './admission.ts';
import { estRoutes } from './est-routes.ts';
import { migration } from './migrations/0001-devices.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';

export const devicesModule = defineModule({
  name: 'devices',
  requires: ['audit', 'events', 'certificates'],
  migrations: [migration],
  policy,
  setup: (site) => site.provide(Devices, openDevices(site)),
  routes: (site, http) => {
    routes(site, http);
    estRoutes(site, http);
  },
});
