import { Directory } from '@zhengwu/directory';
import { defineModule } from '@zhengwu/module';
import { consoleCookie, csrfSigner, openAuthenticator } from './authenticator.ts';
import { Identity } from './identity.ts';
import { migration } from './migrations/0001-identity.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { openSessions } from './sessions.ts';
import { sweepSessions } from './store.ts';

/** For sites without a configured secret (tests); the configuration demands one outside demo mode. */
const FALLBACK_SECRET = 'identity-without-portal-secret-000';
const HOUR = 3600;

export const identityModule = defineModule({
  name: 'identity',
  requires: ['audit', 'directory'],
  migrations: [migration],
  policy,
  setup: (site) => {
    const secret = site.config.portalSecret ?? FALLBACK_SECRET;
    const sessions = openSessions(site.database, site.config.session, site.use(Directory).changes);
    site.provide(Identity, { sessions, authenticator: openAuthenticator(sessions, secret, consoleCookie(site.config.origins.site)), csrf: csrfSigner(secret) });
  },
  routes,
  jobs: (site) => [{ name: 'session.sweep', everySeconds: HOUR, run: () => site.database.as(site.database.system, sweepSessions) }],
});
