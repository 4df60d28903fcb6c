import { mkdir } from 'node:fs/promises';
import { defineModule } from '@zhengwu/module';
import { Topics } from '@zhengwu/topics';
import { Connections, openConnections } from './connections.ts';
import { define } from './defining.ts';
import { Adapters } from './flow.ts';
import { handingOver, VIA } from './following.ts';
import { migration as base } from './migrations/0001-adapters.ts';
import { migration as turns } from './migrations/0002-running.ts';
import { migration as connecting } from './migrations/0003-connections.ts';
import { migration as retention } from './migrations/0004-retention.ts';
import { sourcesFolder } from './opening.ts';
import { policy } from './policy.ts';
import { preview } from './previewing.ts';
import { routes } from './routes.ts';
import { run } from './running.ts';
import { forgetTurns, handOutDue, RUN, takeTurn } from './turns.ts';

/** How often flows are looked through for those whose time has come. */
const EVERY_SECONDS = 10;

export const adaptersModule = defineModule({
  name: 'adapters',
  requires: ['audit', 'directory', 'jobs', 'registers', 'topics'],
  migrations: [base, turns, connecting, retention],
  policy,
  sealed: [{ table: 'adapters.connection', column: 'secret', key: ['code', 'text'], purpose: 'adapters.connection', context: "'connection ' || code" }],
  setup: (site) => {
    site.provide(Connections, openConnections(site));
    site.provide(Adapters, {
      define: (tx, flow) => define(site, tx, flow),
      preview: (draft, look) => preview(site, draft, look),
      run: (code, signal, heard) => run(site, code, signal, heard),
    });
    site.use(Topics).deliverBy(VIA, handingOver(site));
  },
  routes,
  jobs: (site) => [
    { name: RUN, run: (payload, { signal }) => takeTurn(site, payload as { flow: string; by: string | null }, signal) },
    { name: 'adapters.due', everySeconds: EVERY_SECONDS, run: () => handOutDue(site) },
    { name: 'adapters.forget', cron: '41 18 * * *', run: () => forgetTurns(site) },
  ],
  start: async (site) => void (await mkdir(sourcesFolder(site), { recursive: true, mode: 0o750 })),
});
