import type { Secrets } from '@zhengwu/crypto';
import { Directory } from '@zhengwu/directory';
import { defineModule } from '@zhengwu/module';
import { factorRule } from './actors.ts';
import { openBreached } from './breached.ts';
import { consoleCookie, csrfSigner, openAuthenticator } from './authenticator.ts';
import { refuseDemoAccounts } from './demo-accounts.ts';
import { openFactors } from './factors.ts';
import { Identity } from './identity.ts';
import { followPeople } from './leaving.ts';
import { migration as identity } from './migrations/0001-identity.ts';
import { migration as signIn } from './migrations/0002-sign-in.ts';
import { migration as outside } from './migrations/0003-outside.ts';
import { openOutside } from './outside.ts';
import { policy } from './policy.ts';
import { proveOfficial } from './proving-officials.ts';
import { routes } from './routes.ts';
import { openSessions } from './sessions.ts';
import { sweepSessions } from './store.ts';
import { renameAccount } from './store-leaving.ts';
import { sweepProofs } from './store-proofs.ts';
import { ISSUER } from './words.ts';

/** For sites without a configured secret (tests); the configuration demands one outside demo mode. */
const FALLBACK_SECRET = 'identity-without-portal-secret-000';
const HOUR = 3600;

export const identityModule = defineModule({
  name: 'identity',
  requires: ['audit', 'directory'],
  migrations: [identity, signIn, outside],
  policy,
  sealed: [{ table: 'identity.one_time_code', column: 'secret', key: ['account', 'uuid'], purpose: 'identity.one-time-code', context: 'account::text' }],
  setup: (site) => {
    followPeople(site.use(Directory).flow);
    const { portalSecret = FALLBACK_SECRET, formerPortalSecret, keyPassphrase = FALLBACK_SECRET, session, demo } = site.config;
    const shared: Secrets = formerPortalSecret === undefined ? portalSecret : [portalSecret, formerPortalSecret];
    const sessions = openSessions(site.database, session, site.use(Directory).changes);
    const mustHaveFactor = factorRule(session.secondFactorRoles, demo);
    site.provide(Identity, {
      sessions, mustHaveFactor, isBreached: openBreached(site.config.breachedPasswords), outside: openOutside(site), proveOfficial: (given, at) => proveOfficial(site, given, at), secret: keyPassphrase, csrf: csrfSigner(shared), authenticator: openAuthenticator(sessions, shared, consoleCookie(site.config), { demo, mustHaveFactor }),
      factors: openFactors(keyPassphrase, site.config, ISSUER, () => site.clock.now().getTime()),
    });
  },
  routes,
  subscriptions: () => [{
    name: 'identity.names', types: ['person.renamed'],
    handle: ({ payload }, tx) => renameAccount(tx, String(payload['person']), String(payload['name'])),
  }],
  start: async (site) => {
    // A list that is named and can't be read stops the start, not the first person who chooses a password.
    await site.use(Identity).isBreached('');
    if (!site.config.demo) await refuseDemoAccounts(site.database);
  },
  jobs: (site) => [{ name: 'session.sweep', everySeconds: HOUR, run: () => site.database.as(site.database.system, async (tx) => { await sweepSessions(tx); await sweepProofs(tx); }) }],
});
