import { refreshSoon } from '@zhengwu/analytics';
import { Catalogue } from '@zhengwu/catalogue';
import { dayOf } from '@zhengwu/clock';
import { demoPassword, governanceOf, makeCity, newsOf, oldCentreOf, tourAccounts, type City } from '@zhengwu/demo';
import { Directory, loadMandates, loadOrganisation } from '@zhengwu/directory';
import { loadGovernance } from '@zhengwu/governance';
import { loadAccounts } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { recount } from '@zhengwu/supervision';
import { Shown } from '../about/shown.ts';
import { layFlows } from './flows.ts';
import { heldBy } from './held.ts';
import { loadCentre } from './load-centre.ts';
import { layOldCentre } from './old-centre.ts';
import { loadCityPast } from './past.ts';

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

/** Fills an empty site with what demo mode loads there; one that is filled already is left as it is. */
export const loadDemo = async (site: Site): Promise<{ loaded: boolean }> => {
  const { demoSite } = site.config;
  const done = await (demoSite === 'city' ? loadCity(site) : loadCentre(site, demoSite === 'city-tax' ? 'city' : 'province'));
  await site.use(Catalogue).publishRegisters({ steward: '数据专员', officer: '数据中心管理岗' });
  await layFlows(site);
  return done;
};

/** The demo city and its past year. */
const loadCity = async (site: Site): Promise<{ loaded: boolean }> => {
  const today = dayOf(site.clock.now());
  show(site, today);
  const held = await heldBy(site);
  if (held.people && held.cases) {
    await loadGovernance(site, governanceOf());
    return { loaded: false };
  }
  const city = makeCity({ today });
  await layOldCentre(site.config.dataFolder, oldCentreOf(city));
  if (!held.people) await loadPeople(site, city);
  if (!held.cases) {
    await loadCityPast(site, city);
    // The year that was loaded lies behind days that may have been counted already.
    await recount(site.database);
  }
  await loadGovernance(site, governanceOf());
  await refreshSoon(site);
  site.log.info(`the demo city is loaded; its accounts begin with the password ${demoPassword}`);
  return { loaded: true };
};
