import { defineModule } from '@zhengwu/module';
import { compareAll, migrateAll } from './consolidating.ts';
import { migration } from './migrations/0001-consolidation.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';

const idOf = (payload: unknown): string => String((payload as { id: string }).id);

export const consolidationModule = defineModule({
  name: 'consolidation',
  requires: ['audit', 'jobs', 'registers'],
  migrations: [migration],
  policy,
  routes,
  jobs: (site) => [
    { name: 'consolidation.compare', run: (payload) => compareAll(site, idOf(payload)) },
    { name: 'consolidation.migrate', run: (payload) => migrateAll(site, idOf(payload)) },
  ],
});
