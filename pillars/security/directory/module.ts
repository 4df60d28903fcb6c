import { columnKeys } from '@zhengwu/crypto';
import { defineModule, key } from '@zhengwu/module';
import { holdings } from './holdings.ts';
import { Directory, openDirectory } from './directory.ts';
import { migration as directory } from './migrations/0001-directory.ts';
import { migration as principals } from './migrations/0002-principals.ts';
import { migration as duties } from './migrations/0003-duties.ts';
import { migration as history } from './migrations/0004-history.ts';
import { migration as flow } from './migrations/0005-flow.ts';
import { migration as access } from './migrations/0006-access.ts';
import { migration as reorganisation } from './migrations/0007-reorganisation.ts';
import { migration as applications } from './migrations/0008-applications.ts';
import { migration as tokens } from './migrations/0009-tokens.ts';
import { policy } from './policy.ts';
import { openPrincipals } from './principals.ts';
import { runDue } from './reorganising.ts';
import { routes } from './routes.ts';
import { sweepAccess } from './store-access.ts';

const MINUTE = 60;
const Refreshing = key<NodeJS.Timeout>('directory.refreshing');

/** Keys hashes and seals where the configuration brings no passphrase (tests). */
const FALLBACK_SECRET = 'directory-without-passphrase';

export const directoryModule = defineModule({
  name: 'directory',
  requires: ['audit'],
  holdings,
  migrations: [directory, principals, duties, history, flow, access, reorganisation, applications, tokens],
  policy,
  sealed: [{ table: 'directory.principal', column: 'identifier_sealed', key: ['id', 'uuid'], purpose: 'directory.identifier', context: 'identifier_hash' }],
  setup: async (site) => {
    site.provide(Directory, await openDirectory(site.database, openPrincipals(site.database, site.config.keyPassphrase ?? FALLBACK_SECRET, site.config.cryptoSuite, columnKeys(site.config))));
  },
  routes,
  // Other processes of the site may reorganise: each reads the departments anew now and then.
  start: (site) => {
    const timer = setInterval(() => void site.use(Directory).refresh().catch((error: unknown) => site.log.warn({ error }, 'departments were not read anew')), MINUTE * 1000);
    timer.unref();
    site.provide(Refreshing, timer);
  },
  stop: (site) => clearInterval(site.use(Refreshing)),
  jobs: (site) => [{
    name: 'access.sweep', everySeconds: MINUTE,
    run: async () => {
      const ended = await site.database.as(site.database.system, (tx) => sweepAccess(tx, site.clock.now()));
      if (ended > 0) site.use(Directory).changed();
    },
  }, {
    // Two in the night in Beijing.
    name: 'reorganisation.due', cron: '10 18 * * *',
    run: async () => {
      if ((await runDue(site)) === 0) return;
      await site.use(Directory).refresh();
      site.use(Directory).changed();
    },
  }],
});
