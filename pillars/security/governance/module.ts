import { defineModule } from '@zhengwu/module';
import { beginLeaving } from './leavers.ts';
import { migration } from './migrations/0001-governance.ts';
import { migration as labels } from './migrations/0002-labels.ts';
import { policy } from './policy.ts';
import { keepClocks } from './reminders.ts';
import { concludeInterrupted } from './routes-drills.ts';
import { routes } from './routes.ts';

export const governanceModule = defineModule({
  name: 'governance',
  requires: ['directory', 'trail', 'events', 'audit'],
  migrations: [migration, labels],
  policy,
  routes,
  subscriptions: (site) => [{ name: 'governance.leavers', types: ['person.left'], handle: (event, tx) => beginLeaving(site, event, tx) }],
  start: concludeInterrupted,
  // 00:20 in Asia/Shanghai: what ran out the day before lapses.
  jobs: (site) => [{ name: 'governance.clocks', cron: '20 16 * * *', run: async () => void (await keepClocks(site)) }],
});
