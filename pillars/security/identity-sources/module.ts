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
  // What waits for a browser is over within minutes, and stays as it was sealed.
  sealed: [
    { table: 'identity_sources.source', column: 'secret', key: ['id', 'text'], purpose: 'identity-sources', context: "'source ' || id" },
    { table: 'identity_sources.proposal', column: 'secret', key: ['id', 'uuid'], purpose: 'identity-sources', context: "'source ' || source" },
  ],
  setup: (site) => site.provide(Opened, openShared(site)),
  routes,
  jobs: (site) => [{ name: 'identity-sources.sweep', everySeconds: HOUR, run: () => asPlatform(site, sweep) }],
});
