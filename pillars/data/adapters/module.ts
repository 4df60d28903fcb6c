import { defineModule } from '@zhengwu/module';
import { Adapters } from './flow.ts';
import { migration } from './migrations/0001-adapters.ts';
import { openAdapters } from './running.ts';

/** `folder` holds the folders of sources. */
export const adaptersIn = (folder: string) => defineModule({
  name: 'adapters',
  requires: ['registers', 'topics'],
  migrations: [migration],
  policy: {},
  setup: (site) => site.provide(Adapters, openAdapters({ database: site.database, clock: site.clock, use: site.use, root: folder })),
});
