import { defineModule } from '@zhengwu/module';
import { Catalogue, openCatalogue } from './catalogue.ts';
import { escalate } from './demands.ts';
import { migration as first } from './migrations/0001-catalogue.ts';
import { migration as second } from './migrations/0002-demands.ts';
import { migration as third } from './migrations/0003-open-keys.ts';
import { policy } from './policy.ts';
import { draftRegisters } from './resources.ts';
import { routes } from './routes.ts';

/** Each hour: an answer is late from the morning after its day. */
const HOURLY = '20 * * * *';

export const catalogueModule = defineModule({
  name: 'catalogue',
  requires: ['audit', 'events', 'jobs', 'calendar', 'directory', 'registers'],
  migrations: [first, second, third],
  policy,
  routes,
  jobs: (site) => [{ name: 'catalogue.escalate', cron: HOURLY, run: () => escalate(site) }],
  setup: (site) => site.provide(Catalogue, openCatalogue(site)),
  start: (site) => draftRegisters(site),
});
