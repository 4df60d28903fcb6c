import { defineModule } from '@zhengwu/module';
import { Consents } from './consents.ts';
import { COPY, makeCopy, removeExpired } from './copying.ts';
import { openConsents } from './known.ts';
import { migration } from './migrations/0001-privacy.ts';
import { migration as labels } from './migrations/0002-labels.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

const HOUR = 3600;

export const privacyModule = defineModule({
  name: 'privacy',
  requires: ['audit', 'events', 'calendar', 'directory'],
  migrations: [migration, labels],
  policy,
  routes,
  setup: async (site) => site.provide(Consents, await openConsents(site.database)),
  jobs: (site) => [
    { name: COPY, run: (payload) => makeCopy(site, (payload as { id: string }).id) },
    { name: 'privacy.expire', everySeconds: HOUR, run: async () => void (await removeExpired(site)) },
  ],
  holdings: () => [{
    code: 'consents', title: { zh: '您的同意', en: 'Your consents' },
    gather: async (tx, person) => (await store.said(tx, person)).map(({ code, version, act, at }) => ({ code, version, act, at: at.toISOString() })),
  }],
});
