import { defineModule } from '@zhengwu/module';
import { Catalogue, openCatalogue } from './catalogue.ts';
import { migration } from './migrations/0001-catalogue.ts';
import { policy } from './policy.ts';
import { draftRegisters } from './resources.ts';
import { routes } from './routes.ts';

export const catalogueModule = defineModule({
  name: 'catalogue',
  requires: ['audit', 'events', 'calendar', 'directory', 'registers'],
  migrations: [migration],
  policy,
  routes,
  setup: (site) => site.provide(Catalogue, openCatalogue(site)),
  start: (site) => draftRegisters(site),
});
