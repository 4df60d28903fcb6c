import { Indicators } from '@zhengwu/analytics';
import { Directory } from '@zhengwu/directory';
import { Federation } from '@zhengwu/federation';
import { defineModule, key, type Module } from '@zhengwu/module';
import { Consents, PREFILL } from '@zhengwu/privacy';
import { Registers } from '@zhengwu/registers';
import { loadPacks } from './loading.ts';
import { migration } from './migrations/0001-services.ts';
import { migration as labels } from './migrations/0002-labels.ts';
import { openServices, type OpenServices } from './open.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { Services } from './services.ts';

const Open = key<OpenServices>('services.open');
/** Milliseconds after which another process of the site sees that a service was withdrawn. */
const refreshEvery = 10_000;

/** The services of a site; `packs` are the folders of the packs it runs. */
export const servicesModule = (options: { packs: readonly string[] }): Module => {
  let timer: NodeJS.Timeout | undefined;
  return defineModule({
    name: 'services',
    requires: ['registers'],
    migrations: [migration, labels],
    policy,
    setup: async (site) => {
      const registers = site.use(Registers);
      await loadPacks({ database: site.database, registers, indicators: site.find(Indicators), federation: site.find(Federation), log: site.log }, options.packs);
      const services = await openServices({
        database: site.database, audit: site.audit, registers, clock: site.clock,
        departmentName: (code) => site.find(Directory)?.departmentByCode(code)?.name ?? null,
        mayPrefill: (applicant) => site.find(Consents)?.allows(applicant, PREFILL) ?? true,
      });
      site.provide(Open, services);
      site.provide(Services, services);
    },
    routes: (site, http) => routes({ services: site.use(Open), database: site.database, audit: site.audit }, http),
    start: (site) => {
      const services = site.use(Open);
      timer = setInterval(() => void services.refresh().catch((error: unknown) => site.log.warn({ err: error }, 'services not refreshed')), refreshEvery);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  });
};
