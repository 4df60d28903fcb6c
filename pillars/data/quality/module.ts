import { Directory } from '@zhengwu/directory';
import { defineModule } from '@zhengwu/module';
import { datasets } from './datasets.ts';
import { jobs } from './measuring.ts';
import { migration } from './migrations/0001-quality.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { countOf, moveDepartment } from './store.ts';

export const qualityModule = defineModule({
  name: 'quality',
  requires: ['audit', 'jobs', 'directory', 'registers'],
  migrations: [migration],
  datasets,
  policy,
  routes,
  jobs,
  setup: (site) => {
    // Registers belong to departments whole: with some of its services, nothing of them goes.
    site.use(Directory).followers.push({
      code: 'quality', name: { zh: '基础库质量测评', en: 'Measurements of registers' }, count: countOf,
      follow: (tx, { from, to, services }) => (services === null ? moveDepartment(tx, from, to) : Promise.resolve(0)),
    });
  },
});
