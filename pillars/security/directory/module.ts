import { defineModule } from '@zhengwu/module';
import { Directory, openDirectory } from './directory.ts';
import { migration as directory } from './migrations/0001-directory.ts';
import { migration as principals } from './migrations/0002-principals.ts';
import { migration as duties } from './migrations/0003-duties.ts';
import { migration as history } from './migrations/0004-history.ts';
import { migration as flow } from './migrations/0005-flow.ts';
import { policy } from './policy.ts';
import { openPrincipals } from './principals.ts';
import { routes } from './routes.ts';

/** Keys hashes and seals where the configuration brings no passphrase (tests). */
const FALLBACK_SECRET = 'directory-without-passphrase';

export const directoryModule = defineModule({
  name: 'directory',
  requires: ['audit'],
  migrations: [directory, principals, duties, history, flow],
  policy,
  setup: async (site) => {
    site.provide(Directory, await openDirectory(site.database, openPrincipals(site.database, site.config.keyPassphrase ?? FALLBACK_SECRET, site.config.cryptoSuite)));
  },
  routes,
});
