import { adaptersModule } from '@zhengwu/adapters';
import { analyticsModule } from '@zhengwu/analytics';
import { trailModule } from '@zhengwu/audit-trail';
import { calendarModule } from '@zhengwu/calendar';
import { casesModule } from '@zhengwu/cases';
import { catalogueModule } from '@zhengwu/catalogue';
import { certificatesModule } from '@zhengwu/certificates';
import { consolidationModule } from '@zhengwu/consolidation';
import { defenceModule } from '@zhengwu/defence';
import { devicesModule } from '@zhengwu/devices';
import { disclosureModule } from '@zhengwu/disclosure';
import { exchangeModule } from '@zhengwu/exchange';
import { federationModule } from '@zhengwu/federation';
import { directoryModule } from '@zhengwu/directory';
import { directoryFaceModule } from '@zhengwu/directory-face';
import { governanceModule } from '@zhengwu/governance';
import { identityModule } from '@zhengwu/identity';
import { identitySourcesModule } from '@zhengwu/identity-sources';
import { importsModule } from '@zhengwu/imports';
import { labelsModule } from '@zhengwu/labels';
import { licencesModule } from '@zhengwu/licences';
import { lifeEventsModule } from '@zhengwu/life-events';
import { matchingModule } from '@zhengwu/matching';
import { messagesModule } from '@zhengwu/messages';
import type { Module } from '@zhengwu/module';
import { monitoringModule } from '@zhengwu/monitoring';
import { paymentsModule } from '@zhengwu/payments';
import { privacyModule } from '@zhengwu/privacy';
import { processesModule } from '@zhengwu/processes';
import { provisioningModule } from '@zhengwu/provisioning';
import { qualityModule } from '@zhengwu/quality';
import { registersModule } from '@zhengwu/registers';
import { servicesModule } from '@zhengwu/services';
import { signOnModule } from '@zhengwu/sign-on';
import { supervisionModule } from '@zhengwu/supervision';
import { topicsModule } from '@zhengwu/topics';
import { aboutModule } from './about/module.ts';
import { keysModule } from './keys/module.ts';
import { packFolders } from './packs.ts';
import { topicsCheckModule } from './topics-check.ts';

const modulesOf = (packs: readonly string[]): readonly Module[] => [
  calendarModule, directoryModule, identityModule, identitySourcesModule, certificatesModule, directoryFaceModule, provisioningModule, devicesModule, signOnModule, monitoringModule, defenceModule, disclosureModule, trailModule, privacyModule, labelsModule, registersModule, catalogueModule, topicsModule, exchangeModule, federationModule, matchingModule, importsModule, adaptersModule, consolidationModule, qualityModule, analyticsModule, processesModule, servicesModule({ packs }), licencesModule, paymentsModule,
  messagesModule, casesModule, lifeEventsModule, supervisionModule(), governanceModule, aboutModule, topicsCheckModule,
];

/** What an extranet site runs; `packs` are the folders of its packs. */
export const siteModules = (packs: readonly string[] = packFolders()): readonly Module[] => {
  const modules = modulesOf(packs);
  return [...modules, keysModule(modules)];
};

export const modules = siteModules();
