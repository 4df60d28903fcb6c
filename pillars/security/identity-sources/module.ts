import { defineModule } from '@zhengwu/module';
import { migration } from './migrations/0001-identity-sources.ts';
import { asPlatform, Opened, openShared } from './opened.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { sweep } from './store.ts';

const HOUR = 3600;

export const identitySourcesModule = defineModule({
  name: 'identity_sources',
  requires: ['audit', 'directory', 'identity'],
  migrations: [migration],
  policy,
  setup: (site) => site.provide(Opened, openShared(site)),
  routes,
  jobs: (site) => [{ name: 'identity-sources.sweep', everySeconds: HOUR, run: () => asPlatform(site, sweep) }],
});
