import { mkdir } from 'node:fs/promises';
import { defineModule } from '@zhengwu/module';
import { define } from './defining.ts';
import { Adapters } from './flow.ts';
import { migration as base } from './migrations/0001-adapters.ts';
import { migration as turns } from './migrations/0002-running.ts';
import { sourcesFolder } from './opening.ts';
import { policy } from './policy.ts';
import { preview } from './previewing.ts';
import { routes } from './routes.ts';
import { run } from './taking.ts';
import { forgetTurns, handOutDue, RUN, takeTurn } from './turns.ts';

/** How often flows are looked through for those whose time has come. */
const EVERY_SECONDS = 10;

export const adaptersModule = defineModule({
  name: 'adapters',
  requires: ['audit', 'directory', 'jobs', 'registers', 'topics'],
  migrations: [base, turns],
  policy,
  setup: (site) => site.provide(Adapters, {
    define: (tx, flow) => define(site, tx, flow),
    preview: (draft, look) => preview(site, draft, look),
    run: (code, signal, heard) => run(site, code, signal, heard),
  }),
  routes,
  jobs: (site) => [
    { name: RUN, run: (payload, { signal }) => takeTurn(site, payload as { flow: string; by: string | null }, signal) },
    { name: 'adapters.due', everySeconds: EVERY_SECONDS, run: () => handOutDue(site) },
    { name: 'adapters.forget', cron: '41 18 * * *', run: () => forgetTurns(site) },
  ],
  start: async (site) => void (await mkdir(sourcesFolder(site), { recursive: true, mode: 0o750 })),
});
