import { refreshSoon } from '@zhengwu/analytics';
import { dayOf } from '@zhengwu/clock';
import { demoPassword, makeTaxCentre, type TaxCentre, type TaxCentreLevel } from '@zhengwu/demo';
import { Directory, loadOrganisation } from '@zhengwu/directory';
import { loadAccounts } from '@zhengwu/identity';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { Shown } from '../about/shown.ts';
import { knowsPeople } from './held.ts';

const enter = async (site: Site, centre: TaxCentre): Promise<void> => {
  const registers = site.use(Registers);
  await site.database.as(site.database.system, async (tx) => {
    await loadOrganisation(tx, centre.organisation);
    await loadAccounts(tx, centre.accounts, demoPassword);
    await site.use(Directory).principals.enterAll(tx, centre.principals);
    await registers.load(tx, centre.records.filter((record) => registers.definition(record.register) !== undefined));
  });
  await site.use(Directory).refresh();
};

/** Fills an empty site with a tax centre of the demo city's world; one that knows people already is left as it is. */
export const loadCentre = async (site: Site, level: TaxCentreLevel): Promise<{ loaded: boolean }> => {
  const centre = makeTaxCentre({ level, today: dayOf(site.clock.now()) });
  const shown = site.use(Shown);
  shown.accounts = centre.tour;
  shown.place = { name: centre.name, city: centre.city };
  if (await knowsPeople(site)) return { loaded: false };
  await enter(site, centre);
  await refreshSoon(site);
  site.log.info(`the demo centre is loaded; its accounts begin with the password ${demoPassword}`);
  return { loaded: true };
};
