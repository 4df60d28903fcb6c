import { defineModule, key } from '@zhengwu/module';
import { openLdap, type LdapListener } from './listener.ts';
import { migration as entries } from './migrations/0001-entries.ts';
import { policy } from './policy.ts';
import { routesWith } from './routes.ts';

const Listening = key<{ ldap: LdapListener | null }>('directory-face.listening');

export const directoryFaceModule = defineModule({
  name: 'directory_face',
  requires: ['audit', 'directory', 'identity', 'certificates'],
  migrations: [entries],
  policy,
  setup: (site) => site.provide(Listening, { ldap: null }),
  routes: routesWith((site) => site.use(Listening).ldap),
  start: async (site) => {
    const { host, ports } = site.config;
    if (ports.ldap > 0) site.use(Listening).ldap = await openLdap(site, { host, port: ports.ldap });
  },
  stop: async (site) => {
    await site.use(Listening).ldap?.close();
  },
});
