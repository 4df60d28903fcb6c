import { Directory } from '@zhengwu/directory';
import { defineModule } from '@zhengwu/module';
import { mailPending, smtpMailer } from './mailing.ts';
import { migration } from './migrations/0001-messages.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { officialAddress } from './store.ts';

const EVERY_SECONDS = 5;

export const messagesModule = defineModule({
  name: 'messages',
  requires: ['audit', 'directory'],
  migrations: [migration],
  policy,
  routes,
  jobs: (site) => {
    const { smtpUrl, from } = site.config.mail;
    const mailer = smtpUrl === undefined ? null : smtpMailer(smtpUrl, from);
    const addressOf = async (principal: string): Promise<string | null> => (await site.use(Directory).principals.byId(principal))?.email ?? site.database.as(site.database.system, (tx) => officialAddress(tx, principal), { readOnly: true });
    return [{
      name: 'messages.mail', everySeconds: EVERY_SECONDS,
      run: async (_, { signal }) => {
        while (!signal.aborted && (await mailPending({ database: site.database, log: site.log, mailer, addressOf })) > 0);
      },
    }];
  },
});
