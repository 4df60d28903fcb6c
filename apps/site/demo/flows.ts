import { Exchange } from '@zhengwu/exchange';
import { Federation } from '@zhengwu/federation';
import type { Site } from '@zhengwu/module';
import { knowRegisters, Topics } from '@zhengwu/topics';

const CENTRE = 'DEMO/GOV/YC-ZW/GOVCENTRE';
const CITY_TAX = 'DEMO/GOV/YC-SW/TAXCENTRE';
const PROVINCE_TAX = 'DEMO/GOV/PR-SW/TAXCENTRE';

type Member = 'city' | 'city-tax' | 'province-tax';
const subsystems = { city: CENTRE, 'city-tax': CITY_TAX, 'province-tax': PROVINCE_TAX } as const;
const names = { city: '云川市政府数据中心', 'city-tax': '云川市税务数据中心', 'province-tax': '云岭省税务数据中心' } as const;

/** What flows in the demonstration: sideways between government centre and tax line, upward within the line, and back. */
const flows: readonly { from: Member; topic: string; to: Member; intake: string; basis: string }[] = [
  { from: 'city', topic: 'register.enterprises', to: 'city-tax', intake: 'companies-to-taxpayers', basis: '税收征收管理法实施细则 §12：市场监管部门向税务机关通报登记信息' },
  { from: 'city', topic: 'register.tax-registrations', to: 'city-tax', intake: 'registrations-to-taxpayers', basis: '企业开办一窗办理，税务登记随办随达' },
  { from: 'city-tax', topic: 'register.taxpayers', to: 'province-tax', intake: 'taxpayers-upward', basis: '税务系统数据按层级汇聚' },
  { from: 'city-tax', topic: 'register.taxpayers', to: 'city', intake: 'taxpayers-to-registrations', basis: '国务院令第809号：数据回流' },
];

/** What the province puts together from the cities' figures instead of their rows. */
const FIGURE = 'taxpayers-registered';
/** The city reckons its figures after it was filled. */
const FIGURE_SECONDS = 40;

const layFigures = async (site: Site, here: Member): Promise<void> => {
  if (here === 'city-tax') await site.use(Exchange).allow({ kind: 'subsystem', subject: PROVINCE_TAX, provider: CITY_TAX, service: 'figures', method: 'GET', path: `/${FIGURE}`, until: null }, 'demo', 'demo');
  if (here !== 'province-tax') return;
  await site.database.as(site.database.system, (tx) => site.use(Federation).gather(tx, { indicator: FIGURE, provider: CITY_TAX, client: PROVINCE_TAX, basis: '税务统计按层级汇总，不汇集个案' }, FIGURE_SECONDS));
};

/** Registers this site's subsystem, what it sends and what it takes; the same at each start. */
export const layFlows = async (site: Site): Promise<void> => {
  const exchange = site.use(Exchange);
  if (exchange.server === null) return;
  const here = site.config.demoSite as Member;
  await exchange.register({ id: subsystems[here], name: names[here] });
  await knowRegisters(site);
  const { database } = site;
  await database.as(database.system, async (tx) => {
    for (const { from, to, topic, intake, basis } of flows) {
      if (from === here) {
        await site.use(Topics).grant(tx, { topic, follower: subsystems[to], personal: false, basis, until: null });
        await site.use(Federation).sendTo(tx, { topic, client: subsystems[here], to: subsystems[to] });
      }
      if (to === here) await site.use(Federation).takeFrom(tx, { intake, client: subsystems[from], basis });
    }
  });
  for (const { from } of flows.filter((one) => one.to === here)) {
    await exchange.allow({ kind: 'subsystem', subject: subsystems[from], provider: subsystems[here], service: 'changes', method: 'POST', path: '**', until: null }, 'demo', 'demo');
  }
  await layFigures(site, here);
};
