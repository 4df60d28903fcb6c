import { defineModule } from '@zhengwu/module';
import { datasetOf } from './datasets.ts';
import { holdings } from './holdings.ts';
import { migration } from './migrations/0001-registers.ts';
import { migration as labels } from './migrations/0002-labels.ts';
import { migration as told } from './migrations/0003-told.ts';
import { migration as bothTimes } from './migrations/0004-both-times.ts';
import { migration as challenges } from './migrations/0005-challenges.ts';
import { migration as batch } from './migrations/0010-batch.ts';
import { migration as addresses } from './migrations/0011-addresses.ts';
import { migration as held } from './migrations/0012-held.ts';
import { migration as retention } from './migrations/0013-retention.ts';
import { migration as retentionById } from './migrations/0014-retention-by-id.ts';
import { migration as subjectByKey } from './migrations/0015-subject-by-key.ts';
import { openRegisters } from './open.ts';
import { policy } from './policy.ts';
import { Registers } from './registers.ts';
import { jobs } from './retention.ts';
import { routes } from './routes.ts';

export const registersModule = defineModule({
  name: 'registers',
  requires: ['audit', 'events', 'jobs'],
  holdings,
  datasets: (site) => site.use(Registers).definitions().map(datasetOf),
  migrations: [migration, labels, told, bothTimes, challenges, batch, addresses, held, retention, retentionById, subjectByKey],
  policy,
  routes,
  jobs,
  setup: async (site) => {
    site.provide(Registers, await openRegisters(site.database));
  },
});
