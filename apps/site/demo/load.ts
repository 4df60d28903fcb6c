import { dayOf } from '@zhengwu/clock';
import { demoPassword, makeCity, newsOf, tourAccounts, type City } from '@zhengwu/demo';
import { Directory, loadMandates, loadOrganisation } from '@zhengwu/directory';
import { loadAccounts } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { Shown } from '../about/shown.ts';
import { loadCityPast } from './past.ts';

const isLoaded = (site: Site): Promise<boolean> =>
  site.database.as(site.database.system, async (tx) => (await tx.query<{ any: boolean }>('select exists (select 1 from directory.person) as any')).rows[0]?.any === true, { readOnly: true });

/** Everybody and every record, in one transaction: a site interrupted here begins anew. */
const loadPeople = async (site: Site, city: City): Promise<void> => {
  const registers = site.use(Registers);
  await site.database.as(site.database.system, async (tx) => {
    await loadOrganisation(tx, city.organisation);
    await loadAccounts(tx, city.accounts, city.password);
    await site.use(Directory).principals.enterAll(tx, city.principals);
    await loadMandates(tx, city.mandates);
    await registers.load(tx, city.records.filter((record) => registers.definition(record.register) !== undefined));
  });
  await site.use(Directory).refresh();
};

/** Accounts and news that the site's page of facts shows, dated back from today at each start. */
const show = (site: Site, today: string): void => {
  const shown = site.use(Shown);
  shown.accounts = tourAccounts(today);
  shown.news = newsOf(today);
};

/** Fills an empty site with the demo city, under ten seconds; one that knows people already is left as it is. */
export const loadDemo = async (site: Site): Promise<{ loaded: boolean }> => {
  const today = dayOf(site.clock.now());
  show(site, today);
  if (await isLoaded(site)) return { loaded: false };
  site.log.info(`loading the demo city; accounts begin with the password ${demoPassword}`);
  const city = makeCity({ today });
  await loadPeople(site, city);
  await loadCityPast(site, city);
  return { loaded: true };
};
