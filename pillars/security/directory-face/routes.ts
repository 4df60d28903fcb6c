import { ldapAbout } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { baseOf } from './base.ts';
import { knownAttributes } from './search.ts';
import { topDivision } from './store.ts';

export const routes = (site: Site, http: Http): void => {
  http.route(ldapAbout, async ({ actor }) => {
    const division = await site.database.as(actor, topDivision, { readOnly: true });
    return { port: site.config.ports.ldap, base: baseOf(site.config.ldapBase, division?.en ?? '', site.config.demo), attributes: knownAttributes() };
  });
};
