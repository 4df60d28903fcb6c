import { ldapAbout, ldapRecent } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { baseOf } from './base.ts';
import { READ } from './binding.ts';
import type { LdapListener } from './listener.ts';
import { knownAttributes } from './search.ts';
import { readers, recent, topDivision } from './store.ts';
import { openTree } from './tree.ts';

/** `listener` is what is open in this process; null where the port is closed. */
export const routesWith = (listener: (site: Site) => LdapListener | null) => (site: Site, http: Http): void => {
  http.route(ldapAbout, async ({ actor }) => {
    const [division, applications] = await site.database.as({ ...actor, scope: 'all' }, async (tx) => [await topDivision(tx), await readers(tx, READ)] as const, { readOnly: true });
    const base = baseOf(site.config.ldapBase, division?.en ?? '', site.config.demo);
    const tree = openTree(base, '');
    const open = listener(site);
    return {
      port: site.config.ports.ldap, base, attributes: knownAttributes(), listening: open !== null, connections: open?.connections() ?? 0, tlsUntil: open?.tlsUntil()?.toISOString() ?? null,
      applications: applications.map((one) => ({ ...one, dn: tree.applicationDn(one.clientId) })),
    };
  });
  http.route(ldapRecent, async ({ actor }) => ({ items: await site.database.as(actor, recent, { readOnly: true }) }));
};
