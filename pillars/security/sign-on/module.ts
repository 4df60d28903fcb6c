import { defineModule } from '@zhengwu/module';
import { logoutJobs } from './logout.ts';
import { migration } from './migrations/0001-sign-on.ts';
import { policy } from './policy.ts';
import { openProvided, Provided } from './provided.ts';
import { routes } from './routes.ts';

export const signOnModule = defineModule({
  name: 'sign_on',
  requires: ['audit', 'directory', 'identity'],
  migrations: [migration],
  policy,
  sealed: [{ table: 'sign_on.artefact', column: 'payload', key: ['id_hash', 'text'], purpose: 'sign-on', context: "'sign-on:' || kind || ':' || id_hash" }],
  setup: async (site) => site.provide(Provided, await openProvided(site)),
  routes,
  jobs: logoutJobs,
});
