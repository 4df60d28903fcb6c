import { Exports } from '@zhengwu/disclosure';
import { defineModule } from '@zhengwu/module';
import { registerExport } from './exporting.ts';
import { migration } from './migrations/0001-imports.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { RUN, runImport } from './running.ts';
import * as store from './store.ts';

const EVERY_SECONDS = 30;

export const importsModule = defineModule({
  name: 'imports',
  requires: ['audit', 'jobs', 'directory', 'disclosure', 'registers'],
  migrations: [migration],
  policy,
  routes,
  setup: (site) => site.use(Exports).offer(registerExport(site)),
  jobs: (site) => [
    { name: RUN, run: async (payload, { signal }) => void (await runImport(site, (payload as { id: string }).id, signal)) },
    // What a killed process left is taken up again.
    { name: 'imports.takeUp', everySeconds: EVERY_SECONDS, run: async (_, { signal }) => {
      for (const id of await store.orphans(site.database)) await runImport(site, id, signal);
    } },
  ],
});
