import { isLoopback } from '@zhengwu/config';
import { Directory } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import { defineModule } from '@zhengwu/module';
import { tellAlert } from './alerts.ts';
import { holdings } from './holdings.ts';
import { mailPending, smtpMailer } from './mailing.ts';
import { migration } from './migrations/0001-messages.ts';
import { migration as labels } from './migrations/0002-labels.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { securityNews } from './security-news.ts';
import { officialAddress, tellPerson } from './store.ts';

const EVERY_SECONDS = 5;
/** What of the person's own data they are told of. */
const PRIVACY: Readonly<Record<string, string>> = { 'privacy.copyReady': 'privacyCopyReady', 'privacy.correctionAnswered': 'privacyCorrectionAnswered' };

export const messagesModule = defineModule({
  name: 'messages',
  requires: ['audit', 'events', 'directory'],
  holdings,
  migrations: [migration, labels],
  policy,
  routes,
  subscriptions: () => [{ name: 'messages.alerts', types: ['alert.raised'], handle: (event, tx) => tellAlert(tx, event) }, { name: 'messages.security', types: securityNews.types, handle: securityNews.tell }, {
    name: 'messages.privacy', types: Object.keys(PRIVACY),
    handle: async (event, tx) => void (await tellPerson(tx, { id: uuidv7(), recipient: event.subject, template: PRIVACY[event.type] as string, key: `event:${event.id}`, at: new Date() })),
  }],
  jobs: (site) => {
    const { smtpUrl, from } = site.config.mail;
    const mailer = smtpUrl === undefined ? null : smtpMailer(smtpUrl, from, isLoopback(new URL(smtpUrl).hostname) || site.config.plainConnections.includes('mail'));
    const addressOf = async (principal: string): Promise<string | null> => (await site.use(Directory).principals.byId(principal))?.email ?? site.database.as(site.database.system, (tx) => officialAddress(tx, principal), { readOnly: true });
    return [{
      name: 'messages.mail', everySeconds: EVERY_SECONDS,
      run: async (_, { signal }) => {
        while (!signal.aborted && (await mailPending({ database: site.database, log: site.log, mailer, addressOf })) > 0);
      },
    }];
  },
});
