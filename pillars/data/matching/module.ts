import { Directory } from '@zhengwu/directory';
import { defineModule } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { jobs } from './jobs.ts';
import { Matching, openMatching, takeChanges, type OpenMatching } from './matching.ts';
import { migration } from './migrations/0001-matching.ts';
import { migration as plans } from './migrations/0002-plans.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';

interface RegisterChanged {
  register: string;
  changes: { key: string }[];
}

export const matchingModule = defineModule({
  name: 'matching',
  requires: ['audit', 'events', 'directory', 'registers'],
  migrations: [migration, plans],
  policy,
  routes,
  jobs,
  setup: (site) => site.provide(Matching, openMatching(site.use(Registers), site.use(Directory), site.clock)),
  subscriptions: (site) => [{
    name: 'matching.entries', types: ['register.changed'],
    handle: async ({ payload }, tx) => {
      const { register, changes } = payload as unknown as RegisterChanged;
      const profile = (site.use(Matching) as OpenMatching).profile(register);
      if (profile) await takeChanges(tx, site.use(Registers), profile, [...new Set(changes.map(({ key }) => key))]);
    },
  }],
});
