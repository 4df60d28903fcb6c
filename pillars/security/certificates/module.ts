import { Directory } from '@zhengwu/directory';
import { defineModule } from '@zhengwu/module';
import { certificatesInForce } from './leaving.ts';
import { openAuthority, openTimeStamps } from './offering.ts';
import { Authority, TimeStamps } from './offers.ts';
import { openSigning, Signing } from './opened.ts';
import { policy } from './policy.ts';
import { PUBLISH, publishInTurn, remind } from './publishing.ts';
import { routes } from './routes.ts';
import { publicRoutes } from './routes-public.ts';
import { certificatesSchema } from './schema.ts';
import { endPerson } from './standing.ts';

export const certificatesModule = defineModule({
  ...certificatesSchema,
  policy,
  setup: (site) => {
    site.use(Directory).flow.belongings.push(certificatesInForce(site.clock));
    site.provide(Signing, openSigning(site));
    site.provide(Authority, openAuthority(site));
    site.provide(TimeStamps, openTimeStamps(site));
  },
  routes: (site, http) => {
    routes(site, http);
    publicRoutes(site, http);
  },
  jobs: (site) => [
    { name: PUBLISH, cron: '*/10 * * * *', run: (payload) => publishInTurn(site, payload) },
    { name: 'certificates.remind', cron: '13 22 * * *', run: () => remind(site) },
  ],
  subscriptions: (site) => [{
    name: 'certificates.leaving', types: ['person.left'],
    handle: async ({ payload }, tx) => {
      if (typeof payload['person'] === 'string') await endPerson(site, tx, payload['person']);
    },
  }],
});
